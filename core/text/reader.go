package text

import (
	"encoding/binary"
	"fmt"
	"math"

	"cairn/core/id"
)

// reader takes foreign bytes apart. After the first malformed part err is set,
// nothing is left, and every further read gives zero.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %w", what, ErrMalformed)
	}
	r.b = nil
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail("missing byte")
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

// uvarint reads a number in its shortest form: every number has one form.
func (r *reader) uvarint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		n := uint64(r.b[0])
		r.b = r.b[1:]
		return n
	}
	n, size := binary.Uvarint(r.b)
	if size <= 0 || r.b[size-1] == 0 {
		r.fail("number")
		return 0
	}
	r.b = r.b[size:]
	return n
}

// varint reads a signed number in its shortest form.
func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *reader) uint32() uint32 {
	n := r.uvarint()
	if n > math.MaxUint32 {
		r.fail("number beyond 32 bits")
		return 0
	}
	return uint32(n)
}

func (r *reader) log() id.Log {
	b := r.bytes(id.LogSize)
	if b == nil {
		return id.Log{}
	}
	return id.LogFrom(b)
}

// bytes returns the next n bytes, nil when there are fewer.
func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.fail("missing bytes")
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}
