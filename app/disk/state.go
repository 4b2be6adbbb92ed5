package disk

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"cairn/core/id"
	"cairn/core/sentence"
)

const (
	// compressAbove is the length of the shortest body that is compressed: a
	// smaller one gains nothing that the table's own compression leaves.
	compressAbove = 512
	// maxBody bounds what a damaged record can make a reader allocate.
	maxBody = 16 << 20
)

// Both are safe for concurrent EncodeAll and DecodeAll.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
		if err != nil {
			panic(fmt.Sprintf("zstd refuses constant options: %v", err))
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBody))
		if err != nil {
			panic(fmt.Sprintf("zstd refuses constant options: %v", err))
		}
		return d
	})
)

func (s StoredDoc) encode() []byte {
	b := make([]byte, 0, stateFixed+binary.MaxVarintLen64+len(s.Body))
	b = binary.BigEndian.AppendUint16(b, s.Noun)
	b = append(b, 0)
	b = append(b, s.Hash[:]...)
	if len(s.Body) > compressAbove && len(s.Body) <= maxBody {
		packed := encoder().EncodeAll(s.Body, binary.AppendUvarint(slices.Clone(b), uint64(len(s.Body))))
		if len(packed) < stateFixed+len(s.Body) {
			packed[2] = stateZstd
			return packed
		}
	}
	return append(b, s.Body...)
}

// decodeState reads what encode wrote. It keeps nothing of value.
func decodeState(name id.Doc, value []byte) (StoredDoc, error) {
	s := StoredDoc{ID: name}
	bad := func(err error) (StoredDoc, error) {
		return StoredDoc{}, missing(sentence.New("document %v", name), err)
	}
	if len(value) < stateFixed || value[2]&^(stateZstd|stateParts) != 0 {
		return bad(fmt.Errorf("%d bytes that make no sense", len(value)))
	}
	s.Noun = binary.BigEndian.Uint16(value)
	s.Hash = [32]byte(value[3:])
	body := value[stateFixed:]
	if value[2]&stateZstd == 0 {
		s.Body = slices.Clone(body)
		return s, nil
	}
	size, n := binary.Uvarint(body)
	if n <= 0 || size > maxBody {
		return bad(fmt.Errorf("a body of %d bytes", size))
	}
	var err error
	// A frame expands no more than so much, so a false length costs little.
	s.Body, err = decoder().DecodeAll(body[n:], make([]byte, 0, min(size, uint64(len(body))<<6)))
	if err != nil {
		return bad(err)
	}
	if uint64(len(s.Body)) != size {
		return bad(fmt.Errorf("%d bytes, want %d", len(s.Body), size))
	}
	return s, nil
}
