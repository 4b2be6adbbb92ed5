package oplog

import (
	"encoding/binary"
	"fmt"
)

// reader takes bytes apart. The first thing that is wrong stays in err, and
// every read after it yields zero and takes nothing.
type reader struct {
	data []byte
	pos  int
	err  error
}

func (r *reader) fail(what, why string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s at byte %d: %s: %w", what, r.pos, why, ErrMalformed)
	}
}

// bytes returns the next n bytes, which alias data.
func (r *reader) bytes(n int, what string) []byte {
	if r.err != nil {
		return nil
	}
	if n > len(r.data)-r.pos {
		r.fail(what, "cut short")
		return nil
	}
	b := r.data[r.pos : r.pos+n : r.pos+n]
	r.pos += n
	return b
}

func (r *reader) byte(what string) byte {
	if b := r.bytes(1, what); r.err == nil {
		return b[0]
	}
	return 0
}

// uvarint reads an unsigned varint of at most limit. A number has one form:
// one with needless zero bytes is refused.
func (r *reader) uvarint(limit uint64, what string) uint64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Uvarint(r.data[r.pos:])
	switch {
	case n == 0:
		r.fail(what, "cut short")
	case n < 0:
		r.fail(what, "more than 64 bits")
	case n > 1 && r.data[r.pos+n-1] == 0:
		r.fail(what, "not in its shortest form")
	case v > limit:
		r.fail(what, fmt.Sprintf("%d, at most %d", v, limit))
	}
	if r.err != nil {
		return 0
	}
	r.pos += n
	return v
}

// end refuses anything that is left.
func (r *reader) end() {
	if r.err == nil && r.pos != len(r.data) {
		r.fail("end", fmt.Sprintf("%d bytes too many", len(r.data)-r.pos))
	}
}
