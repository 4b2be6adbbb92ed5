package doc

import (
	"encoding/binary"
	"math"
	"time"

	"cairn/core/id"
)

// Type returns the type of v. A type above TypeRecord comes from a later
// version of Cairn.
func (v Value) Type() Type { return Type(v.stored()[0]) }

// IsNull reports whether v is null.
func (v Value) IsNull() bool { return v.enc == "" }

// Size returns the length of the stored form in bytes.
func (v Value) Size() int { return len(v.stored()) }

// AsBool returns the truth value and whether v is one.
func (v Value) AsBool() (b, ok bool) {
	return v.Type() == TypeTrue, v.Type() == TypeTrue || v.Type() == TypeFalse
}

// AsInt returns the integer and whether v is one.
func (v Value) AsInt() (int64, bool) {
	if v.Type() != TypeInt {
		return 0, false
	}
	n, _ := binary.Varint([]byte(v.enc[1:]))
	return n, true
}

// AsFloat returns the number and whether v is one; integers are numbers too.
func (v Value) AsFloat() (float64, bool) {
	if n, ok := v.AsInt(); ok {
		return float64(n), true
	}
	if v.Type() != TypeFloat {
		return 0, false
	}
	return math.Float64frombits(binary.BigEndian.Uint64([]byte(v.enc[1:]))), true
}

// AsString returns the string and whether v is one.
func (v Value) AsString() (string, bool) {
	if v.Type() != TypeString {
		return "", false
	}
	return v.enc[1:], true
}

// AsBytes returns a copy of the bytes and whether v holds bytes.
func (v Value) AsBytes() ([]byte, bool) {
	if v.Type() != TypeBytes {
		return nil, false
	}
	return []byte(v.enc[1:]), true
}

// AsRef returns the document and whether v refers to one.
func (v Value) AsRef() (id.Doc, bool) {
	if v.Type() != TypeRef {
		return id.Doc{}, false
	}
	return id.Doc([]byte(v.enc[1:])), true
}

// AsTime returns the time, in UTC, and whether v is one.
func (v Value) AsTime() (time.Time, bool) {
	if v.Type() != TypeTime {
		return time.Time{}, false
	}
	ms, _ := binary.Varint([]byte(v.enc[1:]))
	return time.UnixMilli(ms).UTC(), true
}

// Items returns the values of a list, nil when v is none.
func (v Value) Items() []Value {
	if v.Type() != TypeList {
		return nil
	}
	items := []Value{}
	for r := newReader([]byte(v.enc[1:])); len(r.Rest) > 0; {
		items = append(items, fromBlock(r.Block()))
	}
	return items
}

// Fields returns the values of a record by name, nil when v is none.
func (v Value) Fields() map[string]Value {
	if v.Type() != TypeRecord {
		return nil
	}
	fields := map[string]Value{}
	for r := newReader([]byte(v.enc[1:])); len(r.Rest) > 0; {
		name := string(r.Block())
		fields[name] = fromBlock(r.Block())
	}
	return fields
}

// fromBlock returns the value inside another, which has been checked.
func fromBlock(b []byte) Value {
	if Type(b[0]) == TypeNull {
		return Null
	}
	return Value{string(b)}
}
