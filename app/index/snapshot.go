package index

import (
	"fmt"
	"iter"

	"github.com/hashicorp/go-memdb"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
)

// Snapshot is the index as it was at one moment, for readers whose questions
// belong together. What comes from the Source, documents of spilled kinds, is
// as it is when asked for. A Snapshot needs no closing; while it is held, it
// keeps the rows that have changed since in memory.
type Snapshot struct {
	x   *Index
	txn *memdb.Txn
}

// Snapshot returns the index as it is now.
func (x *Index) Snapshot() *Snapshot { return &Snapshot{x, x.db.Txn(false)} }

// Get returns the row of a document and whether there is one.
func (s *Snapshot) Get(name id.Doc) (row Row, ok bool, err error) {
	obj, err := s.txn.First(tableRows, byID, appendInverted(nil, name))
	must(err)
	if e, ok := obj.(*entry); ok {
		return e.row, true, nil
	}
	all := s.scope(everything)
	if len(all.spilled) == 0 {
		return Row{}, false, nil
	}
	d, err := s.x.source.Doc(name)
	if fault.KindOf(err) == fault.NotFound {
		return Row{}, false, nil
	}
	if err != nil {
		return Row{}, false, fmt.Errorf("look up document %s: %w", name, err)
	}
	if !all.isSpilled(d.Noun()) {
		return Row{}, false, nil
	}
	return s.x.entry(d).row, true, nil
}

// List returns a page of q's list. A place to go on from that is none is a
// fault of kind Invalid; other errors come from the Source.
func (s *Snapshot) List(q Query) (Page, error) {
	sel, err := q.selection()
	if err != nil {
		return Page{}, err
	}
	spilled := s.spilledOf(q)
	switch {
	case q.Conflicted:
		s.conflicts(sel.offer)
	case q.Text == "" && q.Order != ByTitle && len(spilled) == 0:
		s.take(sel)
	default:
		s.listing(q).offer(sel)
		if err := s.eachSpilled(spilled, sel.offer); err != nil {
			return Page{}, err
		}
	}
	return sel.page(), nil
}

// All returns the whole of q's list, page by page: its Limit is not one. The
// first error ends it.
func (s *Snapshot) All(q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		q.Limit = maxLimit
		for {
			p, err := s.List(q)
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, r := range p.Rows {
				if !yield(r, nil) {
					return
				}
			}
			if q.After = p.Next; q.After == "" {
				return
			}
		}
	}
}

// Count returns how many documents of a kind (0: of all) and project (zero: of
// all and none) are not in the trash.
func (s *Snapshot) Count(noun uint16, project id.Doc) (int, error) {
	q := Query{Noun: noun, Project: project, Limit: 1}
	if len(s.spilledOf(q)) == 0 {
		return s.scope(scopeName{noun, project}).live, nil
	}
	p, err := s.List(q)
	return p.Total, err
}

// Conflicts returns the documents that have conflicts and are not in the
// trash, the newest first: all of them, for each waits for a person. They are
// held in memory also where the other documents of their kind are not.
func (s *Snapshot) Conflicts() []Row {
	sel := selection{query: Query{Conflicted: true}}
	rows := []Row{}
	s.conflicts(func(e *entry) {
		if sel.matches(e) {
			rows = append(rows, e.row)
		}
	})
	return rows
}

// take fills sel with rows that stand in its order already: no more than the
// page is read.
func (s *Snapshot) take(sel *selection) {
	sel.total = s.scope(scopeName{sel.query.Noun, sel.query.Project}).count(sel.query.Trashed)
	m := openMerge(s.txn, spans(s.txn, sel.query), sel.query.Order, sel.after)
	for e := m.next(); e != nil; e = m.next() {
		if !sel.matches(e) {
			continue
		}
		if sel.rest++; sel.rest > sel.limit {
			return // there is a next page, and that is all that is asked of this row
		}
		sel.best = append(sel.best, e)
	}
}

// looseSpans returns where the rows of q are, where their order is no matter.
func (s *Snapshot) looseSpans(q Query) []span {
	if q.Noun != 0 && q.Project.IsZero() {
		return []span{{byKind, scopeName{noun: q.Noun}.bytes()[:nounSize]}}
	}
	return spans(s.txn, q)
}

func (s *Snapshot) conflicts(yield func(*entry)) {
	it, err := s.txn.Get(tableConflicts, byID)
	must(err)
	for e, ok := it.Next().(*entry); ok; e, ok = it.Next().(*entry) {
		yield(e)
	}
}

func (s *Snapshot) scope(n scopeName) *scope {
	sc, _, _ := findScope(s.txn, n)
	return sc
}

// spilledOf returns the kinds that q is about and whose rows are not held.
func (s *Snapshot) spilledOf(q Query) []uint16 {
	all := s.scope(everything)
	switch {
	case q.Noun == 0:
		return all.spilled
	case all.isSpilled(q.Noun):
		return []uint16{q.Noun}
	default:
		return nil
	}
}

// eachSpilled calls yield for every document of spilled kinds.
func (s *Snapshot) eachSpilled(nouns []uint16, yield func(*entry)) error {
	for _, noun := range nouns {
		err := s.x.source.EachDoc(noun, func(d *doc.Doc) error {
			// A document that has just become one of another kind is there, not here.
			if d.Noun() == noun {
				yield(s.x.entry(d))
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the documents of kind %d: %w", noun, err)
		}
	}
	return nil
}
