// Package sentence holds what Cairn says to people apart from the language it
// says it in: a format in English and what stands in its places. Floors below
// the window make sentences, and whoever shows one translates it.
package sentence

import (
	"fmt"
	"strings"
	"unicode"
)

// Sentence is something to say: a format of package fmt in English, with a %s
// for each argument. The zero Sentence says nothing.
type Sentence struct {
	Format string `json:"format"`
	Args   []Arg  `json:"args,omitempty"`
}

// Arg stands in a place of a Sentence. Own marks words of Cairn's own, which a
// translation has; anything else is what people wrote, or a number.
type Arg struct {
	Text string `json:"text"`
	Own  bool   `json:"own,omitempty"`
	// Args stand in the places of own words that are a sentence themselves.
	Args []Arg `json:"args,omitempty"`
}

// New returns the sentence that has args in the places of format, which is a
// constant: translations are looked up by it. An Arg stands there as it is, a
// Sentence as one within the other, and anything else as its verb of package fmt
// says it: the Format of the sentence has %s in every place.
func New(format string, args ...any) Sentence {
	if len(args) == 0 {
		return Sentence{Format: format}
	}
	said := Sentence{Args: make([]Arg, 0, len(args))}
	var b strings.Builder
	for {
		verb, at := nextVerb(format)
		if at < 0 || len(args) == 0 {
			break
		}
		b.WriteString(format[:at])
		b.WriteString("%s")
		said.Args = append(said.Args, argOf(verb, args[0]))
		format, args = format[at+len(verb):], args[1:]
	}
	b.WriteString(format)
	said.Format = b.String()
	for _, more := range args { // a mistake, which In shows as package fmt does
		said.Args = append(said.Args, argOf("%v", more))
	}
	return said
}

func argOf(verb string, arg any) Arg {
	switch arg := arg.(type) {
	case Arg:
		return arg
	case Sentence:
		return Arg{Text: arg.Format, Own: true, Args: arg.Args}
	default:
		if verb == "%s" {
			verb = "%v"
		}
		return Arg{Text: fmt.Sprintf(verb, arg)}
	}
}

// nextVerb returns the first verb of format and where it starts, -1 when there
// is none.
func nextVerb(format string) (string, int) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		end := i + 1
		for end < len(format) && strings.IndexByte("+-#0123456789.", format[end]) >= 0 {
			end++
		}
		switch {
		case end == len(format):
			return "", -1
		case format[end] >= 'a' && format[end] <= 'z', format[end] >= 'A' && format[end] <= 'Z':
			return format[i : end+1], i
		case format[end] == '%':
			i = end
		}
	}
	return "", -1
}

// Places returns how many arguments format takes.
func Places(format string) int {
	n := 0
	for {
		verb, at := nextVerb(format)
		if at < 0 {
			return n
		}
		n++
		format = format[at+len(verb):]
	}
}

// Own returns a word or sentence of Cairn's own.
func Own(text string) Arg { return Arg{Text: text, Own: true} }

// Wrote returns what people wrote, as they wrote it.
func Wrote(text string) Arg { return Arg{Text: text} }

// Number returns a count.
func Number(n int) Arg { return Arg{Text: fmt.Sprint(n)} }

// Then returns s with another sentence after it.
func (s Sentence) Then(next Sentence) Sentence {
	switch {
	case s.IsZero():
		return next
	case next.IsZero():
		return s
	}
	return New("%s %s", s, next)
}

// String returns s in English.
func (s Sentence) String() string { return s.In(func(text string) string { return text }) }

// In returns s in the language that translate translates formats and own words
// to. A translation may take the arguments in another order: "%[2]s".
func (s Sentence) In(translate func(string) string) string { return in(s.Format, s.Args, translate) }

// In returns a in the language of translate.
func (a Arg) In(translate func(string) string) string {
	if a.Own {
		return in(a.Text, a.Args, translate)
	}
	return a.Text
}

func in(format string, args []Arg, translate func(string) string) string {
	translated := format
	if strings.ContainsFunc(strings.ReplaceAll(format, "%s", ""), unicode.IsLetter) {
		translated = translate(format)
	}
	if len(args) == 0 {
		return translated
	}
	said := make([]any, len(args))
	places := strings.Split(format, "%s")
	for i, a := range args {
		text := a.In(translate)
		if a.isSentence() && strings.HasSuffix(places[min(i, len(places)-1)], ": ") && translate(a.Text) == a.Text {
			text = small(text)
		}
		said[i] = text
	}
	return fmt.Sprintf(translated, said...)
}

// isSentence reports whether a is a whole sentence that begins with a word of
// its own.
func (a Arg) isSentence() bool {
	return a.Own && strings.HasSuffix(a.Text, ".") && !strings.HasPrefix(a.Text, "%")
}

// small returns an English sentence as it stands after a colon, unless it starts
// with a name.
func small(text string) string {
	r := []rune(text)
	if len(r) > 1 && (unicode.IsLower(r[1]) || unicode.IsSpace(r[1])) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// IsZero reports whether nothing is said.
func (s Sentence) IsZero() bool { return s.Format == "" }

// Clip returns text on one line, and of a long one the beginning: runes
// characters with the sign that says so.
func Clip(text string, runes int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > runes {
		return strings.TrimRight(string(r[:runes-1]), " ") + "…"
	}
	return text
}
