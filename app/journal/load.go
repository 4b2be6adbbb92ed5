package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// The names of what the journal keeps beside logs and documents.
const (
	metaWorkspace = "workspace" // 32 bytes
	metaSelf      = "self"      // incarnations of the data and the control log, 4 bytes each
)

// load reads what the last run left and catches up with the logs.
func (j *Journal) load(ctx context.Context) error {
	if err := j.loadWorkspace(); err != nil {
		return err
	}
	heads, err := j.Disk.Heads()
	if err != nil {
		return err
	}
	for log, h := range heads {
		j.heads[log] = oplog.Head{Next: h.Next, Hash: h.Hash}
		j.ops += h.Next
		j.controlLogs[log] = h.Control
	}
	if err := j.loadForks(); err != nil {
		return err
	}
	if err := j.loadControl(); err != nil {
		return err
	}
	if err := j.loadSelf(); err != nil {
		return err
	}
	err = j.loadDocs(ctx)
	switch {
	case errors.Is(err, errOutdated):
		j.refold = true
		return j.newGroup().foldIn()
	case fault.KindOf(err) == fault.Damaged:
		// Documents are only what the logs say: make them anew.
		j.Log.Warn("stored documents are damaged; rebuilding them from the logs", "err", err)
		return j.rebuild()
	case err != nil:
		return err
	}
	return j.catchUp()
}

func (j *Journal) loadWorkspace() error {
	b, err := j.Disk.Meta(metaWorkspace)
	if errors.Is(err, disk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(b) != len(j.workspace) {
		return fault.New(fault.Damaged, "The name of the workspace is damaged on disk.", "Restore the folder from a backup with `cairn restore`.")
	}
	j.workspace = id.Workspace(b)
	return nil
}

// Belong says which workspace the journal holds. It is called once, on an
// empty journal, before the first Receive.
func (j *Journal) Belong(ctx context.Context, w id.Workspace) error {
	return j.do(ctx, func() error {
		if !j.workspace.IsZero() && j.workspace != w {
			return fault.New(fault.Conflict, "This folder holds another workspace already.", "Choose an empty folder with --data.")
		}
		if err := j.Disk.SetMeta(metaWorkspace, w[:]); err != nil {
			return err
		}
		j.mu.Lock()
		defer j.mu.Unlock()
		j.workspace = w
		return nil
	})
}

func (j *Journal) loadControl() error {
	for log, control := range j.controlLogs {
		if !control {
			continue
		}
		var err error
		if j.control, err = j.readControl(j.control, log, 0); err != nil {
			return err
		}
	}
	if j.workspace.IsZero() {
		j.workspace = founded(j.control)
	}
	if len(j.control) > 0 {
		j.evaluate()
	}
	return nil
}

// founded returns the workspace that one of the batches founds: in a salvaged
// folder the note that names it may be lost.
func founded(control []oplog.Batch) id.Workspace {
	for _, b := range control {
		if b.First == 0 && b.Workspace == ([8]byte{}) {
			return member.WorkspaceOf(b)
		}
	}
	return id.Workspace{}
}

// readControl appends the batches of a membership log from operation from on.
func (j *Journal) readControl(to []oplog.Batch, log id.Log, from uint64) ([]oplog.Batch, error) {
	err := j.Disk.Batches(log, from, func(first uint64, raw []byte) error {
		b, err := oplog.Open(raw)
		if err != nil {
			return damaged(log, first, err)
		}
		to = append(to, b)
		return nil
	})
	return to, err
}

// damaged is the error for a stored batch that can't be read.
func damaged(log id.Log, from uint64, err error) error {
	return fault.Wrap(err, fault.Damaged, "A stored change is damaged (log %s, near operation %d).", "Run `cairn verify` to see how much, then restore a backup or sync with a teammate.").With(log, from)
}

// loadSelf finds the logs that this device appends to, or starts new ones. A
// log that waits for something it wrote itself was written by a later version:
// it is left alone too.
func (j *Journal) loadSelf() error {
	b, err := j.Disk.Meta(metaSelf)
	switch {
	case errors.Is(err, disk.ErrNotFound), err == nil && len(b) != 8:
		return j.reincarnate()
	case err != nil:
		return err
	}
	short := j.device.Short()
	j.self = selfLogs{
		data:    id.Log{Device: short, Incarnation: binary.BigEndian.Uint32(b)},
		control: id.Log{Device: short, Incarnation: binary.BigEndian.Uint32(b[4:])},
	}
	return nil
}

// Reincarnate makes this device go on in new logs, as it must when its own
// latest writes may be missing here.
func (j *Journal) Reincarnate(ctx context.Context) error { return j.do(ctx, j.reincarnate) }

// Leave makes this device go on in new logs if it writes to log: others have
// more of log, or another history of it. Nothing that is written after Leave has
// returned goes to log. A log that this device does not write to is no error.
func (j *Journal) Leave(ctx context.Context, log id.Log) error {
	return j.do(ctx, func() error { return j.leave(log) })
}

func (j *Journal) leave(log id.Log) error {
	if log != j.self.data && log != j.self.control {
		return nil
	}
	return j.reincarnate()
}

func (j *Journal) reincarnate() error {
	clear(j.told)
	var b [8]byte
	for {
		if _, err := io.ReadFull(j.Rand, b[:]); err != nil {
			return fmt.Errorf("read randomness for a log: %w", err)
		}
		short := j.device.Short()
		j.self = selfLogs{
			data:    id.Log{Device: short, Incarnation: binary.BigEndian.Uint32(b[:])},
			control: id.Log{Device: short, Incarnation: binary.BigEndian.Uint32(b[4:])},
		}
		_, data := j.heads[j.self.data]
		_, control := j.heads[j.self.control]
		if !data && !control && j.self.data != j.self.control {
			return j.Disk.SetMeta(metaSelf, b[:])
		}
	}
}

// errOutdated is returned for stored documents that another version of Cairn,
// or another membership, would have folded otherwise.
var errOutdated = errors.New("they were folded by other rules")

// loadDocs adds up the states on disk and hands the documents to the view.
func (j *Journal) loadDocs(ctx context.Context) (err error) {
	if j.applied, err = j.Disk.Applied(); err != nil {
		return err
	}
	if err := j.checkBasis(); err != nil {
		return err
	}
	defer j.View.Loaded()
	return j.Disk.Docs(0, func(s disk.StoredDoc) error {
		j.total++
		j.hash.add(s.Hash)
		d, err := doc.Decode(s.ID, s.Body)
		if err != nil {
			return fault.Wrap(err, fault.Damaged, "The stored document %s is damaged.", "Documents are rebuilt from the log when Cairn opens.").With(s.ID)
		}
		if d.Outdated() {
			return fmt.Errorf("document %s: %w", s.ID, errOutdated)
		}
		// Own writes to come must win over all that is in.
		j.clock.Observe(d.Last().At)
		j.View.Load(d)
		return ctx.Err()
	})
}

// catchUp folds in what is logged but not yet in the documents on disk.
func (j *Journal) catchUp() error {
	if err := j.newGroup().foldAll(); err != nil {
		return err
	}
	return j.leaveStalled()
}
