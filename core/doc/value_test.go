package doc_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/core/doc"
	"cairn/core/id"
)

func TestValuesGiveBackWhatTheyWereMadeOf(t *testing.T) {
	at := time.Date(2026, 3, 31, 9, 0, 0, int(5*time.Millisecond), time.UTC)
	name := id.Doc{9}
	if got, ok := doc.Bool(true).AsBool(); !ok || !got {
		t.Errorf("true is %v, %v", got, ok)
	}
	for _, n := range []int64{0, -1, math.MaxInt64, math.MinInt64} {
		if got, ok := doc.Int(n).AsInt(); !ok || got != n {
			t.Errorf("%d is %v, %v", n, got, ok)
		}
	}
	for _, f := range []float64{0, -1.5, math.MaxFloat64, math.SmallestNonzeroFloat64} {
		if got, ok := doc.Float(f).AsFloat(); !ok || got != f {
			t.Errorf("%g is %v, %v", f, got, ok)
		}
	}
	if got, ok := doc.Int(3).AsFloat(); !ok || got != 3 {
		t.Errorf("3 as a number is %v, %v", got, ok)
	}
	if got, ok := doc.String("é").AsString(); !ok || got != "é" {
		t.Errorf("é is %q, %v", got, ok)
	}
	if got, ok := doc.Bytes([]byte{1, 0}).AsBytes(); !ok || string(got) != "\x01\x00" {
		t.Errorf("bytes are %x, %v", got, ok)
	}
	if got, ok := doc.Ref(name).AsRef(); !ok || got != name {
		t.Errorf("reference is %v, %v", got, ok)
	}
	if got, ok := doc.Time(at).AsTime(); !ok || !got.Equal(at) {
		t.Errorf("time is %v, %v", got, ok)
	}
}

func TestEqualValuesAreEqual(t *testing.T) {
	for name, pair := range map[string][2]doc.Value{
		"zero and -0":             {doc.Float(0), doc.Float(math.Copysign(0, -1))},
		"NaN and null":            {doc.Float(math.NaN()), doc.Null},
		"infinity and null":       {doc.Float(math.Inf(1)), doc.Null},
		"zones":                   {doc.Time(time.Unix(5, 0)), doc.Time(time.Unix(5, 0).In(time.FixedZone("", 3600)))},
		"not UTF-8":               {doc.String("a\xff"), doc.String("a\uFFFD")},
		"names not UTF-8":         {doc.Record(map[string]doc.Value{"\xff": doc.Int(1)}), doc.Record(map[string]doc.Value{"\uFFFD": doc.Int(1)})},
		"two names not UTF-8":     {doc.Record(map[string]doc.Value{"\xfe": doc.Int(1), "\xff": doc.Int(2)}), doc.Record(map[string]doc.Value{"\uFFFD": doc.Int(1)})},
		"the zero Value and null": {{}, doc.Null},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %x and %x", name, pair[0].Append(nil), pair[1].Append(nil))
		}
		if _, err := doc.ValueFrom(pair[0].Append(nil)); err != nil {
			t.Errorf("%s: %x does not read back: %v", name, pair[0].Append(nil), err)
		}
	}
}

func TestWrongTypeIsSaid(t *testing.T) {
	s, n := doc.String("x"), doc.Int(1)
	_, isBool := n.AsBool()
	_, isInt := s.AsInt()
	_, isFloat := s.AsFloat()
	_, isString := n.AsString()
	_, isBytes := s.AsBytes()
	_, isRef := s.AsRef()
	_, isTime := n.AsTime()
	if isBool || isInt || isFloat || isString || isBytes || isRef || isTime || s.Items() != nil || n.Fields() != nil {
		t.Error("a value is of two types")
	}
}

func TestJSON(t *testing.T) {
	name := id.Doc{15: 1}
	for want, v := range map[string]doc.Value{
		`null`:                         doc.Null,
		`true`:                         doc.Bool(true),
		`-5`:                           doc.Int(-5),
		`0.25`:                         doc.Float(0.25),
		`"<é>"`:                        doc.String("<é>"),
		`"AP8="`:                       doc.Bytes([]byte{0, 255}),
		`"00000000000000000000000001"`: doc.Ref(name),
		`"1970-01-01T00:00:01.5Z"`:     doc.Time(time.UnixMilli(1500)),
		`[1,null,[]]`:                  doc.List(doc.Int(1), doc.Null, doc.List()),
		`{"a":">=","b":{}}`:            doc.Record(map[string]doc.Value{"b": doc.Record(nil), "a": doc.String(">=")}),
	} {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var got, plain any
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(want), &plain); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(plain, got); diff != "" {
			t.Errorf("%x as JSON (-want +got):\n%s", v.Append(nil), diff)
		}
		if shown := strings.Trim(want, `"`); v.String() != shown && !v.IsNull() {
			t.Errorf("%x is shown as %q, want %q", v.Append(nil), v.String(), shown)
		}
	}
}

func TestJSONIsRead(t *testing.T) {
	for text, want := range map[string]doc.Value{
		`null`:                doc.Null,
		`1`:                   doc.Int(1),
		`1.0`:                 doc.Float(1),
		`9223372036854775808`: doc.Float(9223372036854775808),
		`[{"a":"b"}]`:         doc.List(doc.Record(map[string]doc.Value{"a": doc.String("b")})),
		strings.Repeat("[", 15) + `1` + strings.Repeat("]", 15): nested(15),
	} {
		var got doc.Value
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s reads as %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{`1e999`, `{`, `1 2`, strings.Repeat("[", 16) + `1` + strings.Repeat("]", 16)} {
		var got doc.Value
		if err := got.UnmarshalJSON([]byte(text)); !errors.Is(err, doc.ErrMalformed) {
			t.Errorf("%s reads as %s, %v; want ErrMalformed", text, got, err)
		}
	}
}

// nested returns 1 inside depth lists.
func nested(depth int) doc.Value {
	v := doc.Int(1)
	for range depth {
		v = doc.List(v)
	}
	return v
}

func TestNestingIsBounded(t *testing.T) {
	if _, err := doc.ValueFrom(nested(15).Append(nil)); err != nil {
		t.Errorf("fifteen lists around a number: %v", err)
	}
	if _, err := doc.ValueFrom(nested(16).Append(nil)); !errors.Is(err, doc.ErrMalformed) {
		t.Errorf("sixteen lists around a number: %v, want ErrMalformed", err)
	}
}

func TestLaterTypeIsKept(t *testing.T) {
	v := later(t, 0x20, 1, 2)
	list := doc.List(v, doc.Int(1))
	if got := list.Items(); len(got) != 2 || got[0] != v || got[1] != doc.Int(1) {
		t.Errorf("a list that holds a later type has the items %v", got)
	}
	if v.String() == "" || v.IsNull() {
		t.Errorf("a later type is shown as %q, null %v", v, v.IsNull())
	}
	if raw, err := v.MarshalJSON(); err != nil || string(raw) != "null" {
		t.Errorf("a later type as JSON: %s, %v", raw, err)
	}
}
