package doc

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"cairn/core/id"
)

// reader takes stored forms apart. After the first malformed one err is set
// and every further read gives zero. No length is believed beyond the bytes
// that are there.
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
		r.fail("byte missing")
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

// uvarint reads an unsigned number in its shortest form: one number, one form.
func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || (size > 1 && r.b[size-1] == 0) {
		r.fail("number")
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) varint() int64 {
	u := r.uvarint()
	n := int64(u >> 1)
	if u&1 != 0 {
		n = ^n
	}
	return n
}

// count reads how many things follow, each of at least size bytes.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > uint64(len(r.b)/size) {
		r.fail("count beyond the data")
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.fail("data cut short")
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// block reads a length and as many bytes.
func (r *reader) block() []byte { return r.bytes(r.count(1)) }

// in reads a block with read, which must take all of it.
func (r *reader) in(read func(*reader)) {
	inner := &reader{b: r.block(), err: r.err}
	read(inner)
	if err := inner.end(); err != nil {
		r.err, r.b = err, nil
	}
}

// valueBlock reads a value that has its length before it.
func (r *reader) valueBlock() Value {
	block := r.block()
	if r.err != nil {
		return Null
	}
	v, err := ValueFrom(block)
	if err != nil {
		r.err, r.b = err, nil
	}
	return v
}

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendBlock(b, block []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(block)))
	return append(b, block...)
}

func appendValue(b []byte, v Value) []byte {
	b = binary.AppendUvarint(b, uint64(v.Size()))
	return v.Append(b)
}

// utf8 reads text that fills what is left.
func (r *reader) utf8() []byte {
	b := r.bytes(len(r.b))
	if !utf8.Valid(b) {
		r.fail("text that is not UTF-8")
		return nil
	}
	return b
}

func (r *reader) log() id.Log {
	b := r.bytes(id.LogSize)
	if b == nil {
		return id.Log{}
	}
	return id.LogFrom(b)
}

// value reads a value that fills what is left, of whatever type.
func (r *reader) value() Value {
	if r.err != nil {
		return Null
	}
	v, err := ValueFrom(r.b)
	if err != nil {
		r.err = err
	}
	r.b = nil
	return v
}

// end returns the first error, and an error if bytes are left over.
func (r *reader) end() error {
	if r.err == nil && len(r.b) > 0 {
		r.fail("bytes left over")
	}
	return r.err
}
