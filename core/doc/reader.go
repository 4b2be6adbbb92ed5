package doc

import (
	"encoding/binary"
	"unicode/utf8"

	"cairn/core/canon"
)

// reader takes stored forms apart.
type reader struct{ canon.Reader }

func newReader(b []byte) *reader {
	return &reader{canon.Reader{Rest: b, Malformed: ErrMalformed}}
}

// in reads a block with read, which must take all of it.
func (r *reader) in(read func(*reader)) {
	inner := newReader(r.Block())
	inner.Err = r.Err
	read(inner)
	if err := inner.End(); err != nil {
		r.Err, r.Rest = err, nil
	}
}

// valueBlock reads a value that has its length before it.
func (r *reader) valueBlock() Value {
	block := r.Block()
	if r.Err != nil {
		return Null
	}
	v, err := ValueFrom(block)
	if err != nil {
		r.Err, r.Rest = err, nil
	}
	return v
}

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendValue(b []byte, v Value) []byte {
	b = binary.AppendUvarint(b, uint64(v.Size()))
	return v.Append(b)
}

// utf8 reads text that fills what is left.
func (r *reader) utf8() []byte {
	b := r.Bytes(len(r.Rest))
	if !utf8.Valid(b) {
		r.Fail("text that is not UTF-8")
		return nil
	}
	return b
}

// value reads a value that fills what is left, of whatever type.
func (r *reader) value() Value {
	if r.Err != nil {
		return Null
	}
	v, err := ValueFrom(r.Rest)
	if err != nil {
		r.Err = err
	}
	r.Rest = nil
	return v
}
