package doc

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// MarshalJSON writes v plainly: references and times as strings, bytes in
// base64. A type of a later version becomes null.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.plain()) }

// plain returns v as the Go value that encoding/json writes plainly.
func (v Value) plain() any {
	switch v.Type() {
	case TypeFalse, TypeTrue:
		return v.Type() == TypeTrue
	case TypeInt:
		n, _ := v.AsInt()
		return n
	case TypeFloat:
		f, _ := v.AsFloat()
		return f
	case TypeString:
		s, _ := v.AsString()
		return s
	case TypeBytes:
		b, _ := v.AsBytes()
		return base64.StdEncoding.EncodeToString(b)
	case TypeRef:
		d, _ := v.AsRef()
		return d.String()
	case TypeTime:
		t, _ := v.AsTime()
		return t.Format(time.RFC3339Nano)
	case TypeList:
		items := v.Items()
		out := make([]any, len(items))
		for i, item := range items {
			out[i] = item.plain()
		}
		return out
	case TypeRecord:
		out := map[string]any{}
		for name, field := range v.Fields() {
			out[name] = field.plain()
		}
		return out
	default:
		return nil
	}
}

// UnmarshalJSON reads a JSON value: a number without fraction or exponent is
// an integer, an object a record.
func (v *Value) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var plain any
	if err := dec.Decode(&plain); err != nil {
		return fmt.Errorf("JSON value: %w: %w", ErrMalformed, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("more than one JSON value: %w", ErrMalformed)
	}
	got, err := fromPlain(plain, maxValueDepth)
	if err != nil {
		return err
	}
	*v = got
	return nil
}

func fromPlain(plain any, depth int) (Value, error) {
	if depth == 0 {
		return Null, fmt.Errorf("nested more than %d deep: %w", maxValueDepth, ErrMalformed)
	}
	switch p := plain.(type) {
	case nil:
		return Null, nil
	case bool:
		return Bool(p), nil
	case string:
		return String(p), nil
	case json.Number:
		return number(p.String())
	case []any:
		items := make([]Value, len(p))
		for i, item := range p {
			v, err := fromPlain(item, depth-1)
			if err != nil {
				return Null, err
			}
			items[i] = v
		}
		return List(items...), nil
	case map[string]any:
		fields := make(map[string]Value, len(p))
		for name, item := range p {
			v, err := fromPlain(item, depth-1)
			if err != nil {
				return Null, err
			}
			fields[name] = v
		}
		return Record(fields), nil
	default:
		return Null, fmt.Errorf("%T is no JSON value: %w", plain, ErrMalformed)
	}
}

func number(text string) (Value, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return Int(n), nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Null, fmt.Errorf("number %s: %w", text, ErrMalformed)
	}
	return Float(f), nil
}

// String returns v for people, on one line.
func (v Value) String() string {
	switch v.Type() {
	case TypeNull:
		return ""
	case TypeString:
		s, _ := v.AsString()
		return s
	case TypeFalse, TypeTrue, TypeInt, TypeFloat, TypeBytes, TypeRef, TypeTime:
		return strings.Trim(mustJSON(v), `"`)
	case TypeList, TypeRecord:
		return mustJSON(v)
	default:
		return "(written by a later version of Cairn)"
	}
}

// mustJSON cannot fail: plain gives only what encoding/json can write.
func mustJSON(v Value) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // people read >= more easily than \u003e=
	if err := enc.Encode(v.plain()); err != nil {
		panic(fmt.Sprintf("doc: value %x as JSON: %v", v.enc, err))
	}
	return strings.TrimSuffix(b.String(), "\n")
}
