package activity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/core/sentence"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// shownDetails is how many values a row shows below its sentence.
const shownDetails = 3

func (e Entry) key() string {
	return fmt.Sprint(e.Time.UnixMilli(), " ", e.Person.ID, " ", e.Document, " ", e.Sentence.Format)
}

func (p *Presenter) row(e Entry) Row {
	return Row{
		Key: e.key(), Name: e.Person.Name, Number: theme.Hue(e.Person.ID), Runs: runs(e.Sentence), Details: details(e),
		When: e.Time.Local().Format("15:04"), Opens: e.Page != "",
	}
}

// The marks that a person's name is put between, to find it again in a sentence
// of any language. No name has them.
const (
	begin = "\x02"
	end   = "\x03"
)

// runs returns a sentence in the language that is spoken, with who did it set off.
func runs(s sentence.Sentence) []Run {
	marked := sentence.Sentence{Format: s.Format, Args: slices.Clone(s.Args)}
	if len(marked.Args) > 0 {
		who := &marked.Args[0]
		*who = sentence.Wrote(begin + who.In(words.Data) + end)
	}
	text := marked.In(words.Data)
	before, rest, found := strings.Cut(text, begin)
	name, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return []Run{{Text: text}}
	}
	var out []Run
	for _, r := range []Run{{Text: before}, {Text: name, Strong: true}, {Text: after}} {
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

// details returns values that changed, where the sentence speaks of several.
func details(e Entry) []string {
	if len(e.Details) < 2 {
		return nil
	}
	var out []string
	for _, d := range e.Details {
		if d.To.Text == "" && d.From.Text == "" {
			continue
		}
		if len(out) == shownDetails {
			return append(out, "…")
		}
		line := words.Data(d.Label)
		if d.Part != "" {
			line += " " + d.Part
		}
		line += ": "
		if d.From.Text != "" {
			line += d.From.In(words.Data) + " → "
		}
		out = append(out, line+cmp.Or(d.To.In(words.Data), "–"))
	}
	return out
}

// dayOf returns what to call the day of t.
func dayOf(now, t time.Time) string {
	now, t = now.Local(), t.Local()
	begins := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location()) }
	switch days := int(begins(now).Sub(begins(t)).Round(24*time.Hour).Hours() / 24); {
	case days <= 0:
		return words.T("Today")
	case days == 1:
		return words.T("Yesterday")
	}
	return t.Format("2006-01-02")
}
