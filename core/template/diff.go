package template

import (
	"slices"

	"cairn/core/sentence"
)

// What says what is different between two templates.
type What string

// The differences.
const (
	Renamed          What = "renamed"
	Explained        What = "explained"
	PhaseChanged     What = "phase"
	SectionAdded     What = "section_added"
	SectionRemoved   What = "section_removed"
	SectionRenamed   What = "section_renamed"
	SectionExplained What = "section_explained"
	SectionsMoved    What = "sections_moved"
	FieldAdded       What = "field_added"
	FieldRemoved     What = "field_removed"
	FieldRelabelled  What = "field_relabelled"
	FieldKind        What = "field_kind"
	FieldChoices     What = "field_choices"
	FieldUnit        What = "field_unit"
	FieldRequired    What = "field_required"
	FieldOptional    What = "field_optional"
	FieldMoved       What = "field_moved"
	FieldExplained   What = "field_explained"
)

// Fate is what becomes of the answers that a field has, when a worksheet goes
// from one version to the next. None is ever lost.
type Fate string

// The fates; the empty one is that of what has no answers.
const (
	Kept     Fate = "kept"
	Reviewed Fate = "reviewed" // kept, and checked against the field as it is now
	Orphaned Fate = "orphaned" // kept beside the worksheet, under the label it had
)

// Change is one difference between two templates.
type Change struct {
	What    What              `json:"what"`
	Section string            `json:"section,omitempty"` // key
	Field   string            `json:"field,omitempty"`   // key
	Answers Fate              `json:"answers,omitempty"`
	Said    sentence.Sentence `json:"said"`
}

// Diff returns what is different in b from a, in the order of b and then of what
// is gone.
func Diff(a, b Template) []Change {
	var d differ
	if a.Name != b.Name {
		d.add(Renamed, "", "", "", sentence.New(saidRenamed, a.Name, b.Name))
	}
	if a.About != b.About {
		d.add(Explained, "", "", "", sentence.New(saidExplained))
	}
	if a.Phase != b.Phase {
		d.add(PhaseChanged, "", "", "", sentence.New(saidPhase))
	}
	d.sections(a, b)
	d.fields(a, b)
	return d.changes
}

type differ struct{ changes []Change }

func (d *differ) add(what What, section, field string, fate Fate, said sentence.Sentence) {
	d.changes = append(d.changes, Change{what, section, field, fate, said})
}

func (d *differ) sections(a, b Template) {
	before := map[string]Section{}
	for _, s := range a.Sections {
		before[s.Key] = s
	}
	after := map[string]bool{}
	for _, s := range b.Sections {
		after[s.Key] = true
		old, ok := before[s.Key]
		switch {
		case !ok:
			d.add(SectionAdded, s.Key, "", "", sentence.New(saidSectionAdded, s.Title))
			continue
		case old.Title != s.Title:
			d.add(SectionRenamed, s.Key, "", "", sentence.New(saidSectionRenamed, old.Title, s.Title))
		}
		if old.Help != s.Help {
			d.add(SectionExplained, s.Key, "", "", sentence.New(saidSectionExplained, s.Title))
		}
	}
	if moved(keysOf(a), keysOf(b)) {
		d.add(SectionsMoved, "", "", "", sentence.New(saidSectionMoved))
	}
	for _, s := range a.Sections {
		if !after[s.Key] {
			d.add(SectionRemoved, s.Key, "", "", sentence.New(saidSectionRemoved, s.Title))
		}
	}
}

// moved reports whether what is in both stands in another order.
func moved(a, b []string) bool {
	common := func(keys, in []string) []string {
		return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !slices.Contains(in, k) })
	}
	return !slices.Equal(common(a, b), common(b, a))
}

func (d *differ) fields(a, b Template) {
	type placed struct {
		Field
		section string
	}
	before := map[string]placed{}
	orders := map[string][]string{} // section → fields
	for _, s := range a.Sections {
		orders[s.Key] = append(orders[s.Key], fieldKeys(s)...)
		for _, f := range s.Fields {
			before[f.Key] = placed{f, s.Key}
		}
	}
	for _, s := range b.Sections {
		stay := longest(orders[s.Key], fieldKeys(s))
		for _, f := range s.Fields {
			old, ok := before[f.Key]
			if !ok {
				d.add(FieldAdded, s.Key, f.Key, "", sentence.New(saidFieldAdded, f.Label))
				continue
			}
			d.field(s.Key, old.Field, f)
			if old.section != s.Key || !stay[f.Key] {
				d.add(FieldMoved, s.Key, f.Key, Kept, sentence.New(saidFieldMoved, f.Label))
			}
		}
	}
	for _, f := range a.Fields() {
		if _, ok := b.Field(f.Key); !ok {
			d.add(FieldRemoved, before[f.Key].section, f.Key, Orphaned, sentence.New(saidFieldRemoved, f.Label))
		}
	}
}

// field reports how a field differs from what it was.
func (d *differ) field(section string, a, b Field) {
	if a.Label != b.Label {
		d.add(FieldRelabelled, section, b.Key, Kept, sentence.New(saidFieldRelabelled, a.Label, b.Label))
	}
	switch {
	case a.Kind != b.Kind || a.Of != b.Of:
		d.add(FieldKind, section, b.Key, Reviewed, sentence.New(saidFieldKind, b.Label))
	case !slices.Equal(a.Choices, b.Choices):
		d.add(FieldChoices, section, b.Key, Reviewed, sentence.New(saidFieldChoices, b.Label))
	case a.Unit != b.Unit:
		d.add(FieldUnit, section, b.Key, Reviewed, sentence.New(saidFieldUnit, b.Label))
	}
	switch {
	case !a.Required && b.Required:
		d.add(FieldRequired, section, b.Key, Kept, sentence.New(saidFieldRequired, b.Label))
	case a.Required && !b.Required:
		d.add(FieldOptional, section, b.Key, Kept, sentence.New(saidFieldOptional, b.Label))
	}
	if a.Help != b.Help || a.Example != b.Example {
		d.add(FieldExplained, section, b.Key, Kept, sentence.New(saidFieldExplained, b.Label))
	}
}
