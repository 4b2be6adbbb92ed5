// Package canon takes canonical binary forms apart: those in which everything
// has one spelling, so that equal things have equal bytes. A number in more
// bytes than it needs is refused, and no length is believed beyond the bytes
// that are there.
package canon

import (
	"encoding/binary"
	"fmt"
	"math"

	"cairn/core/id"
)

// Reader reads a form front to back. After the first malformed part Err is
// set, nothing is left, and every further read gives zero.
type Reader struct {
	Rest      []byte // what has not been read
	Err       error
	Malformed error // what Err wraps
}

// Fail says that something is wrong, unless something was before.
func (r *Reader) Fail(what string) {
	if r.Err == nil {
		r.Err = fmt.Errorf("%s: %w", what, r.Malformed)
	}
	r.Rest = nil
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if len(r.Rest) == 0 {
		r.Fail("byte missing")
		return 0
	}
	c := r.Rest[0]
	r.Rest = r.Rest[1:]
	return c
}

// Uvarint reads an unsigned number in its shortest form.
func (r *Reader) Uvarint() uint64 {
	if len(r.Rest) > 0 && r.Rest[0] < 0x80 {
		n := uint64(r.Rest[0])
		r.Rest = r.Rest[1:]
		return n
	}
	n, size := binary.Uvarint(r.Rest)
	if size <= 0 || r.Rest[size-1] == 0 {
		r.Fail("number")
		return 0
	}
	r.Rest = r.Rest[size:]
	return n
}

// Varint reads a signed number, zigzag and in its shortest form.
func (r *Reader) Varint() int64 {
	n := r.Uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// Uint32 reads an unsigned number below 2^32.
func (r *Reader) Uint32() uint32 {
	n := r.Uvarint()
	if n > math.MaxUint32 {
		r.Fail("number beyond 32 bits")
		return 0
	}
	return uint32(n)
}

// Count reads how many things follow, each of at least size bytes.
func (r *Reader) Count(size int) int {
	n := r.Uvarint()
	if n > uint64(len(r.Rest)/size) {
		r.Fail("count beyond the data")
		return 0
	}
	return int(n)
}

// Bytes reads n bytes, nil when there are fewer. They share memory with the
// form.
func (r *Reader) Bytes(n int) []byte {
	if n < 0 || n > len(r.Rest) {
		r.Fail("data cut short")
		return nil
	}
	out := r.Rest[:n]
	r.Rest = r.Rest[n:]
	return out
}

// Block reads a length and as many bytes, as AppendBlock writes them.
func (r *Reader) Block() []byte { return r.Bytes(r.Count(1)) }

// AppendBlock appends the length of block and block.
func AppendBlock(b, block []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(block)))
	return append(b, block...)
}

// Log reads a log in the form that id.Log.Append writes.
func (r *Reader) Log() id.Log {
	b := r.Bytes(id.LogSize)
	if b == nil {
		return id.Log{}
	}
	return id.LogFrom(b)
}

// End returns the first error, and an error if bytes are left over.
func (r *Reader) End() error {
	if r.Err == nil && len(r.Rest) > 0 {
		r.Fail("bytes left over")
	}
	return r.Err
}
