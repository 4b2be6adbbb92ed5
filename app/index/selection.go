package index

import "slices"

// selection picks the page of a query out of entries that are offered to it,
// in any order and however many: it holds at most two pages.
type selection struct {
	query Query
	text  string // folded
	after *entry // place, nil for the first page
	limit int

	total int      // entries of the list
	rest  int      // those behind after
	best  []*entry // the first of the rest, unordered; never two pages full
	bound *entry   // limit entries are before it, or it is the last of those; nil until known
}

func (q Query) selection() (*selection, error) {
	s := &selection{query: q, text: fold(q.Text), limit: min(q.Limit, maxLimit)}
	if q.Limit <= 0 {
		s.limit = defaultLimit
	}
	if q.After == "" {
		return s, nil
	}
	var err error
	s.after, err = q.Order.place(q.After)
	return s, err
}

func (s *selection) compare(a, b *entry) int { return s.query.Order.compare(a, b) }

// offer shows the selection an entry, once each.
func (s *selection) offer(e *entry) {
	if !s.matches(e) {
		return
	}
	s.total++
	if s.after != nil && s.compare(e, s.after) <= 0 {
		return
	}
	s.rest++
	if s.bound != nil && s.compare(e, s.bound) > 0 {
		return
	}
	s.best = append(s.best, e)
	if len(s.best) >= 2*s.limit {
		s.trim()
	}
}

// trim orders what was picked and lets go of what is beyond the page.
func (s *selection) trim() {
	slices.SortFunc(s.best, s.compare)
	if len(s.best) >= s.limit {
		clear(s.best[s.limit:])
		s.best = s.best[:s.limit]
		s.bound = s.best[s.limit-1]
	}
}

// page returns what was selected.
func (s *selection) page() Page {
	s.trim()
	p := Page{Rows: make([]Row, len(s.best)), Total: s.total}
	for i, e := range s.best {
		p.Rows[i] = e.row
	}
	if s.rest > len(s.best) {
		p.Next = s.query.Order.cursor(s.best[len(s.best)-1])
	}
	return p
}
