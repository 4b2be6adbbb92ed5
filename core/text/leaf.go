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

// span is a run of runes with consecutive names: the first stands between left
// and right, each other one between its predecessor and right.
type span struct {
	id          ref // of the first rune
	len         uint32
	left, right ref
	dead        bool // deleted
}

func (s *span) has(r ref) bool { return r.author == s.id.author && r.n-s.id.n < s.len }

func (s *span) rune(off int) ref { return ref{s.id.author, s.id.n + uint32(off)} }

func (s *span) last() ref { return s.rune(int(s.len) - 1) }

// leftOf returns the left origin of the rune at off.
func (s *span) leftOf(off int) ref {
	if off == 0 {
		return s.left
	}
	return s.rune(off - 1)
}

// from returns the part of s that begins at off.
func (s *span) from(off int) span {
	rest := *s
	rest.id, rest.left, rest.len = s.rune(off), s.leftOf(off), s.len-uint32(off)
	return rest
}

// to returns the part of s that ends before off.
func (s *span) to(off int) span {
	head := *s
	head.len = uint32(off)
	return head
}

// visible returns the number of visible runes of s.
func (s *span) visible() int {
	if s.dead {
		return 0
	}
	return int(s.len)
}

// joins reports whether s and next, which follows it, are one run.
func (s *span) joins(next *span) bool { return s.dead == next.dead && s.continues(next) }

// continues reports whether next goes on where s ends, deleted or not.
func (s *span) continues(next *span) bool {
	return s.id.author == next.id.author && s.id.n+s.len == next.id.n &&
		next.left == s.last() && s.right == next.right
}

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

// place is the gap before the rune at off of spans[i]. At the end of a leaf, i
// is the number of spans and off is 0.
type place struct {
	leaf   *leaf
	i, off int
}

// first returns the first leaf, nil when no rune has ever been inserted.
func (t *Text) first() *leaf {
	if len(t.groups) == 0 {
		return nil
	}
	return t.groups[0].leaves[0]
}

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

// appendSpan appends s to row, to its last span if they are one run.
func appendSpan(row []span, s span) []span {
	if k := len(row) - 1; k >= 0 && row[k].joins(&s) {
		row[k].len += s.len
		return row
	}
	return append(row, s)
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
