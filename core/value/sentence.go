package value

import (
	"fmt"
	"strings"
)

// Sentence is something that the package says, kept apart from what stands in
// it, so that it can be said in another language. Its text is English.
type Sentence struct {
	// Format is what fmt.Sprintf takes, or the text itself when Args is empty.
	// An empty Format is several sentences, one after the other.
	Format string
	Args   []any // names and numbers as they stand, and other Sentences
}

// say is how everything is said that a translation must know: a test collects
// its formats.
func say(format string, args ...any) Sentence { return Sentence{format, args} }

// String returns the text in English.
func (s Sentence) String() string { return s.In(func(text string) string { return text }) }

// In returns the text in the language that translate turns a Format into.
func (s Sentence) In(translate func(string) string) string {
	args := make([]any, len(s.Args))
	for i, arg := range s.Args {
		if inner, ok := arg.(Sentence); ok {
			arg = inner.In(translate)
		}
		args[i] = arg
	}
	switch {
	case s.Format == "":
		return strings.TrimSuffix(fmt.Sprintln(args...), "\n")
	case len(args) == 0:
		return translate(s.Format)
	}
	return fmt.Sprintf(translate(s.Format), args...)
}

// then returns s with another sentence after it.
func (s Sentence) then(next Sentence) Sentence { return Sentence{Args: []any{s, next}} }
