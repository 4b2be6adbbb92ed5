package canon_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/canon"
	"cairn/core/id"
)

var errBad = errors.New("bad")

func read(b []byte) *canon.Reader { return &canon.Reader{Rest: b, Malformed: errBad} }

func TestWhatWasAppendedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, z := rapid.Uint64().Draw(t, "n"), rapid.Int64().Draw(t, "z")
		block := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "block")
		log := id.Log{Device: id.ShortDevice(n), Incarnation: uint32(z)}
		b := binary.AppendVarint(binary.AppendUvarint(nil, n), z)
		b = append(log.Append(canon.AppendBlock(b, block)), 7)

		r := read(b)
		if got := r.Uvarint(); got != n {
			t.Fatalf("Uvarint = %d, want %d", got, n)
		}
		if got := r.Varint(); got != z {
			t.Fatalf("Varint = %d, want %d", got, z)
		}
		if got := r.Block(); !bytes.Equal(got, block) {
			t.Fatalf("Block = %x, want %x", got, block)
		}
		if got := r.Log(); got != log {
			t.Fatalf("Log = %v, want %v", got, log)
		}
		if got := r.Byte(); got != 7 || r.End() != nil {
			t.Fatalf("Byte = %d, End = %v, want 7 and nil", got, r.End())
		}
	})
}

func TestWhatIsNoFormIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		form string
		read func(*canon.Reader)
	}{
		"no byte":               {"", func(r *canon.Reader) { r.Byte() }},
		"no number":             {"", func(r *canon.Reader) { r.Uvarint() }},
		"number cut short":      {"\x80", func(r *canon.Reader) { r.Uvarint() }},
		"number too long":       {"\x81\x00", func(r *canon.Reader) { r.Uvarint() }},
		"number beyond 64 bits": {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", func(r *canon.Reader) { r.Uvarint() }},
		"number beyond 32 bits": {string(binary.AppendUvarint(nil, math.MaxUint32+1)), func(r *canon.Reader) { r.Uint32() }},
		"count beyond the data": {"\x03ab", func(r *canon.Reader) { r.Count(1) }},
		"bytes beyond the data": {"ab", func(r *canon.Reader) { r.Bytes(3) }},
		"fewer than no bytes":   {"ab", func(r *canon.Reader) { r.Bytes(-1) }},
		"block cut short":       {"\x03ab", func(r *canon.Reader) { r.Block() }},
		"log cut short":         {"0123456789a", func(r *canon.Reader) { r.Log() }},
		"bytes left over":       {"a", func(*canon.Reader) {}},
	} {
		t.Run(name, func(t *testing.T) {
			r := read([]byte(c.form))
			c.read(r)
			if err := r.End(); !errors.Is(err, errBad) {
				t.Errorf("End = %v, want %v", err, errBad)
			}
			if r.Byte() != 0 || r.Uvarint() != 0 || r.Bytes(1) != nil {
				t.Error("something is left after an error")
			}
		})
	}
}
