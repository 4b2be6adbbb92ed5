package noun

import (
	"reflect"
	"time"

	"cairn/core/doc"
)

// View returns d as T. A field that was never set, or holds a value of a type
// that T does not expect, has its zero value; of a conflict the latest value
// shows. Elements of a type that T does not expect are left out.
func (n Noun[T]) View(d *doc.Doc) T {
	var out T
	v := reflect.ValueOf(&out).Elem()
	for _, f := range n.Fields {
		fill(v.FieldByIndex(f.index), d.Plain(f.Key()))
	}
	return out
}

// fill sets dst to v and reports true, or leaves it when v is of another type.
func fill(dst reflect.Value, v doc.Value) bool {
	switch dst.Kind() {
	case reflect.Pointer:
		p := reflect.New(dst.Type().Elem())
		if !fill(p.Elem(), v) {
			return false
		}
		dst.Set(p)
		return true
	case reflect.Slice:
		for _, item := range v.Items() {
			element := reflect.New(dst.Type().Elem()).Elem()
			if fill(element, item) {
				dst.Set(reflect.Append(dst, element))
			}
		}
		return true
	case reflect.String:
		s, ok := v.AsString()
		dst.SetString(s)
		return ok
	case reflect.Bool:
		b, ok := v.AsBool()
		dst.SetBool(b)
		return ok
	case reflect.Int64:
		n, ok := v.AsInt()
		dst.SetInt(n)
		return ok
	case reflect.Float64:
		f, ok := v.AsFloat()
		dst.SetFloat(f)
		return ok
	default:
		return fillStruct(dst, v)
	}
}

// fillStruct fills the Go types that are more than one machine word.
func fillStruct(dst reflect.Value, v doc.Value) bool {
	switch dst.Type() {
	case reflect.TypeFor[time.Time]():
		t, ok := v.AsTime()
		if ok {
			dst.Set(reflect.ValueOf(t))
		}
		return ok
	case reflect.TypeFor[doc.Value]():
		dst.Set(reflect.ValueOf(v))
		return !v.IsNull()
	default:
		d, ok := v.AsRef()
		if ok {
			dst.Set(reflect.ValueOf(d).Convert(dst.Type()))
		}
		return ok
	}
}
