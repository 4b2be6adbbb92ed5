package noun

import "cairn/core/doc"

// Template is a team's own design document: sections with fields to fill in, as
// package template reads them. Sections are being edited; Versions are those
// that were published, and never change.
type Template struct {
	Name     string      `cairn:"2,multi,title"`
	About    string      `cairn:"3,text"`
	Phase    string      `cairn:"4,oneof=design|development|deployment|monitoring"`
	Sections []doc.Value `cairn:"5,list"`
	Versions []doc.Value `cairn:"6,set"`
}

// Templates is the kind of templates.
var Templates = Define[Template](13, "template")
