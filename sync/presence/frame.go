package presence

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"cairn/core/canon"
	"cairn/core/id"
)

// ErrMalformed is what a frame is that no device sends.
var ErrMalformed = errors.New("malformed presence")

// flagHere marks the frame of a device that is somewhere.
const flagHere byte = 1

// encode returns the payload of the frame that says h.
func encode(h Here) []byte {
	if h.IsZero() {
		return []byte{0}
	}
	b := append([]byte{flagHere}, h.Document[:]...)
	b = canon.AppendBlock(b, []byte(h.Field))
	return canon.AppendBlock(b, h.Position)
}

// decode reads what encode has written. It leaves alone other flags and what
// follows: a later version may say more.
func decode(payload []byte) (Here, error) {
	r := canon.Reader{Rest: payload, Malformed: ErrMalformed}
	flags := r.Byte()
	if r.Err != nil || flags&flagHere == 0 {
		return Here{}, r.Err
	}
	var h Here
	copy(h.Document[:], r.Bytes(len(id.Doc{})))
	field := r.Block()
	h.Field = string(field)
	if position := r.Block(); len(position) > 0 {
		h.Position = position
	}
	switch {
	case r.Err != nil:
		return Here{}, r.Err
	case h.Document.IsZero(), !isField(h.Field), len(h.Position) > PositionMost:
		return Here{}, fmt.Errorf("field of %d bytes, position of %d: %w", len(h.Field), len(h.Position), ErrMalformed)
	}
	return h, nil
}

// isField reports whether name can be that of a field: short, and nothing that a
// screen would take for more than text.
func isField(name string) bool {
	if len(name) > FieldMost || !utf8.ValidString(name) {
		return false
	}
	for _, c := range name {
		if unicode.IsControl(c) {
			return false
		}
	}
	return true
}
