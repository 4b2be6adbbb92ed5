package text

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"cairn/core/id"
)

// The first byte of an insertion says how its origins are written: the left
// one in bits 0 and 1, the right one in bits 2 and 3.
const (
	originEdge  = iota // start or end of the text: nothing follows
	originOwn          // same log: how far before At
	originOther        // log and number
	originPrev         // left: the rune that the log inserted last; right: unused

	originBits = 2
)

// Append appends the payload of the operation, which must be one of log At.Log.
func (in Insert) Append(b []byte) []byte {
	left, right := in.form(in.Left), in.form(in.Right)
	if left == originOwn && in.Left.N+1 == in.At.N {
		left = originPrev
	}
	b = append(b, left|right<<originBits)
	b = binary.AppendUvarint(b, uint64(in.At.N))
	b = in.appendOrigin(b, left, in.Left)
	b = in.appendOrigin(b, right, in.Right)
	return append(b, in.Runes...)
}

func (in *Insert) form(o Origin) byte {
	switch {
	case o.Log.IsZero():
		return originEdge
	case o.Log == in.At.Log:
		return originOwn
	}
	return originOther
}

func (in *Insert) appendOrigin(b []byte, form byte, o Origin) []byte {
	switch form {
	case originOwn:
		return binary.AppendUvarint(b, uint64(in.At.N-o.N))
	case originOther:
		return binary.AppendUvarint(o.Log.Append(b), uint64(o.N))
	}
	return b
}

// DecodeInsert reads the payload of an operation of the log self. It returns
// ErrMalformed for anything that Append does not write.
func DecodeInsert(b []byte, self id.Log) (Insert, error) {
	r := newReader(b)
	in := Insert{At: ID{Log: self}}
	forms := r.Byte()
	left, right := forms&(1<<originBits-1), forms>>originBits
	if right > originOther {
		r.Fail("form of an origin")
	}
	in.At.N = r.Uint32()
	in.Left = r.origin(left, in.At)
	in.Right = r.origin(right, in.At)
	if left == originOwn && in.Left.N+1 == in.At.N {
		r.Fail("long form of an origin")
	}
	if r.Err != nil {
		return Insert{}, fmt.Errorf("decode an insertion: %w", r.Err)
	}
	if len(r.Rest) <= MaxInsert { // otherwise check fails, without a copy
		in.Runes = string(r.Rest)
	}
	if err := in.check(); err != nil {
		return Insert{}, fmt.Errorf("decode an insertion: %w", err)
	}
	return in, nil
}

// origin reads an origin of the rune at, in the given form.
func (r *reader) origin(form byte, at ID) Origin {
	switch form {
	case originOwn, originPrev:
		back := uint32(1)
		if form == originOwn {
			back = r.Uint32()
		}
		if back == 0 || back > at.N {
			r.Fail("origin that is no earlier rune")
		}
		return Origin{at.Log, at.N - back}
	case originOther:
		log := r.Log()
		if log == at.Log || log.IsZero() {
			r.Fail("long form of an origin")
		}
		return Origin{log, r.Uint32()}
	}
	return Origin{}
}

// Append appends the payload of the operation, which is one of the log self.
// Spans that name the same runes give the same bytes.
func (d Delete) Append(b []byte, self id.Log) []byte {
	spans := normal(slices.Clone(d.Spans))
	isOwn := func(s Span) bool { return s.First.Log == self }
	if from := slices.IndexFunc(spans, isOwn); from > 0 {
		own := slices.Clone(spans[from:])
		if to := slices.IndexFunc(own, func(s Span) bool { return !isOwn(s) }); to >= 0 {
			own = own[:to]
		}
		copy(spans[len(own):], spans[:from])
		copy(spans, own)
	}
	for len(spans) > 0 {
		log := spans[0].First.Log
		n := 1
		for n < len(spans) && spans[n].First.Log == log {
			n++
		}
		b = appendGroup(b, log, self, spans[:n])
		spans = spans[n:]
	}
	return b
}

// appendGroup appends the spans of one log.
func appendGroup(b []byte, log, self id.Log, spans []Span) []byte {
	head := uint64(len(spans)) << 1
	if log == self {
		b = binary.AppendUvarint(b, head)
	} else {
		b = log.Append(binary.AppendUvarint(b, head|1))
	}
	end := uint32(0)
	for _, s := range spans {
		b = binary.AppendUvarint(b, uint64(s.First.N-end))
		b = binary.AppendUvarint(b, uint64(s.Len-1))
		end = s.First.N + s.Len
	}
	return b
}

// DecodeDelete reads the payload of an operation of the log self. It returns
// ErrMalformed for anything that Append does not write.
func DecodeDelete(b []byte, self id.Log) (Delete, error) {
	r := newReader(b)
	var d Delete
	last := id.Log{}
	for first := true; len(r.Rest) > 0; first = false {
		head := r.Uvarint()
		log := self
		if head&1 != 0 {
			log = r.Log()
			if log == self || log.Compare(last) <= 0 {
				r.Fail("logs out of order")
			}
			last = log
		} else if !first {
			r.Fail("own log out of order")
		}
		d.Spans = r.spans(d.Spans, log, head>>1)
	}
	switch {
	case r.Err != nil:
		return Delete{}, fmt.Errorf("decode a deletion: %w", r.Err)
	case self.IsZero():
		return Delete{}, fmt.Errorf("decode a deletion without a log: %w", ErrMalformed)
	}
	return d, nil
}

// spans reads n spans of log and appends them to spans.
func (r *reader) spans(spans []Span, log id.Log, n uint64) []Span {
	if n == 0 || n > uint64(min(len(r.Rest)/2, MaxSpans-len(spans))) {
		r.Fail("number of spans")
		return spans
	}
	end := uint64(0)
	for i := range n {
		gap, length := r.Uvarint(), r.Uvarint()
		if gap > math.MaxUint32 || length > math.MaxUint32 || end+gap+length+1 > math.MaxUint32 || (i > 0 && gap == 0) {
			r.Fail("span")
		}
		if r.Err != nil {
			return spans
		}
		spans = append(spans, Span{ID{log, uint32(end + gap)}, uint32(length + 1)})
		end += gap + length + 1
	}
	return spans
}
