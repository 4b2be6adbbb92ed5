package report

import (
	"cmp"
	"slices"
	"strings"

	"cairn/app/report/paper"
	"cairn/core/thread"
	"cairn/core/value"
)

// requirements is what the model must hold to, and how that is measured.
func (w *writer) requirements() {
	w.heading(w.T("Requirements"))
	all := slices.Clone(w.project.Requirements)
	if len(all) == 0 {
		w.nothing(w.T("There are no requirements yet."))
		return
	}
	rank := func(r Requirement) int {
		if i := slices.Index(areas, r.Area); i >= 0 {
			return i
		}
		return len(areas)
	}
	slices.SortStableFunc(all, func(a, b Requirement) int { return cmp.Compare(rank(a), rank(b)) })
	measured := 0
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Area"), Share: 2}, {Head: w.T("Requirement"), Share: 5}, {Head: w.T("Held to"), Share: 4}, {Head: w.T("Owner"), Share: 2.4}}}
	for _, r := range all {
		if len(r.Missing) == 0 {
			measured++
		}
		area, owner := w.area(r.Area), strings.TrimSpace(r.Owner)
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Of(cmp.Or(area, w.T("Other"))),
			{Text: cmp.Or(strings.TrimSpace(r.Title), w.T("Untitled")), Under: r.Notes},
			w.gate(r), paper.Of(cmp.Or(owner, w.T("nobody yet"))),
		})
	}
	w.add(paper.Text{Text: w.T("%d of %d can be measured; each of those is a gate, which every run, release and live model is held to.", measured, len(all))}, t)
}

// gate says in words what a requirement is held to.
func (w *writer) gate(r Requirement) paper.Cell {
	if len(r.Missing) > 0 {
		return paper.Cell{Text: w.T("Can't be measured yet"), Under: w.T("What is missing: %s", list(w.partNames(r.Missing))), Tone: paper.Warning}
	}
	var demands, codes []string
	for _, b := range r.Gate.Bounds {
		demands = append(demands, w.demand(r.Gate, b))
		codes = append(codes, r.Gate.Demand(b))
	}
	c := paper.Cell{Text: strings.Join(demands, "\n")}
	if w.audience.technical() {
		c.Under = strings.Join(codes, "\n")
	}
	switch {
	case r.Gate.Unread:
		c.Tone, c.Under = paper.Warning, w.T("Takes a later version of Cairn; closed until then.")
	case len(r.Gate.Disputed) > 0:
		c.Tone, c.Under = paper.Warning, w.T("In dispute: %s. The strictest counts.", list(w.partNames(r.Gate.Disputed)))
	}
	return c
}

func (v *voice) partNames(parts []thread.Part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = v.part(p)
	}
	return out
}

// demand says what a bound of a gate asks for: "recall: at least 80 %".
func (v *voice) demand(g thread.Gate, b thread.Bound) string {
	// A threshold in per cent is agreed in hundredths; the gate knows whether it is one.
	amount := strings.TrimPrefix(g.Demand(b), b.Metric+" "+string(b.Comparison)+" ")
	if share, percent := strings.CutSuffix(amount, " %"); !percent {
		amount = v.amount(b.Threshold, g.Unit)
	} else if x, ok := value.ParseNumber(share); ok {
		amount = value.FormatNumber(x) + " %"
	}
	switch b.Comparison {
	case thread.AtLeast:
		return v.T("%s: at least %s", b.Metric, amount)
	case thread.Above:
		return v.T("%s: above %s", b.Metric, amount)
	case thread.AtMost:
		return v.T("%s: at most %s", b.Metric, amount)
	case thread.Below:
		return v.T("%s: below %s", b.Metric, amount)
	default:
		return v.T("%s: exactly %s", b.Metric, amount)
	}
}
