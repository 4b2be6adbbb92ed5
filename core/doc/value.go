package doc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"cairn/core/canon"
	"cairn/core/id"
)

// Type says what a Value holds.
type Type uint8

// The types. They are the first byte of a stored value: add at the end, never
// reorder.
const (
	TypeNull Type = iota
	TypeFalse
	TypeTrue
	TypeInt
	TypeFloat
	TypeString
	TypeBytes
	TypeRef
	TypeTime
	TypeList
	TypeRecord
)

const (
	// MaxValueBytes bounds one value as it is written. Longer prose belongs in
	// a text field, larger data in a blob.
	MaxValueBytes = 64 << 10
	// maxValueDepth bounds lists in lists, so that hostile bytes can't use up the stack.
	maxValueDepth = 16
)

// ErrMalformed is returned for bytes that nothing in this package wrote.
var ErrMalformed = errors.New("malformed")

// Value is an immutable value of a field. It is its own stored form (see
// FORMAT.md), so values compare with ==, serve as map keys, and a type that
// only a later version knows is kept and passed on untouched. The zero Value
// is null.
type Value struct{ enc string }

// Null is the absence of a value.
var Null Value

// Bool returns the value b.
func Bool(b bool) Value {
	if b {
		return Value{string(rune(TypeTrue))}
	}
	return Value{string(rune(TypeFalse))}
}

// Int returns the value n.
func Int(n int64) Value {
	return Value{string(binary.AppendVarint([]byte{byte(TypeInt)}, n))}
}

// Float returns the value f. NaN and the infinities, which no document may
// hold, give Null; -0 gives 0.
func Float(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Null
	}
	// -0 + 0 is 0: equal numbers have one stored form.
	return Value{string(binary.BigEndian.AppendUint64([]byte{byte(TypeFloat)}, math.Float64bits(f+0)))}
}

// String returns the value s. Runs of bytes that are not UTF-8 become U+FFFD.
func String(s string) Value {
	return Value{string(rune(TypeString)) + strings.ToValidUTF8(s, "\uFFFD")}
}

// Bytes returns the value b.
func Bytes(b []byte) Value { return Value{string(rune(TypeBytes)) + string(b)} }

// Ref returns a reference to the document d, which may not exist here (yet).
func Ref(d id.Doc) Value { return Value{string(rune(TypeRef)) + string(d[:])} }

// Time returns the value t, to the millisecond.
func Time(t time.Time) Value {
	return Value{string(binary.AppendVarint([]byte{byte(TypeTime)}, t.UnixMilli()))}
}

// List returns the value that holds items in order.
func List(items ...Value) Value {
	out := []byte{byte(TypeList)}
	for _, v := range items {
		out = appendValue(out, v)
	}
	return Value{string(out)}
}

// Record returns the value that holds fields by name. Names are made UTF-8 as
// String makes them; of two that become the same, the first in order stays.
func Record(fields map[string]Value) Value {
	out := []byte{byte(TypeRecord)}
	last, first := "", true
	for _, raw := range slices.Sorted(maps.Keys(fields)) {
		name := strings.ToValidUTF8(raw, "\uFFFD")
		if !first && name <= last {
			continue
		}
		last, first = name, false
		out = canon.AppendBlock(out, []byte(name))
		out = appendValue(out, fields[raw])
	}
	return Value{string(out)}
}

// stored returns the stored form, one zero byte for the zero Value.
func (v Value) stored() string {
	if v.enc == "" {
		return "\x00"
	}
	return v.enc
}

// Append appends the stored form of v.
func (v Value) Append(b []byte) []byte { return append(b, v.stored()...) }

// ValueFrom reads a stored value that fills b. A type that this version does
// not know is kept as it is; a known one must be well formed and in the only
// form that this package writes. The error is ErrMalformed.
func ValueFrom(b []byte) (Value, error) {
	if err := checkValue(b, maxValueDepth); err != nil {
		return Null, err
	}
	if Type(b[0]) == TypeNull {
		return Null, nil
	}
	return Value{string(b)}, nil
}

// checkValue reports what is wrong with a stored value that fills b.
func checkValue(b []byte, depth int) error {
	if depth == 0 {
		return fmt.Errorf("value nested more than %d deep: %w", maxValueDepth, ErrMalformed)
	}
	r := newReader(b)
	switch Type(r.Byte()) {
	case TypeInt, TypeTime:
		r.Uvarint()
	case TypeFloat:
		r.float()
	case TypeString:
		r.utf8()
	case TypeRef:
		r.Bytes(len(id.Doc{}))
	case TypeList:
		for len(r.Rest) > 0 {
			r.inner(depth)
		}
	case TypeRecord:
		r.record(depth)
	case TypeNull, TypeFalse, TypeTrue:
	default: // bytes, and what a later version knows
		r.Bytes(len(r.Rest))
	}
	return r.End()
}

// inner checks a value inside another.
func (r *reader) inner(depth int) {
	block := r.Block()
	if r.Err != nil {
		return
	}
	if err := checkValue(block, depth-1); err != nil {
		r.Err, r.Rest = err, nil
	}
}

// record checks that names rise, so that equal records have equal bytes.
func (r *reader) record(depth int) {
	last, first := "", true
	for len(r.Rest) > 0 {
		var name string
		r.in(func(r *reader) { name = string(r.utf8()) })
		if !first && name <= last {
			r.Fail("record names out of order")
		}
		last, first = name, false
		r.inner(depth)
	}
}

func (r *reader) float() {
	b := r.Bytes(8)
	if b == nil {
		return
	}
	bits := binary.BigEndian.Uint64(b)
	f := math.Float64frombits(bits)
	if math.IsNaN(f) || math.IsInf(f, 0) || (f == 0 && bits != 0) {
		r.Fail("number that no document may hold")
	}
}
