package network_test

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// BenchmarkBeside brings 5,000 documents, each of which was changed twenty
// times, to a laptop that has nothing: here, with all changes and their
// authors; beside it as files; and as a database that replicates as CouchDB
// does. Every one syncs to the disk what it has taken in. The ratios say how
// many times as long the other takes.
func BenchmarkBeside(b *testing.B) {
	const docs, changes = 5000, 20
	ada := found(b)
	defer ada.close()
	w := joined(ada, docs)
	w.fill(ada, docs*changes/perBatch)
	at := ada.listen()
	theirs, remote := newFiles(b), newCouch(b)
	remote.serve()
	revisions(remote, w, changes)
	for n := range uint64(docs) {
		theirs.save(w.name(n), w.value(n))
	}
	var here, copying, replicating time.Duration
	for b.Loop() {
		ben := ada.admitted("Ben")
		began := time.Now()
		ben.reach(at)
		ben.lists(w)
		here += time.Since(began)
		ben.close()

		mine := newFiles(b)
		began = time.Now()
		if n := mine.pull(theirs); n != docs {
			b.Fatalf("%d files were copied, want %d", n, docs)
		}
		copying += time.Since(began)

		local := newCouch(b)
		began = time.Now()
		local.pull(remote, 0, len(remote.changes))
		if replicating += time.Since(began); len(local.docs) != docs {
			b.Fatalf("%d documents were replicated, want %d", len(local.docs), docs)
		}
	}
	b.ReportMetric(float64(b.N)*docs*changes/here.Seconds(), "ops/s")
	b.ReportMetric(copying.Seconds()/here.Seconds(), "files-ratio")
	b.ReportMetric(replicating.Seconds()/here.Seconds(), "couch-ratio")
}

// revisions gives a database the documents of w, with so many revisions each,
// stored at once.
func revisions(c *couch, w *writer, changes int) {
	var all []*couchDoc
	for n := range uint64(len(w.docs)) {
		d := &couchDoc{ID: w.name(n), Unit: w.value(n), Revisions: couchRevisions{Start: changes}}
		for i := range changes {
			d.Revisions.IDs = append(d.Revisions.IDs, fmt.Sprintf("%016x%016x", n*0x9e3779b97f4a7c15, uint64(i)*0x9e3779b97f4a7c15))
		}
		all = append(all, d)
	}
	c.store(all)
}

// name is what the document of operation n is called elsewhere.
func (w *writer) name(n uint64) string { return w.docs[n].String() }

// BenchmarkBesideVisible is BenchmarkVisible, and beside it the same edit of one
// of 1,000 documents: as files, of which the change is looked for as soon as it
// is saved; and by the feed of a database that replicates as CouchDB does. The
// ratios are of the medians.
func BenchmarkBesideVisible(b *testing.B) {
	const docs = 1000
	ada := found(b)
	defer ada.close()
	ben := ada.admitted("Ben")
	defer ben.close()
	ben.reach(ada.listen())
	e := newEdits(ada, ben)
	w := joined(ada, docs)
	theirs, mine, remote, local := newFiles(b), newFiles(b), newCouch(b), newCouch(b)
	remote.serve()
	revisions(remote, w, 1)
	for n := range uint64(docs) {
		theirs.save(w.name(n), w.value(n))
	}
	mine.pull(theirs)
	seq := local.pull(remote, 0, docs)
	var copying, replicating []time.Duration
	for b.Loop() {
		e.edit()
		n := len(e.took)
		name, value := w.name(uint64(n%docs)), fmt.Sprint("edit ", n)

		began := time.Now()
		theirs.save(name, value)
		if n := mine.pull(theirs); n != 1 {
			b.Fatalf("%d files were copied, want 1", n)
		}
		copying = append(copying, time.Since(began))

		shown := make(chan time.Time, 1)
		go func() {
			seq = local.pull(remote, seq, seq+1)
			shown <- time.Now()
		}()
		began = time.Now()
		remote.edit(name, value)
		replicating = append(replicating, (<-shown).Sub(began))
	}
	slices.Sort(copying)
	slices.Sort(replicating)
	p50 := e.part(50)
	b.ReportMetric(float64(p50.Microseconds()), "p50-µs")
	b.ReportMetric(copying[len(copying)/2].Seconds()/p50.Seconds(), "files-ratio")
	b.ReportMetric(replicating[len(replicating)/2].Seconds()/p50.Seconds(), "couch-ratio")
}
