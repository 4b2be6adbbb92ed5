// Package index holds what people browse and search: a row for every
// document, by kind and project, the newest first or by title, with counts and
// a way to wait for change.
//
// It is never the truth. It lives in memory, is filled from the disk when a
// workspace opens (Load) and follows every commit (Apply); an index filled
// anew gives the same answers as one that has followed along.
//
// Memory is bounded. When there are more rows than it may hold, the biggest
// kinds are spilled: their rows are dropped, and a query that concerns them
// reads the documents from the Source instead, with the same answer.
//
// An Index is safe for concurrent use. Reading never waits for writing.
package index

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/go-memdb"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

const (
	// maxRows is how many rows are held unless Options say otherwise: about
	// 200 MB of them.
	maxRows = 200_000
	// maxTxnRows is how many rows one transaction writes. The radix trees below
	// track up to 8,192 changed nodes; beyond that, a commit compares the whole
	// old tree with the whole new one. A row changes a path in each of two trees,
	// which with names made at one time is some eight nodes: at 1,000 rows a load
	// takes twice as long as at 500.
	maxTxnRows = 500
)

// Options may change how much an Index holds.
type Options struct {
	MaxRows int // rows held in memory; 0 means 200,000
}

// Source reads documents from where they are stored, in the state that was
// last handed to Apply or a later one. It is called from whatever goroutine
// asks the index, and only about kinds that are too big to hold.
type Source interface {
	// Doc returns a document. The error for one that is not there is a fault of
	// kind NotFound.
	Doc(name id.Doc) (*doc.Doc, error)
	// EachDoc calls yield once for every document of a kind, in any order, and
	// stops at its first error, which it returns.
	EachDoc(noun uint16, yield func(*doc.Doc) error) error
}

// Index is the read model of one workspace.
type Index struct {
	catalog *noun.Catalog
	source  Source
	maxRows int
	db      *memdb.MemDB
	last    atomic.Pointer[listing] // what was looked through last

	mu    sync.Mutex          // held from begin to commit of a write
	newer map[id.Doc]struct{} // guarded by mu: applied since Load; nil unless loading
}

// New returns an empty index of documents of catalog's kinds, and of kinds
// that only a later version of Cairn knows.
func New(catalog *noun.Catalog, source Source, o Options) *Index {
	x := &Index{catalog: catalog, source: source, maxRows: maxRows, db: newDB()}
	if o.MaxRows > 0 {
		x.maxRows = o.MaxRows
	}
	w := x.begin()
	w.scope(everything)
	w.commit()
	return x
}

// Reset takes back everything that Apply and Load were given, for Apply to fill
// the index anew. Who watches is woken.
func (x *Index) Reset() {
	w := x.begin()
	defer w.commit()
	it, err := w.txn.Get(tableScopes, byID)
	must(err)
	for s, ok := it.Next().(*scope); ok; s, ok = it.Next().(*scope) {
		s = w.scope(s.scopeName)
		s.live, s.trashed, s.spilled = 0, 0, nil
	}
	x.last.Store(nil) // it would hold on to the rows
	for _, table := range []string{tableRows, tableConflicts} {
		_, err := w.txn.DeleteAll(table, byID)
		must(err)
	}
}

// Apply takes in documents as a commit left them. It keeps none of them. Up to
// 500 become visible at once; more do so in turn.
func (x *Index) Apply(docs []*doc.Doc) {
	for chunk := range slices.Chunk(docs, maxTxnRows) {
		entries := x.entries(chunk)
		w := x.begin()
		for _, e := range entries {
			if x.newer != nil {
				x.newer[e.row.ID] = struct{}{}
			}
			w.put(e)
		}
		w.commit()
	}
}
