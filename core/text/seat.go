package text

import "cairn/core/id"

// seat returns the gap where a rune of log with these origins belongs, given the
// gap behind the left one. Nearly always nobody else has typed there and that
// is it.
//
// Otherwise the runes between them were typed without knowledge of the new
// one. Those with a left origin further right hang on such a rune and go
// where it goes. Those with the same left origin are its rivals: the one whose
// right origin is further right comes first, then the smaller log.
//
// Whoever types from right to left has every rune pass the same rivals. Those
// that let the last insertion pass let pass the one on its left, too, for their
// right origins lie beyond both: it goes right before that one, unseen.
func (t *Text) seat(gap place, log id.Log, left, right ref) place {
	switch {
	case gap.rune() == right:
		return gap
	case right != ref{} && right == t.last.id && left == t.last.left:
		return t.locate(right)
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
