package text

import "cairn/core/id"

// seat returns the gap where a rune of log with these origins belongs. Nearly
// always nobody else has typed there and it is the one between the origins.
//
// Otherwise the runes between them were typed without knowledge of the new
// one. Those with a left origin further right hang on such a rune and go
// where it goes. Those with the same left origin are its rivals: the one whose
// right origin is further right comes first, then the smaller log.
func (t *Text) seat(log id.Log, left, right ref) place {
	gap := t.gapAfter(left)
	if gap.rune() == right {
		return gap
	}
	seat, held := gap, false // held: behind a rival that may yet belong behind us
	for p := gap.start(); ; p = p.beyond() {
		t.steps++
		if !held {
			seat = p
		}
		s := p.span()
		if s == nil || s.rune(p.off) == right {
			return seat
		}
		switch c := t.order(s.leftOf(p.off), left, -1); {
		case c < 0:
			return seat
		case c == 0:
			c = t.order(s.right, right, +1)
			if c == 0 && log.Compare(t.authors[s.id.author-1].log) < 0 {
				return seat
			}
			held = c < 0
		}
		// The other runes of the span hang on its first.
		if s.has(right) && right.n > s.rune(p.off).n {
			if !held {
				seat = place{p.leaf, p.i, int(right.n - s.id.n)}
			}
			return seat
		}
	}
}

// ordered reports whether left stands before right.
func (t *Text) ordered(left, right ref) bool {
	return left == ref{} || right == ref{} || t.order(left, right, 0) < 0
}
