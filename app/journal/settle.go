package journal

import (
	"errors"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// settle brings memory in line with the disk after a commit that failed
// half-way. Until it has succeeded nothing else is committed: a change planned
// on documents that lack this device's own latest batches would hide those.
func (j *Journal) settle() error {
	if !j.amiss {
		return nil
	}
	if err := j.reread(); err != nil {
		return err
	}
	if err := j.newGroup().foldIn(); err != nil {
		return err
	}
	if err := j.leaveStalled(); err != nil {
		return err
	}
	j.amiss = false
	return nil
}

// reread takes the heads from the disk: of a failed append the first batches
// may be stored, or all.
func (j *Journal) reread() error {
	heads, err := j.Disk.Heads()
	if err != nil {
		return err
	}
	var control []oplog.Batch
	for log, h := range heads {
		if h.Control && h.Next > j.heads[log].Next {
			if control, err = j.readControl(control, log, j.heads[log].Next); err != nil {
				return err
			}
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for log, h := range heads {
		j.setHead(log, oplog.Head{Next: h.Next, Hash: h.Hash})
	}
	j.admit(control)
	return nil
}

// leaveHeldUp gives up the log of this device if an operation of it waits in a
// document: text that was written beside text which is void now waits for ever,
// and what follows in the same log with it. All documents are on the disk.
func (j *Journal) leaveHeldUp() error {
	err := j.Disk.Docs(0, func(s disk.StoredDoc) error {
		d, err := doc.Decode(s.ID, s.Body)
		if err != nil {
			return err
		}
		if d.WaitsIn(j.self.data) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return j.reincarnate()
	}
	return err
}

// leaveStalled gives up logs of this device that wait for something: what is
// written there next would wait too.
func (j *Journal) leaveStalled() error {
	for _, own := range []id.Log{j.self.data, j.self.control} {
		if _, waits := j.stalled[own]; waits {
			return j.reincarnate()
		}
	}
	return nil
}
