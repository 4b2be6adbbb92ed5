package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"
)

// usable reports why the database can't be written to. After a failed write it
// opens the database anew first, so that work goes on once its cause is gone.
// The caller holds d.write.
func (d *Disk) usable() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrClosed
	}
	if d.failed == nil {
		return nil
	}
	// A call under way may be one that this one is made from: waiting for it
	// could last for ever.
	if d.users > 0 {
		return d.failed
	}
	if err := d.checkSpace(nil); err != nil {
		return err
	}
	if d.db != nil {
		if err := d.closeDatabase(); err != nil {
			d.opts.Log.Warn("database not closed in an orderly way after a failed write", "dir", d.opts.Dir, "err", err)
		}
	}
	if err := d.openDatabase(); err != nil {
		return err
	}
	d.failed = nil
	d.opts.Log.Info("database opened again after a failed write", "dir", d.opts.Dir)
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

// checkSpace refuses units when they would leave less than the reserve.
func (d *Disk) checkSpace(units []unit) error {
	free, err := d.opts.freeSpace(d.opts.Dir)
	if err != nil {
		return translate(fmt.Errorf("measure free space: %w", err), d.opts.Dir)
	}
	need := d.opts.Reserve
	for _, u := range units {
		bytes, _ := u.size()
		need += uint64(bytes)
	}
	if free < need {
		return full(d.opts.Dir, fmt.Errorf("%d bytes are free, %d are needed", free, need))
	}
	return nil
}

// migrations take a folder from version i+1 of the format to the next.
var migrations = []func(db *badger.DB) error{}

// migrate brings the folder from version to Format, one version at a time; a
// crash in between goes on where it stopped.
func (d *Disk) migrate(version int) error {
	for v := version; v < Format; v++ {
		if d.opts.ReadOnly {
			return readOnly(d.opts.Dir)
		}
		if err := migrations[v-1](d.db); err != nil {
			return fmt.Errorf("bring the folder to format %d: %w", v+1, err)
		}
		if err := writeFormat(d.opts.Dir, format{Format: v + 1, KeyCheck: keyCheck(d.opts.Key)}); err != nil {
			return translate(err, d.opts.Dir)
		}
	}
	return nil
}
