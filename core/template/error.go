package template

import (
	"fmt"
	"unicode"

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

// String returns the place for the start of a sentence.
func (p Place) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("Line %d", p.Line)
	case p.Field > 0:
		return fmt.Sprintf("Section %d, field %d", p.Section, p.Field)
	case p.Section > 0:
		return fmt.Sprintf("Section %d", p.Section)
	default:
		return "The template"
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
func (e *Error) Error() string { return e.Place.String() + ": " + lower(e.Said.String()) }

// Unwrap returns the fault that says the same.
func (e *Error) Unwrap() error { return fault.New(fault.Invalid, e.Error(), e.Hint.String()) }

// lower makes the first letter of a sentence small, unless it starts a name.
func lower(text string) string {
	runes := []rune(text)
	if len(runes) > 1 && (unicode.IsLower(runes[1]) || unicode.IsSpace(runes[1])) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 41
	return sentence.Clip(text, most)
}
