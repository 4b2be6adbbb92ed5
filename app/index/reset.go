package index

import "cairn/core/doc"

// Reset empties the index, for Apply to fill it anew. Everybody who watches is
// told.
func (x *Index) Reset() {
	w := x.begin()
	for _, table := range []string{tableRows, tableConflicts, tableScopes} {
		_, err := w.txn.DeleteAll(table, byID)
		must(err)
	}
	x.newer = nil
	w.scope(everything)
	w.commit()
}

// RowOf returns the row that d should have.
func (x *Index) RowOf(d *doc.Doc) Row { return x.entry(d).row }
