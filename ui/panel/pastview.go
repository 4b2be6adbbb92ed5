package panel

import (
	"fmt"
	"slices"
	"unicode"

	"cairn/core/feed"
	"cairn/core/text"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// PastState is all that the past shows.
type PastState struct {
	Place    string
	Title    string
	Nothing  bool // the place is no document
	Loaded   bool
	Problem  string
	ReadOnly bool
	Entries  []PastView
	More     bool
	Loading  bool
	Fields   []FieldName // to choose from, in the language of the window
	Field    string
	Failed   string // the change that could not be restored
	Why      string
}

// PastView is an entry as it is shown.
type PastView struct {
	Key, Name string
	Number    int // for the colour of the avatar
	When      string
	Exact     string // the time to the minute
	Sentence  string // when no field was changed
	Changes   []ChangeView
}

// ChangeView is what happened to a field, as it is shown.
type ChangeView struct {
	Key, Label string
	From, To   string // short values
	Body       []Run  // of prose: what was added and removed
	Parts      []string
	Note       string // when there is nothing else to say
	Current    bool   // it is what the field holds
	Restorable bool
}

// state returns what is to be shown. The caller holds mu.
func (p *PastPresenter) state() PastState {
	s := PastState{
		Place: key(p.at), Title: p.at.Title, Nothing: p.at.Document == "", Loaded: p.loaded, Problem: problem(p.broken),
		ReadOnly: p.loaded && !p.mayWrite && p.at.Document != "", More: p.next != "", Loading: p.loading, Field: p.field, Failed: p.failed, Why: problem(p.why),
	}
	for _, f := range p.fields {
		s.Fields = append(s.Fields, FieldName{f.Field, words.Data(f.Label)})
	}
	seen := map[string]bool{}
	for i, e := range p.entries {
		v := PastView{
			Key: fmt.Sprint(i, e.Time.UnixMilli(), e.Person.ID), Name: e.Person.Name, Number: theme.Hue(e.Person.ID),
			When: words.Ago(p.now(), e.Time), Exact: e.Time.Local().Format("2006-01-02 15:04"),
		}
		for _, f := range e.Fields {
			c := changeView(f)
			c.Key, c.Current = changeKey(i, e, f), !seen[f.Field]
			now, known := p.current(f.Field)
			c.Restorable = p.mayWrite && !f.Long && !c.Current && known && f.After != now
			seen[f.Field] = true
			v.Changes = append(v.Changes, c)
		}
		if len(v.Changes) == 0 {
			v.Sentence = e.Sentence.In(words.Data)
		}
		s.Entries = append(s.Entries, v)
	}
	return s
}

// changeKey names what happened to a field in an entry.
func changeKey(i int, e Past, f PastField) string {
	return fmt.Sprint(i, " ", e.Time.UnixMilli(), " ", f.Field)
}

func changeView(f PastField) ChangeView {
	c := ChangeView{Label: words.Data(f.Label)}
	switch {
	case f.Long:
		c.Note = words.T("Too long to compare here")
	case f.Prose:
		c.Body = Compare(f.Before, f.After)
	case len(f.Parts) > 0:
		for _, part := range f.Parts {
			c.Parts = append(c.Parts, partLine(part))
		}
	case f.After == "":
		c.From, c.Note = f.From.In(words.Data), words.T("Emptied")
	case f.To.Text == "":
		c.Note = words.T("Changed")
	default:
		c.From, c.To = f.From.In(words.Data), f.To.In(words.Data)
	}
	return c
}

func partLine(p PastPart) string {
	name := p.Name
	if name == "" {
		name = "…"
	}
	switch {
	case p.Deed == feed.DeedAdded:
		return "+ " + name
	case p.Deed == feed.DeedRemoved:
		return "− " + name
	case p.From.Text != "" && p.To.Text != "":
		return name + ": " + p.From.In(words.Data) + " → " + p.To.In(words.Data)
	}
	return words.T("%s changed", name)
}

// aroundRunes is how much of what stayed is shown beside a change.
const aroundRunes = 32

// Compare tells two states of prose apart: what was removed has − before it,
// what was added +. Of what stayed between, the middle is left out.
func Compare(before, after string) []Run {
	old, edits := []rune(before), text.Diff(before, after)
	var out []Run
	at, pos := 0, 0 // in old, and in the text as the edits leave it
	for i, e := range edits {
		kept := old[at : at+e.Pos-pos]
		out = appendKept(out, kept, i == 0, false)
		at += len(kept)
		if e.Deleted > 0 {
			out = append(out, Run{"−" + string(old[at:at+e.Deleted]), Removed})
			at += e.Deleted
		}
		if e.Inserted != "" {
			out = append(out, Run{"+" + e.Inserted, Added})
		}
		pos = e.Pos + len([]rune(e.Inserted))
	}
	return appendKept(out, old[at:], len(edits) == 0, true)
}

// appendKept appends runes that stayed, clipped where they are far from a change.
func appendKept(out []Run, kept []rune, first, last bool) []Run {
	if len(kept) == 0 {
		return out
	}
	const most = 2*aroundRunes + 1
	switch {
	case first && last || len(kept) <= most && !first && !last:
	case first && len(kept) > aroundRunes:
		kept = slices.Concat([]rune("… "), ending(kept))
	case last && len(kept) > aroundRunes:
		kept = slices.Concat(beginning(kept), []rune(" …"))
	case len(kept) > most:
		kept = slices.Concat(beginning(kept), []rune(" … "), ending(kept))
	}
	return append(out, Run{string(kept), Plain})
}

// beginning returns the first words of runes that are many.
func beginning(runes []rune) []rune {
	runes = runes[:aroundRunes]
	for i, r := range slices.Backward(runes) {
		if unicode.IsSpace(r) && i > 0 {
			return runes[:i]
		}
	}
	return runes
}

// ending returns the last words of runes that are many.
func ending(runes []rune) []rune {
	runes = runes[len(runes)-aroundRunes:]
	for i, r := range runes {
		if unicode.IsSpace(r) && i < len(runes)-1 {
			return runes[i+1:]
		}
	}
	return runes
}
