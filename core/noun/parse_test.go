package noun_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
)

// form has a field of every type and family that Parse tells apart.
type form struct {
	Word    string      `cairn:"2"`
	Choice  string      `cairn:"3,oneof=yes|no"`
	Flag    bool        `cairn:"4"`
	Whole   int64       `cairn:"5"`
	Number  float64     `cairn:"6"`
	When    time.Time   `cairn:"7"`
	About   id.Doc      `cairn:"8"`
	Any     doc.Value   `cairn:"9"`
	Words   []string    `cairn:"10,set"`
	Numbers []float64   `cairn:"11,list"`
	Records []doc.Value `cairn:"12,list"`
	Prose   string      `cairn:"13,text"`
	Choices []string    `cairn:"14,set,oneof=yes|no"`
	Abouts  []id.Doc    `cairn:"15,set"`
}

var forms = noun.Define[form](902, "form")

func hint(err error) string { return fault.Hint(err) }

func words(w ...string) doc.Value {
	var values []doc.Value
	for _, s := range w {
		values = append(values, doc.String(s))
	}
	return doc.List(values...)
}

func TestParse(t *testing.T) {
	about := id.Doc{15: 3}
	for _, c := range []struct {
		field, text string
		want        doc.Value
	}{
		{"word", "", doc.Null},
		{"word", " kept as typed ", doc.String(" kept as typed ")},
		{"choice", " yes ", doc.String("yes")},
		{"flag", "TRUE", doc.Bool(true)},
		{"whole", " -7", doc.Int(-7)},
		{"number", "1e-3", doc.Float(0.001)},
		{"when", "2026-03-31", doc.Time(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC))},
		{"when", "2026-03-31T09:00:00+02:00", doc.Time(time.Date(2026, 3, 31, 7, 0, 0, 0, time.UTC))},
		{"about", strings.ToUpper(about.String()), doc.Ref(about)},
		{"any", `{"a":1}`, doc.Record(map[string]doc.Value{"a": doc.Int(1)})},
		{"words", "", doc.List()},
		{"words", "a, b,,c ", words("a", "b", "c")},
		{"words", `["a, b","c"]`, words("a, b", "c")},
		{"numbers", "1, 2.5", doc.List(doc.Float(1), doc.Float(2.5))},
		{"numbers", "[1, 2.5]", doc.List(doc.Float(1), doc.Float(2.5))},
		{"records", `{"a":1,"b":2}`, doc.List(doc.Record(map[string]doc.Value{"a": doc.Int(1), "b": doc.Int(2)}))},
		{"records", `[{"a":1},2]`, doc.List(doc.Record(map[string]doc.Value{"a": doc.Int(1)}), doc.Int(2))},
		{"records", " ", doc.List()},
		{"records", "[null,1,[null]]", doc.List(doc.Int(1), doc.List(doc.Null))},
		{"prose", "", doc.String("")},
		{"prose", "a, b", doc.String("a, b")},
		{"choices", "no,yes", words("no", "yes")},
		{"abouts", about.String(), doc.List(doc.Ref(about))},
	} {
		f, _ := forms.Field(c.field)
		got, err := f.Parse(c.text)
		if err != nil || got != c.want {
			t.Errorf("%s of %q: %s, %v; want %s", c.field, c.text, got, err, c.want)
		}
		if err == nil && f.Check(got) != nil {
			t.Errorf("%s of %q: what was parsed can't be assigned: %v", c.field, c.text, f.Check(got))
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ field, text, message, hint string }{
		{"choice", "maybe", `The field choice can't be "maybe": it holds text.`, "Choose one of yes, no."},
		{"flag", "on", `The field flag can't be "on": it holds true or false.`, "Write true or false."},
		{"whole", "1.5", `The field whole can't be "1.5": it holds a whole number.`, "Write a whole number."},
		{"whole", "9223372036854775808", `The field whole can't be "9223372036854775808": it holds a whole number.`, "Write a whole number."},
		{"number", "NaN", `The field number can't be "NaN": it holds a number.`, "Write a number such as 0.8."},
		{"number", "1e999", `The field number can't be "1e999": it holds a number.`, "Write a number such as 0.8."},
		{"when", "31.3.2026", `The field when can't be "31.3.2026": it holds a date or time.`, "Write a date such as 2026-03-31, or a time such as 2026-03-31T09:00:00Z."},
		{"about", "ben", `The field about can't be "ben": it holds a document.`, "Write the ID of a document, as `cairn doc list` shows it."},
		{"any", "{", `The field any can't be "{": it holds a record.`, "Write a JSON value."},
		{"words", "[1", `The field words can't be "[1": it holds text.`, "Write a JSON array, or words with commas between them."},
		{"numbers", "1,x", `The field numbers can't be "x": it holds a number.`, "Write a number such as 0.8."},
		{"records", "{", `The field records can't be "{": it holds a record.`, "Write a JSON value."},
		{"choices", "yes,maybe", `The field choices can't be "maybe": it holds text.`, "Choose one of yes, no."},
		{"whole", strings.Repeat("é", 50), `The field whole can't be "` + strings.Repeat("é", 40) + `…": it holds a whole number.`, "Write a whole number."},
	} {
		f, _ := forms.Field(c.field)
		got, err := f.Parse(c.text)
		if fault.KindOf(err) != fault.Invalid || fault.Message(err) != c.message || hint(err) != c.hint {
			t.Errorf("%s of %q: %s, %v, %q\nwant %s %s", c.field, c.text, got, err, hint(err), c.message, c.hint)
		}
	}
}

func TestCheckRefusesOtherTypes(t *testing.T) {
	big := doc.String(strings.Repeat("x", doc.MaxValueBytes))
	for _, c := range []struct {
		field string
		v     doc.Value
	}{
		{"word", doc.Int(1)},
		{"word", big},
		{"choice", doc.String("maybe")},
		{"flag", doc.String("true")},
		{"whole", doc.Float(1)},
		{"number", doc.String("1")},
		{"when", doc.String("2026-03-31")},
		{"about", doc.String("x")},
		{"words", doc.String("a")},
		{"words", doc.List(doc.Int(1))},
		{"words", doc.List(doc.Null)},
		{"prose", doc.Int(1)},
	} {
		f, _ := forms.Field(c.field)
		if err := f.Check(c.v); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s takes %.20q: %v", c.field, c.v, err)
		}
	}
	for _, f := range forms.Fields {
		if err := f.Check(doc.Null); err != nil {
			t.Errorf("%s can't be emptied: %v", f.Name, err)
		}
	}
	prose, _ := forms.Field("prose")
	if err := prose.Check(big); err != nil {
		t.Errorf("a text field refuses long text: %v", err)
	}
	number, _ := forms.Field("number")
	if err := number.Check(doc.Int(1)); err != nil {
		t.Errorf("a number field refuses a whole number: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "1", "yes", "[1,2]", `["a"]`, `{"a":[]}`, "2026-03-31", "a,b", "[[[[", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, field := range forms.Fields {
			v, err := field.Parse(text)
			if err != nil {
				said, ok := errors.AsType[*fault.Error](err)
				if !ok || said.Kind != fault.Invalid || said.Hint.IsZero() {
					t.Errorf("%s of %q: %v is not for people", field.Name, text, err)
				}
				continue
			}
			if got, err := doc.ValueFrom(v.Append(nil)); err != nil || got != v {
				t.Errorf("%s of %q: %x does not read back: %v", field.Name, text, v.Append(nil), err)
			}
			if err := field.Check(v); err != nil && len(text) < 1024 {
				t.Errorf("%s of %q: %s can't be assigned: %v", field.Name, text, v, err)
			}
		}
	})
}
