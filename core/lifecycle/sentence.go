package lifecycle

import (
	"fmt"

	"cairn/core/id"
)

// Sentence is something to say, in English: a format of package fmt with only
// %s in it, and what to put there.
type Sentence struct {
	Format string `json:"format"`
	Args   []Arg  `json:"args,omitempty"`
}

// Arg is put into a sentence. Own marks a word of Cairn's own, which a
// translation has; anything else is what people wrote, or a number.
type Arg struct {
	Text string `json:"text"`
	Own  bool   `json:"own,omitempty"`
}

// String returns the sentence in English.
func (s Sentence) String() string { return s.In(func(text string) string { return text }) }

// In returns the sentence in the language that translate translates formats and
// own words to.
func (s Sentence) In(translate func(string) string) string {
	if len(s.Args) == 0 {
		return translate(s.Format)
	}
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = a.Text
		if a.Own {
			args[i] = translate(a.Text)
		}
	}
	return fmt.Sprintf(translate(s.Format), args...)
}

// IsZero reports whether nothing is said.
func (s Sentence) IsZero() bool { return s.Format == "" }

// own returns a word of Cairn's own, said what people wrote.
func own(text string) Arg  { return Arg{Text: text, Own: true} }
func said(text string) Arg { return Arg{Text: clip(text)} }

// number returns a count.
func number(n int) Arg { return Arg{Text: fmt.Sprint(n)} }

// clip shortens what people wrote to what a sentence bears.
func clip(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// Item is something that a page lacks.
type Item struct {
	Code Code
	Must bool // keeps the page from being signed off; else it is advice
	Page Page
	// Doc is the document it concerns, and Field the name of the field; zero
	// when there is none yet.
	Doc   id.Doc
	Field string
	Args  []Arg
	Who   Who
	// Mentioned is who is asked by a comment, zero for any other item.
	Mentioned id.Person
}

// Who says who can give something: anybody when both are empty. Persons are
// members who may write, and hold one of the roles or are named in the document.
type Who struct {
	Roles   []string
	Persons []id.Person
}
