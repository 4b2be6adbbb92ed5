package value

import (
	"cairn/core/fault"
	"cairn/core/sentence"
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

	said placed
}

// placed is what an Error says, where.
type placed struct{ where, message, hint sentence.Sentence }

// newError returns the problem with a part of a text, in runes.
func newError(text string, offset, length int, p placed) *Error {
	return &Error{p.where.String(), text, offset, length, p.message.String(), p.hint.String(), p}
}

// In returns where the problem is, what it is and what to do about it, in the
// language that translate turns formats of Sentences into.
func (p *Error) In(translate func(string) string) (where, message, hint string) {
	return p.said.where.In(translate), p.said.message.In(translate), p.said.hint.In(translate)
}

// but returns the problem with something else said.
func (p *Error) but(change func(*placed)) *Error {
	said := p.said
	change(&said)
	return newError(p.Text, p.Offset, p.Length, said)
}

// Error returns the place and the message.
func (p *Error) Error() string { return p.Where + ": " + p.Message }

// Unwrap returns the fault that says the same. A message that no marked text
// stands beside names its place itself.
func (p *Error) Unwrap() error {
	message := p.said.message
	if p.Text == "" {
		message = sentence.New("In %s: %s", p.said.where, message)
	}
	return &fault.Error{Kind: fault.Invalid, Message: message, Hint: p.said.hint}
}

// span is a part of a formula, in runes.
type span struct{ start, end int }

// to returns the span from s to the end of o.
func (s span) to(o span) span { return span{s.start, o.end} }

// source is a formula and where it stands, for messages.
type source struct {
	where sentence.Sentence
	text  string
}

// at returns the problem with a part of the formula.
func (s source) at(where span, message, hint sentence.Sentence) *Error {
	return newError(s.text, where.start, max(1, where.end-where.start), placed{s.where, message, hint})
}

// wrong returns a problem with something that is not a formula.
func wrong(where, hint sentence.Sentence, format string, args ...any) *Error {
	return newError("", 0, 0, placed{where, sentence.New(format, args...), hint})
}
