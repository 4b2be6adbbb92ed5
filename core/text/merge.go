package text

import "slices"

// Merge adds to t what o has and t lacks, runes and deletions. In whatever
// order and however often replicas are merged, they end the same. o is not
// changed, and shares nothing with t afterwards.
func (t *Text) Merge(o *Text) {
	switch {
	case t == o:
		return
	case len(t.authors) == 0:
		*t = *o.Clone()
		return
	}
	m := merger{to: t, from: o}
	for _, a := range o.authors {
		m.number = append(m.number, t.authorOf(a.log))
		m.known = append(m.known, t.Next(a.log))
	}
	m.delete()
	o.causally(slices.Clone(m.known), m.insert)
}

// merger carries runes from one text to another.
type merger struct {
	to, from *Text
	number   []uint32 // author of from, less 1 → author of to
	known    []uint32 // author of from, less 1 → the runes below it were in to
}

func (m *merger) ref(r ref) ref {
	if r != (ref{}) {
		r.author = m.number[r.author-1]
	}
	return r
}

// delete deletes in to what it had and from has deleted.
func (m *merger) delete() {
	for l := m.from.first(); l != nil; l = l.next {
		for _, s := range l.spans {
			known := m.known[s.id.author-1]
			if s.dead && s.id.n < known {
				m.to.killRange(m.ref(s.id), min(s.len, known-s.id.n))
			}
		}
	}
}

// insert puts into to the run s, which begins at p in from.
func (m *merger) insert(s span, p place) {
	content := ""
	if !s.dead {
		start := p.offset()
		content = string(p.leaf.text[start : start+p.leaf.bytes(start, int(s.len))])
	}
	log := m.from.authors[s.id.author-1].log
	s.id, s.left, s.right = m.ref(s.id), m.ref(s.left), m.ref(s.right)
	m.to.lay(m.to.seat(m.to.gapAfter(s.left), log, s.left, s.right), s, content)
}

// causally calls visit for all runs of the runes from have on, with their
// places: the runs of one author in order, each after its origins. It reports
// whether that can be done for all; it always can for a text that came about
// by operations. It overwrites have.
func (t *Text) causally(have []uint32, visit func(span, place)) bool {
	waiting := make([][]uint32, len(have)) // author → authors that wait for its runes
	var ready []uint32
	for a := range have {
		ready = append(ready, uint32(a))
	}
	for len(ready) > 0 {
		a := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		before := have[a]
		for have[a] < t.authors[a].index.size {
			p := t.lookUp(ref{a + 1, have[a]})
			s := p.leaf.spans[p.i].from(p.off)
			if by, blocked := s.blocked(have); blocked {
				waiting[by] = append(waiting[by], a)
				break
			}
			visit(s, p)
			have[a] += s.len
		}
		if have[a] > before {
			ready = append(ready, waiting[a]...)
			waiting[a] = nil
		}
	}
	for a := range have {
		if have[a] < t.authors[a].index.size {
			return false
		}
	}
	return true
}

// blocked returns an author, less 1, who lacks in have the rune that is an
// origin of s.
func (s *span) blocked(have []uint32) (by uint32, blocked bool) {
	for _, o := range [...]ref{s.left, s.right} {
		if o != (ref{}) && o.n >= have[o.author-1] {
			return o.author - 1, true
		}
	}
	return 0, false
}
