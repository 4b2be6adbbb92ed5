package text

import (
	"cmp"
	"fmt"
)

// place is the gap before the rune at off of spans[i]. At the end of a leaf, i
// is the number of spans and off is 0.
type place struct {
	leaf   *leaf
	i, off int
}

// span returns the span that follows the gap p, nil at the end of the text.
func (p place) span() *span {
	if p.leaf == nil {
		return nil
	}
	if p.i < len(p.leaf.spans) {
		return &p.leaf.spans[p.i]
	}
	if p.leaf.next == nil {
		return nil
	}
	return &p.leaf.next.spans[0]
}

// rune returns the rune that follows the gap p, the zero ref at the end.
func (p place) rune() ref {
	if s := p.span(); s != nil {
		return s.rune(p.off)
	}
	return ref{}
}

// start returns p, or the same gap seen as the start of the next leaf if p is
// the end of its leaf. There is a span at it, except at the end of the text.
func (p place) start() place {
	if p.leaf != nil && p.i == len(p.leaf.spans) && p.leaf.next != nil {
		return place{leaf: p.leaf.next}
	}
	return p
}

// after returns the gap behind the rune at p.
func (p place) after() place {
	if p.off+1 < int(p.leaf.spans[p.i].len) {
		return place{p.leaf, p.i, p.off + 1}
	}
	return place{p.leaf, p.i + 1, 0}
}

// beyond returns the gap behind the span at p, as start does.
func (p place) beyond() place { return place{p.leaf, p.i + 1, 0}.start() }

// at returns where the visible rune at pos is, which must exist.
func (t *Text) at(pos int) place {
	g := 0
	for ; pos >= t.groups[g].live; g++ {
		pos -= t.groups[g].live
	}
	leaves := t.groups[g].leaves
	i := 0
	for ; pos >= leaves[i].live; i++ {
		pos -= leaves[i].live
	}
	l := leaves[i]
	for i = 0; ; i++ {
		t.steps++
		n := l.spans[i].visible()
		if pos < n {
			return place{l, i, pos}
		}
		pos -= n
	}
}

// offset returns where the bytes of the visible rune that stands at, or first
// after, p begin in the text of its leaf.
func (p place) offset() int {
	n := 0
	for i := range p.leaf.spans[:p.i] {
		n += p.leaf.spans[i].visible()
	}
	if p.off > 0 && !p.leaf.spans[p.i].dead {
		n += p.off
	}
	return p.leaf.bytes(0, n)
}

// locate returns where the rune r is, which must have come.
func (t *Text) locate(r ref) place {
	l := t.near.leaf
	for i := max(t.near.i-1, 0); l != nil && i < min(t.near.i+2, len(l.spans)); i++ {
		if s := &l.spans[i]; s.has(r) {
			return place{l, i, int(r.n - s.id.n)}
		}
	}
	return t.lookUp(r)
}

// lookUp is locate without the guess.
func (t *Text) lookUp(r ref) place {
	l := t.authors[r.author-1].index.leaf(r.n)
	for i := range l.spans {
		if s := &l.spans[i]; s.has(r) {
			return place{l, i, int(r.n - s.id.n)}
		}
	}
	panic(fmt.Sprintf("text: the index names a leaf that lacks %v", t.idOf(r)))
}

// gapAfter returns the gap behind the rune r; the zero r is the start of the
// text.
func (t *Text) gapAfter(r ref) place {
	if r == (ref{}) {
		return place{leaf: t.first()}
	}
	return t.locate(r).after()
}

// order compares where the runes a and b stand. The zero ref compares as zero
// says: -1 for the start of the text, +1 for its end.
func (t *Text) order(a, b ref, zero int) int {
	switch {
	case a == b:
		return 0
	case a == ref{}:
		return zero
	case b == ref{}:
		return -zero
	}
	p, q := t.lookUp(a), t.lookUp(b)
	return cmp.Or(
		cmp.Compare(p.leaf.group.at, q.leaf.group.at),
		cmp.Compare(p.leaf.at(), q.leaf.at()),
		cmp.Compare(p.i, q.i),
		cmp.Compare(p.off, q.off))
}
