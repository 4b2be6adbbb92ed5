package doc

import (
	"slices"

	"cairn/core/text"
)

// Register returns the value of a register field and where it comes from; ok
// is false when it was never set.
func (d *Doc) Register(field uint16) (v Versioned, ok bool) {
	s := lookup[*register](d, field, FamilyRegister)
	if s == nil || s.at == (Version{}) {
		return Versioned{}, false
	}
	return Versioned{s.value, s.at}, true
}

// Multi returns the values of a multi-value register, the latest first. More
// than one is a conflict that a person should settle.
func (d *Doc) Multi(field uint16) []Versioned {
	if s := lookup[*multi](d, field, FamilyMulti); s != nil {
		return s.latestFirst()
	}
	return nil
}

// Conflicts returns the numbers of the fields that hold different concurrent
// values. Equal values written at the same time are no conflict.
func (d *Doc) Conflicts() []uint16 {
	var out []uint16
	for _, f := range d.fields {
		s, ok := f.state.(*multi)
		if !ok || len(s.values) < 2 {
			continue
		}
		if slices.ContainsFunc(s.values, func(v Versioned) bool { return v.Value != s.values[0].Value }) {
			out = append(out, f.number)
		}
	}
	return out
}

// Set returns the elements of a set field, sorted by stored form.
func (d *Doc) Set(field uint16) []Value {
	if s := lookup[*set](d, field, FamilySet); s != nil {
		return s.elements()
	}
	return nil
}

// Counter returns the sum of a counter field.
func (d *Doc) Counter(field uint16) int64 {
	if s := lookup[*counter](d, field, FamilyCounter); s != nil {
		return s.total()
	}
	return 0
}

// List returns the items of a list field in order.
func (d *Doc) List(field uint16) []Item {
	if s := lookup[*list](d, field, FamilyList); s != nil {
		return s.visible()
	}
	return nil
}

// Text returns the contents of a text field.
func (d *Doc) Text(field uint16) string { return d.text(field).String() }

// TextLen returns the length of a text field in runes.
func (d *Doc) TextLen(field uint16) int { return d.text(field).Len() }

// text returns the text of a field, a fresh one if d has none.
func (d *Doc) text(field uint16) *text.Text {
	if s := lookup[*prose](d, field, FamilyText); s != nil {
		return &s.text
	}
	return &text.Text{}
}

// Field names a field that d holds.
type Field struct {
	Number uint16
	Family Family
}

// Fields returns the fields that d holds, known or not to this version.
func (d *Doc) Fields() []Field {
	out := make([]Field, len(d.fields))
	for i, f := range d.fields {
		out[i] = Field{f.number, f.family}
	}
	return out
}

// Plain returns a field as one value: the latest of a multi-value register,
// the list of a set's or list's elements, a counter's sum, a text's contents.
func (d *Doc) Plain(f Field) Value {
	switch f.Family {
	case FamilyRegister:
		v, _ := d.Register(f.Number)
		return v.Value
	case FamilyMulti:
		if values := d.Multi(f.Number); len(values) > 0 {
			return values[0].Value
		}
	case FamilySet:
		return List(d.Set(f.Number)...)
	case FamilyCounter:
		return Int(d.Counter(f.Number))
	case FamilyList:
		items := d.List(f.Number)
		values := make([]Value, len(items))
		for i, item := range items {
			values[i] = item.Value
		}
		return List(values...)
	case FamilyText:
		return String(d.Text(f.Number))
	}
	return Null
}
