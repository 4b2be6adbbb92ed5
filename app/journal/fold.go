package journal

import (
	"errors"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

const (
	// foldChunk is how many batches are read from the disk at once.
	foldChunk = 64
	// foldDocs is how many documents a group changes before it publishes, so
	// that catching up on a large log stays within memory.
	foldDocs = 8192
)

// foldIn folds in what the group has stored, or everything anew when the
// membership has changed what counts.
func (g *group) foldIn() error {
	if !g.j.refold {
		return g.foldAll()
	}
	g.publish()
	if err := g.j.rebuild(); err != nil {
		return err
	}
	g.j.refold = false
	return nil
}

// foldAll folds in everything that is stored and not waiting for something.
func (g *group) foldAll() error {
	for more := true; more; {
		var err error
		if more, err = g.fold(); err != nil {
			return err
		}
		if more && g.j.dirty.due(g.now, len(g.j.docs.dirty)) {
			if err := g.j.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// fold applies stored batches to the documents they touch, in an order that
// respects what their authors had seen, until every log is at its head or has
// to wait, or enough documents have changed; then it reports more. It
// publishes what it folded in.
func (g *group) fold() (more bool, err error) {
	g.stalled = map[id.Log]Stall{}
	f := folder{
		ahead: g.ahead, applied: g.next, batches: g.pending, entered: g.entered,
		void: func(h oplog.Header) bool { return g.j.mayWrite(h) != nil },
		full: func() bool { return len(g.docs) >= foldDocs },
		apply: func(op oplog.Op) error {
			d, err := g.mutable(op.Doc)
			if err != nil {
				return err
			}
			if err := d.Apply(op); err != nil && !errors.Is(err, doc.ErrFrozen) {
				g.j.Log.Warn("an operation has no effect", "err", err)
			}
			return nil
		},
	}
	more, err = f.run(g.j.dataLogs(), g.stalled)
	if err != nil {
		return false, err
	}
	g.publish()
	return more, nil
}

// ahead reports whether b must wait for the clock. This device's own changes
// never do: a person who set a wrong clock right goes on seeing them.
func (g *group) ahead(b oplog.Batch) bool {
	return b.Log.Device != g.j.device.Short() && b.Last.AheadOf(g.now)
}

// next returns how far log is folded in.
func (g *group) next(log id.Log) uint64 {
	if n, ok := g.applied[log]; ok {
		return n
	}
	return g.j.applied[log]
}

// pending returns stored batches of log from operation from on, none at its head.
func (g *group) pending(log id.Log, from uint64) ([]oplog.Batch, error) {
	if from >= g.j.heads[log].Next {
		return nil, nil
	}
	for i, b := range g.batches[log] {
		if b.First == from {
			return g.batches[log][i:], nil
		}
	}
	return g.j.read(log, from, foldChunk)
}

// entered notes that b is folded in, and says whether its operations still
// have to be applied.
func (g *group) entered(b oplog.Batch) bool {
	g.applied[b.Log] = b.End()
	g.j.dirty.add(b, g.now)
	if g.own[id.Op{Log: b.Log, Seq: b.First}] {
		return false
	}
	g.j.clock.Observe(b.Last)
	return true
}

// mutable returns the group's own copy of a document.
func (g *group) mutable(name id.Doc) (*doc.Doc, error) {
	if e, ok := g.docs[name]; ok {
		return e.doc, nil
	}
	e, err := g.j.published(name)
	if err != nil {
		return nil, err
	}
	e = e.private()
	g.docs[name] = e
	return e.doc, nil
}

// entry returns a document as the group so far leaves it; the caller makes it
// private before a change.
func (g *group) entry(name id.Doc) (*entry, error) {
	if e, ok := g.docs[name]; ok {
		return e, nil
	}
	return g.j.published(name)
}

// dataLogs returns the logs that hold documents, those with something to fold
// in or not.
func (j *Journal) dataLogs() []id.Log {
	logs := make([]id.Log, 0, len(j.heads))
	for log, head := range j.heads {
		if !j.controlLogs[log] && j.applied[log] < head.Next {
			logs = append(logs, log)
		}
	}
	return logs
}

// read returns up to most stored batches of log, starting with the one that
// holds operation from.
func (j *Journal) read(log id.Log, from uint64, most int) ([]oplog.Batch, error) {
	var out []oplog.Batch
	err := j.Disk.Batches(log, from, func(_ uint64, raw []byte) error {
		b, err := oplog.Open(raw)
		if err != nil {
			return damaged(log, from, err)
		}
		out = append(out, b)
		if len(out) == most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

var errEnough = errors.New("enough")

// folder brings logs to their heads. It knows nothing of where batches come
// from or documents live: the committer, catching up and verification each
// give it theirs.
type folder struct {
	ahead   func(oplog.Batch) bool // dated too far in the future
	applied func(id.Log) uint64
	batches func(log id.Log, from uint64) ([]oplog.Batch, error)
	entered func(oplog.Batch) bool
	void    func(oplog.Header) bool
	full    func() bool
	apply   func(oplog.Op) error
}

// run folds logs in until none moves. Where one has to wait, stalls says why.
func (f *folder) run(logs []id.Log, stalls map[id.Log]Stall) (more bool, err error) {
	for moved := true; moved; {
		moved = false
		for _, log := range logs {
			from := f.applied(log)
			if err := f.advance(log, stalls); err != nil {
				return false, err
			}
			if f.full() {
				return true, nil
			}
			moved = moved || f.applied(log) > from
		}
	}
	return false, nil
}

// advance folds in log until its head, a batch that has to wait, or full.
func (f *folder) advance(log id.Log, stalls map[id.Log]Stall) error {
	for !f.full() {
		batches, err := f.batches(log, f.applied(log))
		if err != nil {
			return err
		}
		if len(batches) == 0 {
			delete(stalls, log)
			return nil
		}
		for _, b := range batches {
			if s, waits := f.waits(b); waits {
				stalls[log] = s
				return nil
			}
			if err := f.enter(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *folder) enter(b oplog.Batch) error {
	if !f.entered(b) || f.void(b.Header) {
		return nil
	}
	for _, op := range b.Ops {
		if err := f.apply(op); err != nil {
			return err
		}
	}
	return nil
}

// waits says whether a batch can't be folded in yet, and why.
func (f *folder) waits(b oplog.Batch) (Stall, bool) {
	if b.Level > oplog.Level {
		return Stall{Next: b.First, Reason: NeedsNewerVersion}, true
	}
	if f.ahead(b) {
		return Stall{Next: b.First, Reason: FromTheFuture, Until: b.Last.Time()}, true
	}
	for _, d := range b.Deps {
		if f.applied(d.Log) < d.Next {
			return Stall{Next: b.First, Reason: MissingDependency, For: d}, true
		}
	}
	return Stall{}, false
}
