package text

import (
	"slices"
	"unicode/utf8"
)

// The text is an array of groups of leaves of spans. With the sizes below the
// longest text has a few hundred groups, so that an edit looks at about as
// many counts as a search tree would, without the tree.
const (
	leafSpans   = 64
	leafBytes   = 4 << 10 // bounds what a keystroke moves inside a pasted page
	groupLeaves = 64
)

// leaf is a stretch of the text. It is never empty and never goes away.
type leaf struct {
	group *group
	next  *leaf // in text order
	spans []span
	text  []byte // of the visible spans
	live  int    // visible runes
}

// group is a stretch of leaves, never empty.
type group struct {
	at     int // index in Text.groups
	leaves []*leaf
	live   int
}

// first returns the first leaf, nil when no rune has ever been inserted.
func (t *Text) first() *leaf {
	if len(t.groups) == 0 {
		return nil
	}
	return t.groups[0].leaves[0]
}

// bytes returns the size of the n runes that begin at start.
func (l *leaf) bytes(start, n int) int {
	return width(l.text[start:], n, len(l.text) == l.live)
}

// width returns the size of the first n runes of text.
func width(text []byte, n int, ascii bool) int {
	if ascii {
		return n
	}
	size := 0
	for range n {
		_, w := utf8.DecodeRune(text[size:])
		size += w
	}
	return size
}

// grow adds to the counts of visible runes and bytes, for l and all above it.
func (t *Text) grow(l *leaf, runes, size int) {
	l.live += runes
	l.group.live += runes
	t.live += runes
	t.size += size
}

// put inserts s, with its content unless it is dead, at p. It leaves Text.near
// at the span that now holds s.
func (t *Text) put(p place, s span, content string) {
	l := p.leaf
	if l == nil {
		l = t.plant()
		p.leaf = l
	}
	if !s.dead {
		l.text = slices.Insert(l.text, p.offset(), []byte(content)...)
		t.grow(l, int(s.len), len(content))
	}
	switch {
	case p.off > 0:
		rest := l.spans[p.i].from(p.off)
		l.spans[p.i].len = uint32(p.off)
		l.spans = slices.Insert(l.spans, p.i+1, s, rest)
		t.near = place{l, p.i + 1, 0}
	case p.i > 0 && l.spans[p.i-1].joins(&s):
		l.spans[p.i-1].len += s.len
		t.near = place{l, p.i - 1, 0}
	default:
		l.spans = slices.Insert(l.spans, p.i, s)
		t.near = place{l, p.i, 0}
	}
	t.authors[s.id.author-1].index.extend(s.len, l)
	t.relieve(l)
}

// plant makes the first leaf. It is empty until put goes on.
func (t *Text) plant() *leaf {
	g := &group{}
	l := &leaf{group: g}
	g.leaves = []*leaf{l}
	t.groups = []*group{g}
	return l
}

// kill deletes up to n runes from p on and returns how many it dealt with:
// those of one span. Dead neighbours become one span, so that a row of
// backspaces does.
func (t *Text) kill(p place, n int) int {
	l, s := p.leaf, p.leaf.spans[p.i]
	n = min(n, int(s.len)-p.off)
	t.near = p
	if s.dead {
		return n
	}
	start := p.offset()
	size := l.bytes(start, n)
	l.text = slices.Delete(l.text, start, start+size)
	t.grow(l, -n, -size)

	lo, hi := max(p.i-1, 0), min(p.i+2, len(l.spans))
	var pieces [5]span
	row := pieces[:0]
	for i := lo; i < hi; i++ {
		if i != p.i {
			row = appendSpan(row, l.spans[i])
			continue
		}
		if p.off > 0 {
			row = appendSpan(row, s.to(p.off))
		}
		gone := s.from(p.off)
		gone.dead = true
		row = appendSpan(row, gone.to(n))
		if end := p.off + n; end < int(s.len) {
			row = appendSpan(row, s.from(end))
		}
	}
	l.spans = slices.Replace(l.spans, lo, hi, row...)
	t.near.i = min(t.near.i, len(l.spans)-1)
	t.relieve(l)
	return n
}

// relieve splits l until no part of it is too large.
func (t *Text) relieve(l *leaf) {
	for len(l.spans) > leafSpans || len(l.text) > leafBytes {
		if len(l.spans) == 1 {
			half := int(l.spans[0].len) / 2
			l.spans = []span{l.spans[0].to(half), l.spans[0].from(half)}
		}
		t.relieve(t.halve(l))
	}
}

// halve moves the second half of l's spans to a new leaf, which it returns.
func (t *Text) halve(l *leaf) *leaf {
	cut := len(l.spans) / 2
	start := place{l, cut, 0}.offset()
	r := &leaf{
		group: l.group,
		next:  l.next,
		spans: append(make([]span, 0, leafSpans), l.spans[cut:]...),
		text:  slices.Clone(l.text[start:]),
	}
	for i := range r.spans {
		s := &r.spans[i]
		r.live += s.visible()
		t.authors[s.id.author-1].index.move(s.id.n, s.id.n+s.len, r)
	}
	l.next, l.spans, l.text, l.live = r, l.spans[:cut], l.text[:start], l.live-r.live
	t.near = place{}

	g := l.group
	g.leaves = slices.Insert(g.leaves, slices.Index(g.leaves, l)+1, r)
	if len(g.leaves) > groupLeaves {
		t.halveGroup(g)
	}
	return r
}

func (t *Text) halveGroup(g *group) {
	cut := len(g.leaves) / 2
	r := &group{leaves: slices.Clone(g.leaves[cut:])}
	for _, l := range r.leaves {
		l.group = r
		r.live += l.live
	}
	clear(g.leaves[cut:])
	g.leaves, g.live = g.leaves[:cut], g.live-r.live
	t.groups = slices.Insert(t.groups, g.at+1, r)
	for i, h := range t.groups[g.at:] {
		h.at = g.at + i
	}
}

// at returns the position of l in its group.
func (l *leaf) at() int { return slices.Index(l.group.leaves, l) }
