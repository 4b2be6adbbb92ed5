package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/oplog"
)

const (
	// MaxDocBytes bounds the stored form of one document, so that it can be
	// merged, sent and shown at once.
	MaxDocBytes = 1 << 20
	// warnDocBytes is below what a document may be estimated at and still have a
	// stored form within MaxDocBytes. Beyond it the form is made and measured.
	warnDocBytes = MaxDocBytes / 2
	// opOverhead is about what an operation adds to a stored form beside its payload.
	opOverhead = 32
)

// Tx is one batch in the making: its changes become durable and visible
// together or not at all. It lives inside the function given to Write.
type Tx struct {
	g     *group
	log   id.Log
	first uint64
	ops   []oplog.Op
	stamp clock.Clock
	docs  map[id.Doc]*entry // private copies of what the batch changes
	large map[id.Doc]int    // sizes before the batch of those that are near the limit
	bytes int               // of payloads
}

// Write runs fn to build one batch and returns when the batch is on disk and
// the documents show it. When fn fails nothing has changed. After an error of
// the disk the batch may be stored all the same, and is then shown later. fn
// runs on the committer's goroutine: it must not block, keep tx, or call the
// journal.
func (j *Journal) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return j.submit(ctx, &request{write: fn, answer: make(chan error, 1)})
}

func (g *group) write(fn func(tx *Tx) error) error {
	// Before fn, which may plan changes for the log that they go to.
	if err := g.j.begin(); err != nil {
		return err
	}
	log := g.j.self.data
	tx := &Tx{g: g, log: log, first: g.head(log).Next, stamp: clock.At(g.j.clock.Last()), docs: map[id.Doc]*entry{}, large: map[id.Doc]int{}}
	if err := fn(tx); err != nil {
		return err
	}
	if len(tx.ops) == 0 {
		return nil
	}
	if err := tx.checkSizes(); err != nil {
		return err
	}
	b, err := tx.seal()
	if err != nil {
		return err
	}
	table, err := g.table()
	if err != nil {
		return err
	}
	if err := table.MayWrite(b.Header); err != nil {
		return err
	}
	g.j.clock = tx.stamp
	maps.Copy(g.docs, tx.docs)
	g.own[id.Op{Log: b.Log, Seq: b.First}] = true
	g.written[b.Log] = true
	g.add(b)
	g.told = append(g.told, b.Deps...)
	return nil
}

// begin runs FirstWrite, once.
func (j *Journal) begin() error {
	if j.begun || j.FirstWrite == nil {
		return nil
	}
	copied, err := j.FirstWrite()
	if err != nil {
		return err
	}
	if copied {
		j.Log.Info("the folder was copied or restored; this device goes on in new logs")
		if err := j.reincarnate(); err != nil {
			return err
		}
	}
	j.begun = true
	return nil
}

func (tx *Tx) seal() (oplog.Batch, error) {
	j := tx.g.j
	draft := oplog.Draft{
		Workspace: j.workspace.Prefix(), Log: tx.log, First: tx.first,
		Level: oplog.Level, Prev: tx.g.head(tx.log).Hash, Deps: j.deps(), Ops: tx.ops,
	}
	b, err := oplog.Seal(draft, j.Key)
	if errors.Is(err, oplog.ErrTooLarge) {
		return b, tooMuch(err)
	}
	if err != nil {
		return b, fmt.Errorf("seal batch %s/%d: %w", tx.log, tx.first, err)
	}
	return b, nil
}

// deps returns what this device has folded in of other logs since it last said
// so. More than a batch may carry are left for the next one: readers then only
// know of less causality.
func (j *Journal) deps() []oplog.Dep {
	var deps []oplog.Dep
	for log, next := range j.applied {
		next = j.rules().limit(log, next)
		if log != j.self.data && next > j.told[log] {
			deps = append(deps, oplog.Dep{Log: log, Next: next})
		}
	}
	oplog.SortDeps(deps)
	return deps[:min(len(deps), oplog.MaxDeps)]
}

// Now returns the time of the batch.
func (tx *Tx) Now() time.Time { return tx.g.now }

// Log returns the log that the batch goes to.
func (tx *Tx) Log() id.Log { return tx.log }

// Rand is the source of randomness.
func (tx *Tx) Rand() io.Reader { return tx.g.j.Rand }

// Jitter returns a random number for order keys, 0 if there is no randomness.
func (tx *Tx) Jitter() uint32 {
	var b [4]byte
	if _, err := io.ReadFull(tx.g.j.Rand, b[:]); err != nil {
		return 0
	}
	return binary.BigEndian.Uint32(b[:])
}

// Doc returns the document as the batch so far leaves it. The caller changes
// it only through Apply.
func (tx *Tx) Doc(name id.Doc) (*doc.Doc, error) {
	if e, ok := tx.docs[name]; ok {
		return e.doc, nil
	}
	e, err := tx.g.entry(name)
	if err != nil {
		return nil, err
	}
	if e.doc.Noun() == 0 {
		return nil, ErrNoDoc
	}
	e = e.private()
	tx.docs[name] = e
	if e.size >= warnDocBytes {
		e.size = len(e.doc.Append(nil))
		tx.large[name] = e.size
	}
	return e.doc, nil
}

// New returns a fresh document for Apply to fill.
func (tx *Tx) New() (*doc.Doc, error) {
	name, err := id.NewDoc(tx.g.now, tx.g.j.Rand)
	if err != nil {
		return nil, err
	}
	d := doc.New(name)
	tx.Adopt(d)
	return d, nil
}

// Adopt takes a document that is new everywhere, and whose name was chosen
// elsewhere, into the batch for Apply to fill.
func (tx *Tx) Adopt(d *doc.Doc) { tx.docs[d.ID()] = &entry{doc: d} }

// Apply gives change its place in the batch and folds it into d, which Doc or
// New of this tx returned. kind is the document's kind.
func (tx *Tx) Apply(d *doc.Doc, kind uint16, change doc.Change) error {
	if d.Frozen() {
		return fault.New(fault.Newer, "This document was changed by a later version of Cairn.", "Update Cairn to edit it.")
	}
	change.Noun = kind
	op := change.At(doc.Version{At: tx.stamp.Next(tx.g.now), By: id.Op{Log: tx.log, Seq: tx.first + uint64(len(tx.ops))}})
	if err := d.Apply(op); err != nil {
		return fmt.Errorf("apply a change of our own: %w", err)
	}
	tx.ops = append(tx.ops, op)
	tx.docs[d.ID()].size += len(op.Payload) + opOverhead
	if tx.bytes += len(op.Payload); tx.bytes > oplog.MaxBody {
		return tooMuch(oplog.ErrTooLarge)
	}
	return nil
}

// checkSizes refuses what would make a document too large for its readers. One
// that a merge has made too large may still be edited, as long as it does not
// grow.
func (tx *Tx) checkSizes() error {
	for name, e := range tx.docs {
		if e.size < warnDocBytes {
			continue
		}
		e.size = len(e.doc.Append(nil))
		if e.size > MaxDocBytes && e.size > tx.large[name] {
			return fault.New(fault.Invalid, "The document would grow to %d KiB; 1024 KiB is the most.", "Split it into several documents, or attach long data as a file.").With((e.size + 1023) >> 10)
		}
	}
	return nil
}

// tooMuch is the fault of a batch beyond the limits.
func tooMuch(err error) error {
	return fault.Wrap(err, fault.Invalid, "That is too much to change in one step.", "Change less at a time; long data belongs in a file.")
}

// Pen returns the writer that noun.Pen describes for d, of the given kind.
func (tx *Tx) Pen(d *doc.Doc, kind uint16) noun.Pen {
	return noun.Pen{
		Doc: d, Log: tx.log, Jitter: tx.Jitter,
		Apply: func(c doc.Change) error { return tx.Apply(d, kind, c) },
	}
}
