package index

import (
	"slices"

	"github.com/hashicorp/go-memdb"
)

// write is one transaction. Scopes are written once, at its end.
type write struct {
	x      *Index
	txn    *memdb.Txn
	scopes map[scopeName]*scope // as they will be, those that change
	all    *scope               // everything: what was there, or what is in scopes
}

// begin waits for the write before to commit.
func (x *Index) begin() *write {
	x.mu.Lock()
	w := &write{x: x, txn: x.db.Txn(true), scopes: map[scopeName]*scope{}}
	w.all, _, _ = findScope(w.txn, everything)
	return w
}

// commit makes the write visible, as far as there is one, and lets the next begin.
func (w *write) commit() {
	defer w.x.mu.Unlock()
	for w.all.rows() > w.x.maxRows {
		w.spill(w.biggest())
	}
	if len(w.scopes) == 0 {
		w.txn.Abort()
		return
	}
	for _, s := range w.scopes {
		must(w.txn.Insert(tableScopes, s))
	}
	w.txn.Commit()
}

// put makes e the row of its document. A row that is there already wakes nobody.
func (w *write) put(e *entry) {
	old := w.find(tableRows, e)
	if w.all.isSpilled(e.row.Noun) {
		w.putSpilled(old, e)
		return
	}
	if old != nil {
		if old.row == e.row {
			return
		}
		if old.row.Noun == e.row.Noun && old.row.Project == e.row.Project {
			// The trees hold on to the first key they saw: hold it once.
			e.key = old.key
		}
		w.count(old, -1)
	}
	w.count(e, 1)
	must(w.txn.Insert(tableRows, e))
	// A document that is new here may have been one of a spilled kind before.
	if e.row.Conflicts > 0 || old == nil && len(w.all.spilled) > 0 || old != nil && old.row.Conflicts > 0 {
		w.putConflict(e)
	}
}

// putSpilled notes a change of a document whose row is not held. The row that
// old is goes: its document has become one of a spilled kind.
func (w *write) putSpilled(old, e *entry) {
	if old != nil {
		w.count(old, -1)
		must(w.txn.Delete(tableRows, old))
	}
	for _, n := range scopesOf(e.row.Noun, e.row.Project) {
		w.scope(n)
	}
	w.putConflict(e)
}

// putConflict makes e the row of its document among the conflicts, if it has any.
func (w *write) putConflict(e *entry) {
	old := w.find(tableConflicts, e)
	switch {
	case e.row.Conflicts > 0:
		if old == nil || old.row != e.row {
			must(w.txn.Insert(tableConflicts, e))
		}
	case old != nil:
		must(w.txn.Delete(tableConflicts, old))
	}
}

// find returns what table holds of e's document, nil for nothing.
func (w *write) find(table string, e *entry) *entry {
	obj, err := w.txn.First(table, byID, e.idKey())
	must(err)
	old, _ := obj.(*entry)
	return old
}

// scope returns a scope that changes in this write.
func (w *write) scope(n scopeName) *scope {
	if s := w.scopes[n]; s != nil {
		return s
	}
	s, _, found := findScope(w.txn, n)
	if found {
		c := *s
		s = &c
	}
	w.scopes[n] = s
	if n == everything {
		w.all = s
	}
	return s
}

// count adds by to the counts of the scopes that e is in.
func (w *write) count(e *entry, by int) {
	for _, n := range scopesOf(e.row.Noun, e.row.Project) {
		s := w.scope(n)
		if e.row.Trashed {
			s.trashed += by
		} else {
			s.live += by
		}
	}
}

// biggest returns the kind with the most rows, of equal ones the lowest.
func (w *write) biggest() uint16 {
	rows := map[uint16]int{}
	it, err := w.txn.Get(tableScopes, byID)
	must(err)
	for s, ok := it.Next().(*scope); ok; s, ok = it.Next().(*scope) {
		if s.project.IsZero() && s.noun != 0 {
			rows[s.noun] = s.rows()
		}
	}
	for n, s := range w.scopes {
		if n.project.IsZero() && n.noun != 0 {
			rows[n.noun] = s.rows()
		}
	}
	var most uint16
	for n, have := range rows {
		if have > rows[most] || have == rows[most] && n < most {
			most = n
		}
	}
	return most
}

// spill lets go of the rows of a kind, in one transaction however many they
// are: it happens once, and half a kind would be no answer to anything. Who
// watches a part of the kind is woken by the rows that go, and then watches all
// of it: where a document of a spilled kind was before a change, nobody knows.
func (w *write) spill(noun uint16) {
	var gone []*entry
	scan(w.txn, span{byKind, scopeName{noun: noun}.bytes()[:nounSize]}, func(e *entry) { gone = append(gone, e) })
	for _, e := range gone {
		w.count(e, -1)
		must(w.txn.Delete(tableRows, e))
	}
	w.x.last.Store(nil) // it may hold on to the rows
	all := w.scope(everything)
	at, _ := slices.BinarySearch(all.spilled, noun)
	all.spilled = slices.Insert(slices.Clone(all.spilled), at, noun)
}
