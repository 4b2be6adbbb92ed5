package thread

import (
	"slices"

	corethread "cairn/core/thread"
	"cairn/ui/words"
)

// Summary returns all strands of a project as one, for a page about the whole of
// it. Each link leads to its page.
func Summary(strands []corethread.Strand) Row {
	var needs, metrics, values tally
	seen := map[string]bool{} // key metrics
	requirements, worth := 0, words.T("Not estimated yet")
	for _, s := range slices.Backward(strands) { // so that the first worth is the one that stays
		needs.add(s.States.Requirement)
		metrics.add(s.States.Metric)
		values.add(s.States.Value)
		if s.Requirement != nil {
			requirements++
		}
		for _, m := range s.Metrics {
			seen[m.ID.String()] = true
		}
		if s.Worth != nil {
			worth = words.Amount(s.Worth.Value, s.Worth.Unit)
		}
	}
	return Row{Pays: true, Links: [3]Link{
		needs.link(words.T("Requirement"), words.N("%d requirement", "%d requirements", requirements), KindRequirement,
			words.N("%d key metric serves none", "%d key metrics serve none", needs.missing)),
		metrics.link(words.T("Key metric"), words.N("%d key metric", "%d key metrics", len(seen)), KindMetric,
			words.N("%d requirement has none", "%d requirements have none", metrics.missing)),
		values.link(words.T("Value"), worth, KindModel,
			words.N("%d thread does not reach it", "%d threads do not reach it", values.missing)),
	}}
}

// tally counts how one link of all strands stands.
type tally struct{ broken, disputed, missing int }

func (t *tally) add(state corethread.LinkState) {
	switch state {
	case corethread.LinkBroken:
		t.broken++
	case corethread.LinkDisputed:
		t.disputed++
	case corethread.LinkMissing:
		t.missing++
	case corethread.LinkAgreed:
	}
}

// link returns the link that stands for all, with what is worst about them.
func (t *tally) link(step, title, kind, missing string) Link {
	l := Link{Step: step, Title: title, Targets: []Target{{Kind: kind}}}
	switch {
	case t.broken > 0:
		l.State, l.Detail = corethread.LinkBroken, words.N("%d is broken", "%d are broken", t.broken)
	case t.disputed > 0:
		l.State, l.Detail = corethread.LinkDisputed, words.N("%d is disputed", "%d are disputed", t.disputed)
	case t.missing > 0:
		l.State, l.Detail = corethread.LinkMissing, missing
	default:
		l.State, l.Detail = corethread.LinkAgreed, words.T("All agreed")
	}
	return l
}
