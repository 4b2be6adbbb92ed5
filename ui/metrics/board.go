package metrics

import (
	"cmp"
	"slices"
	"strings"

	"cairn/core/thread"
	"cairn/ui/edit"
	"cairn/ui/words"
)

// Board is the page as it is drawn.
type Board struct {
	Columns  []Lane
	Findings []Finding
	Named    []Suggestion // metrics that requirements name and that are not there
	Usual    []Suggestion // typical ones for the value model
	Empty    bool         // there is no metric at all
}

// Lane is one column of the board.
type Lane struct {
	Column          string // as the field has it; empty for metrics not placed yet
	Title, Question string
	Cards           []Card
}

// Card is one metric on the board.
type Card struct {
	ID, Name, Unit, Definition string
	Direction                  string // Higher, Lower or neither
	Links                      []Chip
	Flags                      []string
	Disputed, Gone, ReadOnly   bool
	Selected                   bool
}

// Chip is what a metric is linked to, and where that is shown.
type Chip struct{ Kind, ID, Words string }

// Look returns the board of the metrics as they are typed, linked as they are
// stored.
func Look(st edit.State, a Around) Board {
	b := Board{Empty: len(st.Docs) == 0}
	for _, c := range Columns {
		b.Columns = append(b.Columns, Lane{Column: c, Title: ColumnName(c), Question: question(c)})
	}
	elsewhere := Lane{Title: ColumnName(""), Question: question("")}
	for _, d := range st.Docs {
		card := cardOf(d, a)
		card.Selected = a.Open && d.ID == st.Selected
		if i := slices.Index(Columns, d.Fields[Column]); i >= 0 {
			b.Columns[i].Cards = append(b.Columns[i].Cards, card)
			continue
		}
		elsewhere.Cards = append(elsewhere.Cards, card)
	}
	if elsewhere.Cards != nil {
		b.Columns = append(b.Columns, elsewhere)
	}
	b.Named, b.Usual = Suggest(st.Docs, a)
	b.Findings = findings(st.Docs, b, a)
	return b
}

// question is what somebody who looks at the board wants to know.
func question(column string) string {
	switch column {
	case Scientist:
		return words.T("How often is the model right?")
	case Expert:
		return words.T("What changes in the field?")
	case Business:
		return words.T("What does it bring or save?")
	default:
		return words.T("Whose question do they answer?")
	}
}

func cardOf(d edit.Doc, a Around) Card {
	c := Card{
		ID: d.ID, Name: cmp.Or(strings.TrimSpace(d.Fields[Name]), words.T("Untitled")), Unit: words.Unit(d.Fields[Unit]),
		Definition: d.Fields[Definition], Direction: d.Fields[Direction], Disputed: len(d.Conflicts) > 0, Gone: d.Gone, ReadOnly: d.ReadOnly,
	}
	link := a.Links.Metrics[d.ID]
	for _, id := range link.Requirements {
		if r, ok := a.requirement(id); ok {
			c.Links = append(c.Links, Chip{KindRequirement, id, r.Title})
		}
	}
	if q, ok := a.quantity(d.Fields[Variable]); ok {
		c.Links = append(c.Links, Chip{KindModel, q.Model, q.Title()})
	}
	for _, kind := range link.Flags {
		if kind == thread.FlagUnlinked && len(link.Flags) > 1 {
			continue // the others say why
		}
		c.Flags = append(c.Flags, flagWords(kind, d))
	}
	return c
}

// flagWords says what somebody should look at.
func flagWords(kind thread.FlagKind, d edit.Doc) string {
	switch kind {
	case thread.FlagRequirement:
		return words.T("It refers to a requirement that is gone.")
	case thread.FlagVariable:
		return words.T("The value model has nothing called “%s”.", strings.TrimSpace(d.Fields[Variable]))
	default:
		return words.T("Nothing is linked to it.")
	}
}
