package branch

import (
	"encoding/binary"
	"errors"

	"cairn/core/canon"
	"cairn/core/id"
	"cairn/core/oplog"
)

// ErrMalformed is what a frame is that no device sends.
var ErrMalformed = errors.New("malformed question for a branch")

// tailBytes is how much of batches goes into a frame: the largest batch fits, and
// with many small ones there is room for their lengths.
const tailBytes = oplog.MaxSealed

// appendAsk appends the payload of a question.
func appendAsk(b []byte, f Fork) []byte {
	b = f.Log.Append(b)
	b = binary.AppendUvarint(b, f.At)
	b = binary.AppendUvarint(b, uint64(len(f.Known)))
	for _, e := range f.Known {
		b = append(b, e.First[:]...)
		b = binary.AppendUvarint(b, e.Next)
	}
	return b
}

// decodeAsk reads what appendAsk has written. It leaves alone what follows: a
// later version may say more.
func decodeAsk(payload []byte) (Fork, error) {
	r := canon.Reader{Rest: payload, Malformed: ErrMalformed}
	f := Fork{Log: r.Log(), At: r.Uvarint()}
	count := r.Count(len(oplog.Hash{}) + 1)
	if count > KnownMost {
		r.Fail("too many known branches")
	}
	for range count {
		var e End
		copy(e.First[:], r.Bytes(len(e.First)))
		e.Next = r.Uvarint()
		f.Known = append(f.Known, e)
		if r.Err != nil {
			return Fork{}, r.Err
		}
	}
	return f, r.Err
}

// appendTail appends the payload of an answer, or with no batches of its end.
func appendTail(b []byte, log id.Log, raws [][]byte) []byte {
	b = log.Append(b)
	for _, raw := range raws {
		b = canon.AppendBlock(b, raw)
	}
	return b
}

// decodeTail reads what appendTail has written. The batches are parts of payload.
func decodeTail(payload []byte) (log id.Log, raws [][]byte, err error) {
	r := canon.Reader{Rest: payload, Malformed: ErrMalformed}
	log = r.Log()
	for r.Err == nil && len(r.Rest) > 0 {
		raw := r.Block()
		if len(raw) > oplog.MaxSealed {
			r.Fail("a batch beyond the largest")
		}
		raws = append(raws, raw)
	}
	return log, raws, r.Err
}
