// Package sentence holds what Cairn says to people apart from the language it
// says it in: a format in English and what stands in its places. Floors below
// the window make sentences, and whoever shows one translates it.
package sentence

import (
	"fmt"
	"strconv"
	"strings"
)

// Sentence is something to say: a format of package fmt in English, with a %s
// for each argument. The zero Sentence says nothing.
type Sentence struct {
	Format string `json:"format"`
	Args   []Arg  `json:"args,omitempty"`
}

// Arg stands in a place of a Sentence. Own marks a word of Cairn's own, which a
// translation has; anything else is what people wrote, or a number.
type Arg struct {
	Text string `json:"text"`
	Own  bool   `json:"own,omitempty"`
}

// New returns the sentence that has args in the places of format, which is a
// constant: translations are looked up by it.
func New(format string, args ...Arg) Sentence { return Sentence{format, args} }

// Own returns a word or sentence of Cairn's own.
func Own(text string) Arg { return Arg{Text: text, Own: true} }

// Wrote returns what people wrote, as they wrote it.
func Wrote(text string) Arg { return Arg{Text: text} }

// Number returns a count.
func Number(n int) Arg { return Arg{Text: strconv.Itoa(n)} }

// String returns s in English.
func (s Sentence) String() string { return s.In(same) }

// In returns s in the language that translate translates formats and own words
// to. A translation may take the arguments in another order: "%[2]s".
func (s Sentence) In(translate func(string) string) string {
	if len(s.Args) == 0 {
		return translate(s.Format)
	}
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = a.In(translate)
	}
	return fmt.Sprintf(translate(s.Format), args...)
}

// IsZero reports whether nothing is said.
func (s Sentence) IsZero() bool { return s.Format == "" }

// In returns a in the language of translate.
func (a Arg) In(translate func(string) string) string {
	if a.Own {
		return translate(a.Text)
	}
	return a.Text
}

func same(text string) string { return text }

// Clip returns text on one line, and of a long one the beginning: runes
// characters with the sign that says so.
func Clip(text string, runes int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > runes {
		return strings.TrimRight(string(r[:runes-1]), " ") + "…"
	}
	return text
}
