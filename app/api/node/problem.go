package node

import (
	"slices"
	"unicode/utf8"

	"cairn/core/fault"
	"cairn/core/sentence"
)

// Problem is how an error crosses HTTP and stands in --json output.
type Problem struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	// Words are the same, to be translated: the message, and the hint unless it
	// says nothing.
	Words []sentence.Sentence `json:"words,omitempty"`
}

// maxSaid is how many characters of a message cross: one that repeats what was
// asked may be as long as that.
const maxSaid = 1000

// ProblemOf returns err as people may see it.
func ProblemOf(err error) Problem {
	message, hint := fault.Told(err)
	out := Problem{Kind: fault.KindOf(err).String(), Message: clip(message.String()), Hint: clip(hint.String())}
	for _, said := range []sentence.Sentence{message, hint} {
		if !said.IsZero() {
			out.Words = append(out.Words, sentence.Sentence{Format: clip(said.Format), Args: clipArgs(said.Args)})
		}
	}
	return out
}

func clipArgs(args []sentence.Arg) []sentence.Arg {
	out := slices.Clone(args)
	for i := range out {
		out[i].Text, out[i].Args = clip(out[i].Text), clipArgs(out[i].Args)
	}
	return out
}

// fault returns the error that p was made of, without its cause.
func (p Problem) fault() error {
	out := &fault.Error{Kind: fault.ParseKind(p.Kind), Message: sentence.Sentence{Format: p.Message}, Hint: sentence.Sentence{Format: p.Hint}}
	if len(p.Words) > 0 && clip(p.Words[0].String()) == p.Message {
		out.Message = p.Words[0]
	}
	if len(p.Words) > 1 && clip(p.Words[1].String()) == p.Hint {
		out.Hint = p.Words[1]
	}
	return out
}

func clip(text string) string {
	if utf8.RuneCountInString(text) <= maxSaid {
		return text
	}
	return string([]rune(text)[:maxSaid-1]) + "…"
}
