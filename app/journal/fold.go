package journal

import (
	"errors"
	"maps"

	"cairn/core/clock"
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
	clear(g.docs) // what is in them is in the logs
	if err := g.j.rebuild(); err != nil {
		return err
	}
	return g.j.leaveHeldUp()
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
	g.stalled = maps.Clone(g.j.stalled)
	f := folder{
		ahead: g.ahead, barred: g.j.barred, applied: g.next, batches: g.pending, entered: g.entered,
		void: func(h oplog.Header) bool { return !g.j.rules().counts(h) },
		full: func() bool { return len(g.docs) >= foldDocs },
		apply: func(op oplog.Op) error {
			e, err := g.mutable(op.Doc)
			if err != nil {
				return err
			}
			e.size += len(op.Payload) + opOverhead
			if err := e.doc.Apply(op); err != nil && !errors.Is(err, doc.ErrFrozen) {
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

// ahead reports whether a batch of log must wait for the clock. This device's
// own changes never do: a person who set a wrong clock right goes on seeing them.
func (g *group) ahead(log id.Log, last clock.Stamp) bool {
	return log.Device != g.j.device.Short() && last.AheadOf(g.now)
}

// barred reports whether not all of d can ever count: its author was removed,
// or may only look, or its log has forked. A replica that heard of that first
// never takes d in, so what names it as a cause must not wait for it.
func (j *Journal) barred(d oplog.Dep) bool {
	if limit, forked := j.forks[d.Log]; forked && d.Next > limit {
		return true
	}
	if j.members == nil || d.Next == 0 {
		return false
	}
	if _, known := j.members.Device(d.Log.Device); !known {
		return false // who admits it may still come
	}
	return !j.rules().counts(oplog.Header{Workspace: j.workspace.Prefix(), Log: d.Log, First: d.Next - 1, Count: 1})
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
func (g *group) mutable(name id.Doc) (*entry, error) {
	if e, ok := g.docs[name]; ok {
		return e, nil
	}
	e, err := g.j.published(name)
	if err != nil {
		return nil, err
	}
	e = e.private()
	g.docs[name] = e
	return e, nil
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
