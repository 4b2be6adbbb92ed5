package disk

import "cairn/core/fault"

// usable reports why the database can't be written to. After a failed write, or
// when it had to open lean, it opens the database anew first, so that work goes
// on once there is room.
// The caller holds d.write.
func (d *Disk) usable() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrClosed
	}
	if d.failed == nil && !d.lean {
		return nil
	}
	if err := d.checkSpace(nil); err != nil {
		return err
	}
	// A call under way may be one that this one is made from: waiting for it
	// could last for ever.
	if d.users > 0 {
		return d.failed // nil if the database is lean, which stands a few writes
	}
	if d.db != nil {
		if err := d.closeDatabase(); fault.KindOf(err) == fault.Full {
			return err
		} else if err != nil {
			d.opts.Log.Warn("database not closed in an orderly way after a failed write", "dir", d.opts.Dir, "err", err)
		}
	}
	if err := d.openDatabase(); err != nil {
		return err
	}
	d.failed = nil
	d.opts.Log.Info("database opened again", "dir", d.opts.Dir)
	return nil
}

// heal lets a reader open a failed database anew, unless a writer is at it.
func (d *Disk) heal() {
	d.mu.Lock()
	failed := d.failed != nil
	d.mu.Unlock()
	if failed && d.write.TryLock() {
		// The reader that follows meets the same error, if it persists.
		_ = d.usable()
		d.write.Unlock()
	}
}
