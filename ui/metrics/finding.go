package metrics

import (
	"slices"

	"cairn/core/thread"
	"cairn/ui/edit"
	"cairn/ui/words"
)

// Finding says how well the columns hang together.
type Finding struct {
	Good  bool
	Words string
	Offer bool // the metrics that requirements name are offered beside it
}

// findings returns what there is to say about a board, the good first.
func findings(docs []edit.Doc, b Board, a Around) []Finding {
	if b.Empty {
		return nil
	}
	out := []Finding{spine(docs, a)}
	for _, lane := range b.Columns[:len(Columns)] {
		if len(lane.Cards) == 0 {
			out = append(out, Finding{Words: bare(lane.Column)})
		}
	}
	business := b.Columns[slices.Index(Columns, Business)].Cards
	if len(business) > 0 && !slices.ContainsFunc(business, Card.inModel) {
		out = append(out, Finding{Words: words.T("No business metric is a number of the value model.")})
	}
	if n := len(a.Links.Unserved); n > 0 {
		out = append(out, Finding{Words: words.N("%d requirement that can be measured has no key metric.", "%d requirements that can be measured have no key metric.", n), Offer: true})
	}
	loose := 0
	for _, l := range a.Links.Metrics {
		if slices.Contains(l.Flags, thread.FlagUnlinked) {
			loose++
		}
	}
	if loose > 0 {
		out = append(out, Finding{Words: words.N("%d metric is linked to nothing.", "%d metrics are linked to nothing.", loose)})
	}
	return out
}

// spine tells of the metric that ties the most requirements to the value model.
func spine(docs []edit.Doc, a Around) Finding {
	best, serves, is := "", 0, Quantity{}
	for _, d := range docs {
		q, ok := a.quantity(d.Fields[Variable])
		if n := len(a.Links.Metrics[d.ID].Requirements); ok && n > serves {
			best, serves, is = d.Fields[Name], n, q
		}
	}
	if serves == 0 {
		return Finding{Words: words.T("No metric ties a requirement to the value model yet. Link one to both, and what was agreed has a price.")}
	}
	said := words.T("“%s” serves %d requirements and is “%s” in the value model.", best, serves, is.Title())
	if serves == 1 {
		said = words.T("“%s” serves a requirement and is “%s” in the value model.", best, is.Title())
	}
	return Finding{Good: true, Words: said}
}

// bare says whose column is empty.
func bare(column string) string {
	switch column {
	case Scientist:
		return words.T("The data scientist's column is empty.")
	case Expert:
		return words.T("The subject matter expert's column is empty.")
	default:
		return words.T("The business stakeholder's column is empty.")
	}
}

// inModel reports whether the metric is a number of a value model.
func (c Card) inModel() bool {
	return slices.ContainsFunc(c.Links, func(l Chip) bool { return l.Kind == KindModel })
}

// Aligned reports whether nothing is left to look at.
func (b Board) Aligned() bool {
	return !b.Empty && !slices.ContainsFunc(b.Findings, func(f Finding) bool { return !f.Good })
}

// Open returns how many findings are left to look at.
func (b Board) Open() int {
	n := 0
	for _, f := range b.Findings {
		if !f.Good {
			n++
		}
	}
	return n
}
