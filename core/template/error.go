package template

import (
	"cairn/core/fault"
	"cairn/core/sentence"
)

// Place is where in a template something is. Numbers count from 1; 0 is none.
type Place struct {
	Line    int    `json:"line,omitempty"` // of a file
	Section int    `json:"section,omitempty"`
	Field   int    `json:"field,omitempty"` // of the section
	Part    string `json:"part,omitempty"`  // name of what is wrong there: "label"
}

// Sentence returns the place for the start of a sentence.
func (p Place) Sentence() sentence.Sentence {
	switch {
	case p.Line > 0:
		return sentence.New("Line %d", p.Line)
	case p.Field > 0:
		return sentence.New("Section %d, field %d", p.Section, p.Field)
	case p.Section > 0:
		return sentence.New("Section %d", p.Section)
	default:
		return sentence.New("The template")
	}
}

// Error is what is wrong with a template, at its place. It is a fault of kind
// Invalid.
type Error struct {
	Place Place             `json:"place"`
	Said  sentence.Sentence `json:"said"`
	Hint  sentence.Sentence `json:"hint"`
	// Broken says that not even a draft can be stored like that.
	Broken bool `json:"broken,omitempty"`
}

// Error returns the place and what is wrong.
func (e *Error) Error() string { return e.message().String() }

// Unwrap returns the fault that says the same.
func (e *Error) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Message: e.message(), Hint: e.Hint}
}

func (e *Error) message() sentence.Sentence {
	return sentence.New("%s: %s", e.Place.Sentence(), e.Said)
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 41
	return sentence.Clip(text, most)
}
