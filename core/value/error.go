package value

import (
	"fmt"
	"unicode"

	"cairn/core/fault"
)

// Error is what is wrong with a model, in words and at its place. It is a
// fault of kind Invalid.
type Error struct {
	Where   string // "the formula", "the variable price"
	Text    string // the formula or number that is wrong
	Offset  int    // of the wrong part in Text, in runes
	Length  int    // of the wrong part, in runes; 0 when Text is empty
	Message string
	Hint    string
}

// Error returns the place and the message.
func (p *Error) Error() string { return p.Where + ": " + p.Message }

// Unwrap returns the fault that says the same. A message that no marked text
// stands beside names its place itself.
func (p *Error) Unwrap() error {
	message := p.Message
	if p.Text == "" {
		message = capital(p.Where, unicode.ToUpper) + ": " + capital(p.Message, unicode.ToLower)
	}
	return fault.New(fault.Invalid, message, p.Hint)
}

// capital changes the first letter of a sentence, unless it starts a name.
func capital(text string, change func(rune) rune) string {
	runes := []rune(text)
	if len(runes) > 1 && (unicode.IsLower(runes[1]) || unicode.IsSpace(runes[1])) {
		runes[0] = change(runes[0])
	}
	return string(runes)
}

// span is a part of a formula, in runes.
type span struct{ start, end int }

// to returns the span from s to the end of o.
func (s span) to(o span) span { return span{s.start, o.end} }

// source is a formula and where it stands, for messages.
type source struct {
	where string
	text  string
}

// at returns the problem with a part of the formula.
func (s source) at(where span, message, hint string) *Error {
	return &Error{Where: s.where, Text: s.text, Offset: where.start, Length: max(1, where.end-where.start), Message: message, Hint: hint}
}

// wrong returns a problem with something that is not a formula.
func wrong(where, hint, format string, args ...any) *Error {
	return &Error{Where: where, Message: fmt.Sprintf(format, args...), Hint: hint}
}
