package template

import (
	"encoding/json"
	"maps"
	"slices"

	"cairn/core/doc"
	"cairn/core/noun"
)

// The list field of a template's document holds a record for each part of its
// sections and fields, not one for each field: two people who change the label
// and the help of one field apart keep both, and so do those who move a section
// and add a field to it. A record reads
//
//	{section: KEY}                        a section; their order in the list is that of the sections
//	{section: KEY, part: title, value: …}
//	{field: KEY}                          a field; their order is that of the fields within each section
//	{field: KEY, part: section, value: KEY}
//	{field: KEY, part: label, value: …}   and so on, for what is not empty
//
// Parts count only while the record of their section or field is there, so taking
// it out wins over changing it. Of several records of one part, which two people
// make who begin it apart, the first counts. Records that this version does not
// know are left alone.
type slot struct {
	what string // "section" or "field"
	key  string
	part string // empty for the section or field itself
}

const (
	ofSection = "section"
	ofField   = "field"
)

// slotOf returns what a record is about, and its value.
func slotOf(v doc.Value) (slot, doc.Value, bool) {
	fields := v.Fields()
	part, _ := fields["part"].AsString()
	for _, what := range []string{ofSection, ofField} {
		if key, ok := fields[what].AsString(); ok && key != "" {
			return slot{what, key, part}, fields["value"], true
		}
	}
	return slot{}, doc.Null, false
}

// record returns what slotOf reads.
func (s slot) record(value doc.Value) doc.Value {
	fields := map[string]doc.Value{s.what: doc.String(s.key)}
	if s.part != "" {
		fields["part"], fields["value"] = doc.String(s.part), value
	}
	return doc.Record(fields)
}

// header returns the slot of the section or field that s is a part of.
func (s slot) header() slot { return slot{s.what, s.key, ""} }

// parts returns the records of t: what it is about → its value.
func parts(t Template) map[slot]doc.Value {
	out := map[slot]doc.Value{}
	for _, s := range t.Sections {
		if s.Key != "" {
			out[slot{ofSection, s.Key, ""}] = doc.Null
			putTexts(out, ofSection, s.Key, map[string]string{"title": s.Title, "help": s.Help})
		}
		for _, f := range s.Fields {
			out[slot{ofField, f.Key, ""}] = doc.Null
			putTexts(out, ofField, f.Key, map[string]string{
				"section": s.Key, "label": f.Label, "help": f.Help, "kind": string(f.Kind), "unit": f.Unit, "of": f.Of, "example": f.Example,
			})
			if f.Required {
				out[slot{ofField, f.Key, "required"}] = doc.Bool(true)
			}
			if len(f.Choices) > 0 {
				choices := make([]doc.Value, len(f.Choices))
				for i, c := range f.Choices {
					choices[i] = doc.String(c)
				}
				out[slot{ofField, f.Key, "choices"}] = doc.List(choices...)
			}
		}
	}
	return out
}

func putTexts(out map[slot]doc.Value, what, key string, texts map[string]string) {
	for part, text := range texts {
		if text != "" {
			out[slot{what, key, part}] = doc.String(text)
		}
	}
}

// View returns the template that is being edited in d. A field whose section is
// not there comes last, in a section without a key.
func View(d *doc.Doc) Template {
	view := noun.Templates.View(d)
	t := Template{Name: view.Name, About: view.About, Phase: view.Phase}
	t.Sections = arrange(view.Sections)
	return t
}

// arrange returns the sections that records describe.
func arrange(records []doc.Value) []Section {
	values := map[slot]doc.Value{}
	var sections, fields []string
	for _, r := range records {
		s, v, ok := slotOf(r)
		if _, twice := values[s]; !ok || twice {
			continue
		}
		values[s] = v
		switch {
		case s.part != "":
		case s.what == ofSection:
			sections = append(sections, s.key)
		default:
			fields = append(fields, s.key)
		}
	}
	text := func(what, key, part string) string {
		s, _ := values[slot{what, key, part}].AsString()
		return s
	}
	var out []Section
	at := map[string]int{} // key → index in out
	for _, key := range sections {
		at[key] = len(out)
		out = append(out, Section{Key: key, Title: text(ofSection, key, "title"), Help: text(ofSection, key, "help")})
	}
	var lost []Field
	for _, key := range fields {
		f := Field{
			Key: key, Label: text(ofField, key, "label"), Help: text(ofField, key, "help"), Kind: Kind(text(ofField, key, "kind")),
			Unit: text(ofField, key, "unit"), Of: text(ofField, key, "of"), Example: text(ofField, key, "example"),
		}
		f.Required, _ = values[slot{ofField, key, "required"}].AsBool()
		for _, c := range values[slot{ofField, key, "choices"}].Items() {
			if choice, ok := c.AsString(); ok {
				f.Choices = append(f.Choices, choice)
			}
		}
		if i, ok := at[text(ofField, key, "section")]; ok {
			out[i].Fields = append(out[i].Fields, f)
		} else {
			lost = append(lost, f)
		}
	}
	if len(lost) > 0 {
		out = append(out, Section{Fields: lost})
	}
	return out
}

// snapshot returns t as one value.
func snapshot(t Template) doc.Value {
	raw, err := json.Marshal(t)
	if err != nil {
		return doc.Null // strings and truth values always have a form in JSON
	}
	var v doc.Value
	if err := json.Unmarshal(raw, &v); err != nil {
		return doc.Null // nor is this nested deeper than a value may be
	}
	return v
}

// unsnapshot returns what snapshot wrote, as far as this version knows it. Of
// sections or fields with one key the first counts.
func unsnapshot(v doc.Value) (Template, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return Template{}, err
	}
	var t Template
	if err := json.Unmarshal(raw, &t); err != nil {
		return Template{}, err
	}
	seen := map[string]bool{}
	for i := range t.Sections {
		t.Sections[i].Fields = slices.DeleteFunc(t.Sections[i].Fields, func(f Field) bool {
			twice := seen[f.Key]
			seen[f.Key] = true
			return twice
		})
	}
	return t, nil
}

// sorted returns the slots of m in an order that is the same everywhere, those
// of sections and fields before their parts.
func sorted[V any](m map[slot]V) []slot {
	return slices.SortedFunc(maps.Keys(m), func(a, b slot) int {
		return slices.Compare([]string{b.what, a.key, a.part}, []string{a.what, b.key, b.part})
	})
}
