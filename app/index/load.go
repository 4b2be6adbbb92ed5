package index

import (
	"bytes"
	"slices"
	"sync"

	"cairn/core/doc"
	"cairn/core/id"
)

const (
	// makers is how many goroutines make rows at once, beside the one that
	// reads the documents.
	makers = 2
	// makeBatch is how many documents a goroutine takes at a time.
	makeBatch = 512
)

// Loader fills an index with what is on the disk when a workspace opens. Add
// and Done are for one goroutine; Apply may go on meanwhile, and what it is
// given stands.
type Loader struct {
	x       *Index
	batch   []*doc.Doc
	working sync.WaitGroup
	slots   chan struct{} // one for each batch in the making

	mu        sync.Mutex
	kinds     map[uint16][]*entry // guarded by mu: what to hold, by kind
	rows      int                 // guarded by mu: how many that are
	spilled   map[uint16]bool     // guarded by mu: kinds that are too big
	conflicts []*entry            // guarded by mu: conflicts of spilled kinds
}

// Load starts filling x, once in its life.
func (x *Index) Load() *Loader {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.newer = map[id.Doc]struct{}{}
	return &Loader{x: x, slots: make(chan struct{}, makers), kinds: map[uint16][]*entry{}, spilled: map[uint16]bool{}}
}

// Add takes in a stored document, once each. It keeps d until Done, unless
// rows are made of it earlier: it must not change until then.
func (l *Loader) Add(d *doc.Doc) {
	l.batch = append(l.batch, d)
	if len(l.batch) == makeBatch {
		l.make()
	}
}

// make has rows made of the batch, and waits while enough are in the making.
func (l *Loader) make() {
	docs := l.batch
	l.batch = make([]*doc.Doc, 0, makeBatch)
	l.slots <- struct{}{}
	l.working.Go(func() {
		defer func() { <-l.slots }()
		l.hold(l.x.entries(docs))
	})
}

// hold keeps entries until Done, as far as there will be room for them.
func (l *Loader) hold(entries []*entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range entries {
		switch {
		case !l.spilled[e.row.Noun]:
			l.kinds[e.row.Noun] = append(l.kinds[e.row.Noun], e)
			l.rows++
		case e.row.Conflicts > 0:
			l.conflicts = append(l.conflicts, e)
		}
	}
	for l.rows > l.x.maxRows {
		l.spillBiggest()
	}
}

func (l *Loader) spillBiggest() {
	sizes := map[uint16]int{}
	for n, entries := range l.kinds {
		sizes[n] = len(entries)
	}
	n := most(sizes)
	for _, e := range l.kinds[n] {
		if e.row.Conflicts > 0 {
			l.conflicts = append(l.conflicts, e)
		}
	}
	l.rows -= len(l.kinds[n])
	l.spilled[n] = true
	delete(l.kinds, n)
}

// Done makes what was added visible, 2,000 rows at a time. The loader is of no
// use afterwards.
func (l *Loader) Done() {
	l.make()
	l.working.Wait()
	all := make([]*entry, 0, l.rows+len(l.conflicts))
	all = append(all, l.conflicts...)
	for _, entries := range l.kinds {
		all = append(all, entries...)
	}
	// In the order of the index, a transaction touches few nodes of the tree.
	slices.SortFunc(all, func(a, b *entry) int { return bytes.Compare(a.key, b.key) })
	w := l.x.begin()
	for n := range l.spilled {
		w.spill(n)
	}
	w.commit()
	for chunk := range slices.Chunk(all, maxTxnRows) {
		l.insert(chunk)
	}
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	l.x.newer = nil
}

// insert writes entries, but for those of documents that have changed meanwhile.
func (l *Loader) insert(entries []*entry) {
	w := l.x.begin()
	defer w.commit()
	for _, e := range entries {
		if _, stale := l.x.newer[e.row.ID]; !stale {
			w.put(e)
		}
	}
}
