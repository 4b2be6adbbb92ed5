// Package noun names every kind of document and its fields.
//
// A kind is one file: a Go struct whose tags number the fields and say how they
// merge, and one line that defines it. Storage, merge, history, sync, the
// command line and export follow from that; none of them knows a kind by name.
//
//	type Metric struct {
//		InProject
//		Name  string   `cairn:"2,multi,title"`
//		Notes string   `cairn:"3,text"`
//		Tags  []string `cairn:"4,set"`
//	}
//
//	var Metrics = Define[Metric](12, "metric")
//
// Field numbers are for ever: a number is never given to another meaning, and a
// field never changes how it merges. To change either, add a field.
package noun

import (
	"cairn/core/doc"
	"cairn/core/id"
)

// Kind describes one kind of document.
type Kind struct {
	Number uint16
	Name   string  // as the command line and files write it: "requirement"
	Phase  Phase   // of the lifecycle, empty for all of them
	Fields []Field // in the order of the struct

	keyed bool
	key   []string // names of the fields that tell its documents apart
}

// Field describes one field of a kind.
type Field struct {
	Number uint16
	Name   string // as the command line and files write it: "threshold"
	Family doc.Family
	Type   Type
	OneOf  []string // the values allowed, when only some are
	Title  bool     // names the document in lists

	index []int // of the struct's field
}

// Key returns what core/doc calls the field by.
func (f Field) Key() doc.Field { return doc.Field{Number: f.Number, Family: f.Family} }

// Type says what the values of a field are: the elements of a set or list.
type Type uint8

// The types of values.
const (
	TypeString Type = iota
	TypeBool
	TypeInt
	TypeNumber
	TypeTime
	TypeRef
	TypeRecord
)

// String returns the word for t in messages to people.
func (t Type) String() string {
	return [...]string{"text", "true or false", "a whole number", "a number", "a date or time", "a document", "a record"}[t]
}

// projectField is the number of InProject's field, which no kind gives to
// another, so that the project of a document is known without its kind.
const projectField = 1

// InProject is embedded by the kinds that belong to a project.
type InProject struct {
	Project id.Doc `cairn:"1"`
}

// Field returns the field called name.
func (k *Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// ByNumber returns the field numbered number.
func (k *Kind) ByNumber(number uint16) (Field, bool) {
	for _, f := range k.Fields {
		if f.Number == number {
			return f, true
		}
	}
	return Field{}, false
}

// InProject reports whether documents of the kind belong to a project.
func (k *Kind) InProject() bool {
	_, ok := k.ByNumber(projectField)
	return ok
}

// ProjectOf returns the project that d belongs to, zero if to none.
func ProjectOf(d *doc.Doc) id.Doc {
	v, _ := d.Register(projectField)
	p, _ := v.Value.AsRef()
	return p
}

// Title returns what to call d in lists, empty when nobody has named it.
func (k *Kind) Title(d *doc.Doc) string {
	for _, f := range k.Fields {
		if f.Title {
			s, _ := d.Plain(f.Key()).AsString()
			return s
		}
	}
	return ""
}
