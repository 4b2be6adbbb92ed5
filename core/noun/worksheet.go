package noun

import "cairn/core/id"

// Worksheet is a template that a project fills in. It stays with the version it
// was begun with until somebody moves it to a later one.
type Worksheet struct {
	InProject
	Name     string `cairn:"2,multi,title"`
	Template id.Doc `cairn:"3"`
	Version  int64  `cairn:"4,multi"`
}

// Worksheets is the kind of worksheets.
var Worksheets = Define[Worksheet](14, "worksheet").In(Design)

// Answer is what a worksheet says in one field. Prose is in Text, and everything
// that is chosen or measured in Value.
type Answer struct {
	InProject
	Worksheet id.Doc `cairn:"2"`
	Field     string `cairn:"3"` // its key in the template
	Text      string `cairn:"4,text"`
	Value     string `cairn:"5,multi"`
}

// Answers is the kind of answers. There is one for each field, also when two
// people fill it in apart.
var Answers = Define[Answer](15, "answer").In(Design).Keyed("worksheet", "field")
