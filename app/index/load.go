package index

import (
	"sync"

	"cairn/core/doc"
	"cairn/core/id"
)

// Loader fills an index with what is on the disk when a workspace opens. While
// its caller reads documents on one core, it writes rows on another. Add and
// Done are for one goroutine. Apply may go on meanwhile, and what it is given
// stands.
type Loader struct {
	x       *Index
	batch   []*doc.Doc     // being filled
	writing sync.WaitGroup // the batch before
}

// Load starts filling x, once in its life.
func (x *Index) Load() *Loader {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.newer = map[id.Doc]struct{}{}
	return &Loader{x: x, batch: make([]*doc.Doc, 0, maxTxnRows)}
}

// Add takes in a stored document, which must not change until Done. Loading is
// fastest when documents come in the order of their names, where it touches
// few nodes of the trees.
func (l *Loader) Add(d *doc.Doc) {
	l.batch = append(l.batch, d)
	if len(l.batch) == maxTxnRows {
		l.write()
	}
}

// write starts writing the batch when the one before is written.
func (l *Loader) write() {
	docs := l.batch
	l.batch = make([]*doc.Doc, 0, maxTxnRows)
	l.writing.Wait()
	l.writing.Go(func() { l.x.load(docs) })
}

// Done returns when everything that was added is visible. The loader is of no
// use afterwards.
func (l *Loader) Done() {
	l.write()
	l.writing.Wait()
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	l.x.newer = nil
}

// load writes rows of stored documents, but for those that have changed since.
func (x *Index) load(docs []*doc.Doc) {
	entries := x.entries(docs)
	w := x.begin()
	defer w.commit()
	for _, e := range entries {
		if _, stale := x.newer[e.row.ID]; !stale {
			w.put(e)
		}
	}
}
