package text

// leafFill is how full the leaves of a loaded text are, so that the first
// edits do not split them.
const leafFill = leafSpans * 3 / 4

// build makes the leaves of an empty t, which take over spans and content.
func (t *Text) build(spans []span, content []byte) {
	var last *leaf
	ascii := len(content) == visibleRunes(spans)
	for len(spans) > 0 {
		l := &leaf{}
		n, size := 0, 0
		for n < min(len(spans), leafFill) && size < leafBytes/2 {
			runes := spans[n].visible()
			l.live += runes
			size += width(content[size:], runes, ascii)
			n++
		}
		l.spans, spans = spans[:n:n], spans[n:]
		l.text, content = content[:size:size], content[size:]
		if last != nil {
			last.next = l
		}
		last = l
		t.hang(l)
		t.grow(l, 0, size)
	}
}

// hang adds l behind the last leaf.
func (t *Text) hang(l *leaf) {
	k := len(t.groups) - 1
	if k < 0 || len(t.groups[k].leaves) >= groupLeaves*3/4 {
		k++
		t.groups = append(t.groups, &group{at: k})
	}
	g := t.groups[k]
	l.group = g
	g.leaves = append(g.leaves, l)
	g.live += l.live
	t.live += l.live
}

// visibleRunes returns the number of visible runes of spans.
func visibleRunes(spans []span) int {
	n := 0
	for i := range spans {
		n += spans[i].visible()
	}
	return n
}

// relieveAll splits what build has made too large.
func (t *Text) relieveAll() {
	for l := t.first(); l != nil; {
		next := l.next
		t.relieve(l)
		l = next
	}
}
