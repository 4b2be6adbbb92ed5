package template

import (
	"fmt"
	"strings"
	"unicode"

	"cairn/core/fault"
)

// Said is a sentence that can be translated: the English text, with a place %s
// for each argument. Formats lists the texts.
type Said struct {
	Format string   `json:"format"`
	Args   []string `json:"args,omitempty"`
}

func say(format string, args ...any) Said {
	s := Said{Format: format}
	for _, arg := range args {
		s.Args = append(s.Args, fmt.Sprint(arg))
	}
	return s
}

// In returns the sentence in the language of translate, which is as fmt.Sprintf.
func (s Said) In(translate func(format string, args ...any) string) string {
	args := make([]any, len(s.Args))
	for i, arg := range s.Args {
		args[i] = arg
	}
	return translate(s.Format, args...)
}

// String returns the sentence in English.
func (s Said) String() string { return s.In(fmt.Sprintf) }

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
	Place Place `json:"place"`
	Said  Said  `json:"said"`
	Hint  Said  `json:"hint"`
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

// clip shortens text from outside for a message, and puts it on one line.
func clip(text string) string {
	const most = 40
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
