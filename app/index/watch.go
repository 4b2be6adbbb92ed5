package index

import "github.com/hashicorp/go-memdb"

// Watch returns a channel that is closed when a document of the query's kind
// and project appears, changes or leaves; with Conflicted, when one does in
// any kind and project that has conflicts before or after. Everything else in
// the query is ignored. Watch first, then read: what changes between the two
// closes the channel. One watch serves a whole view.
func (x *Index) Watch(q Query) <-chan struct{} {
	for {
		txn := x.db.Txn(false)
		if q.Conflicted {
			it, err := txn.Get(tableConflicts, byID)
			must(err)
			return it.WatchCh()
		}
		n := watched(txn, q)
		if _, changed, found := findScope(txn, n); found {
			return changed
		}
		w := x.begin()
		w.scope(n)
		w.commit()
	}
}

// watched returns the scope that changes whenever q's answer may: the one that
// q is about, or a larger one where rows are not held.
func watched(txn *memdb.Txn, q Query) scopeName {
	all, _, _ := findScope(txn, everything)
	switch {
	case q.Noun == 0 && len(all.spilled) > 0:
		return everything
	case all.isSpilled(q.Noun):
		return scopeName{noun: q.Noun}
	default:
		return scopeName{noun: q.Noun, project: q.Project}
	}
}
