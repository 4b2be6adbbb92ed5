package index

import "strings"

// listing is the rows of a scope side by side, in whatever order. Going
// through a tree misses the cache two or three times a row; going through a
// listing costs a quarter of it. The last one is kept, because somebody who
// looks for a title asks again with every letter.
type listing struct {
	of   *scope // a scope is written anew when its rows change: this one says which rows
	rows []listed
}

type listed struct {
	folded string
	*entry
}

// listing returns the rows of q's kind and project that are held.
func (s *Snapshot) listing(q Query) *listing {
	of := s.scope(scopeName{q.Noun, q.Project})
	if l := s.x.last.Load(); l != nil && l.of == of {
		return l
	}
	l := &listing{of: of, rows: make([]listed, 0, of.rows())}
	for _, p := range s.looseSpans(q) {
		scan(s.txn, p, func(e *entry) { l.rows = append(l.rows, listed{e.folded, e}) })
	}
	s.x.last.Store(l)
	return l
}

// offer shows sel what may be in its list.
func (l *listing) offer(sel *selection) {
	for _, r := range l.rows {
		if strings.Contains(r.folded, sel.text) {
			sel.offer(r.entry)
		}
	}
}
