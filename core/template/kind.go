package template

import (
	"slices"

	"cairn/core/noun"
)

// Kind is what sort of answer a field takes. Files and documents hold its text.
type Kind string

// The kinds.
const (
	Prose   Kind = "prose" // merges letter by letter
	Line    Kind = "line"
	Number  Kind = "number"
	Money   Kind = "money"
	Percent Kind = "percent"
	Date    Kind = "date"
	Choice  Kind = "choice"  // one of the choices
	Choices Kind = "choices" // any of them
	YesNo   Kind = "yes/no"
	Person  Kind = "person"
	Link    Kind = "link" // a document of the project
)

// Kinds lists the kinds, those that are used most first.
var Kinds = []Kind{Prose, Line, Choice, Choices, YesNo, Number, Percent, Money, Date, Person, Link}

// Known reports whether this version of Cairn knows the kind.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Chosen reports whether answers are chosen from a list.
func (k Kind) Chosen() bool { return k == Choice || k == Choices }

// Linkable returns the kinds of documents that a field can ask for: those of a
// project that have a title.
func Linkable() []string {
	var names []string
	for _, k := range noun.Builtin() {
		if k.InProject() && slices.ContainsFunc(k.Fields, func(f noun.Field) bool { return f.Title }) {
			names = append(names, k.Name)
		}
	}
	return names
}
