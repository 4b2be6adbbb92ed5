package index

import "cairn/core/doc"

// Reset empties the index, for Load or Apply to fill it anew.
func (x *Index) Reset() {
	x.mu.Lock()
	defer x.mu.Unlock()
	fresh := New(x.catalog, x.source, Options{MaxRows: x.maxRows})
	x.db, x.newer = fresh.db, nil
}

// RowOf returns the row that d should have.
func (x *Index) RowOf(d *doc.Doc) Row { return x.entry(d).row }
