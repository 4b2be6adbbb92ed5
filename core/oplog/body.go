package oplog

import (
	"encoding/binary"
	"fmt"
	"math"

	"cairn/core/clock"
	"cairn/core/id"
)

// document is what operations of one batch have in common. A body spells it
// out once, where it is first used, and refers to it by number from then on.
type document struct {
	doc  id.Doc
	noun uint16
}

const documentSize = len(id.Doc{}) + 1

// appendBody appends the body that holds ops, whose header is h.
func appendBody(b []byte, h Header, ops []Op) ([]byte, error) {
	known := make(map[document]uint64)
	at := h.Stamp
	for i, op := range ops {
		if op.Stamp < at {
			return nil, fmt.Errorf("operation %d: stamp %d after %d: %w", i, op.Stamp, at, ErrMalformed)
		}
		if len(op.Payload) > MaxPayload {
			return nil, fmt.Errorf("operation %d: payload of %d bytes, at most %d: %w", i, len(op.Payload), MaxPayload, ErrTooLarge)
		}
		b = append(b, byte(op.Kind))
		d := document{op.Doc, op.Noun}
		n, found := known[d]
		if !found {
			n = uint64(len(known))
			known[d] = n
		}
		b = binary.AppendUvarint(b, n)
		if !found {
			b = append(b, op.Doc[:]...)
			b = binary.AppendUvarint(b, uint64(op.Noun))
		}
		b = binary.AppendUvarint(b, uint64(op.Field))
		b = binary.AppendUvarint(b, uint64(op.Stamp-at))
		b = binary.AppendUvarint(b, uint64(len(op.Payload)))
		b = append(b, op.Payload...)
		at = op.Stamp
		if len(b) > MaxBody {
			return nil, fmt.Errorf("more than %d bytes before compression: %w", MaxBody, ErrTooLarge)
		}
	}
	return b, nil
}

// readBody returns the operations in a decompressed body. Payloads alias body.
func readBody(body []byte, h Header) ([]Op, error) {
	r := reader{data: body}
	ops := make([]Op, h.Count) // readHeader has compared Count with the body's length
	known := make([]document, 0, min(h.Count, len(body)/documentSize))
	at := h.Stamp
	for i := range ops {
		op := &ops[i]
		op.ID = id.Op{Log: h.Log, Seq: h.First + uint64(i)}
		op.Kind = Kind(r.byte("kind"))
		n := int(r.uvarint(uint64(len(known)), "document number"))
		if n == len(known) {
			known = append(known, r.document())
		}
		op.Doc, op.Noun = known[n].doc, known[n].noun
		op.Field = uint16(r.uvarint(math.MaxUint16, "field"))
		at += clock.Stamp(r.uvarint(uint64(h.Last-at), "stamp"))
		op.Stamp = at
		op.Payload = r.bytes(int(r.uvarint(MaxPayload, "payload length")), "payload")
		if r.err != nil {
			return nil, fmt.Errorf("body: operation %d: %w", i, r.err)
		}
	}
	r.end()
	if r.err == nil && (ops[0].Stamp != h.Stamp || at != h.Last) {
		r.fail("stamps", fmt.Sprintf("%d to %d, the header says %d to %d", ops[0].Stamp, at, h.Stamp, h.Last))
	}
	if r.err != nil {
		return nil, fmt.Errorf("body: %w", r.err)
	}
	return ops, nil
}

func (r *reader) document() document {
	var d document
	copy(d.doc[:], r.bytes(len(d.doc), "document"))
	d.noun = uint16(r.uvarint(math.MaxUint16, "noun"))
	return d
}
