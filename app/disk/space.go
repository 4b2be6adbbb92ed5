package disk

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// The database maps its files, and the system answers a write to a map for
// which the volume has no room by ending the process. So the room is looked at
// before, and what would run out of it is not begun.
const (
	// DefaultReserve is what Options.Reserve is when it says nothing: memory
	// tables being written out (3 times 16 MiB), their successors' write-ahead
	// files (as much), and the compaction of a full first level (8 tables) into
	// a second (at most 100 MiB), whose inputs go when its outputs stand.
	DefaultReserve = 384 << 20
	// closeReserve is what writing out the memory tables takes at most.
	closeReserve = 3 * memTable
	// closePatience is how long a close waits for the database to write out its
	// memory, which it tries for ever when the system refuses.
	closePatience = 20 * time.Second
)

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

// chooseLean decides whether there is room for the database to open as usual.
// If not it opens lean: it compacts nothing, so that everything can be read
// however full the volume is.
func (d *Disk) chooseLean(found *inspection) error {
	d.lean = false
	if d.opts.ReadOnly || d.checkSpace(nil) == nil {
		return nil
	}
	free, err := d.opts.freeSpace(d.opts.Dir)
	if err != nil {
		return translate(fmt.Errorf("measure free space: %w", err), d.opts.Dir)
	}
	// What stands in write-ahead files is written out as the database opens.
	var need uint64 = 1 << 20
	for _, path := range found.files.wals {
		if info, err := os.Stat(path); err == nil {
			need += uint64(min(info.Size(), memTable+memTable/4))
		}
	}
	if free < need {
		return full(d.opts.Dir, fmt.Errorf("%d bytes are free, %d are needed to open the database", free, need))
	}
	d.lean = true
	d.opts.Log.Warn("little room on the disk: the workspace opens for reading", "dir", d.opts.Dir, "free", free)
	return nil
}

// closeDatabase closes the database. Without the room to write out its memory
// it is left as a crash would leave it, which the next Open mends.
func (d *Disk) closeDatabase() error {
	if free, err := d.opts.freeSpace(d.opts.Dir); err == nil && free < closeReserve && !d.opts.ReadOnly && d.written {
		return full(d.opts.Dir, errors.New("there is no room to write out what is in memory; all of it stands in write-ahead files"))
	}
	db, closed := d.db, make(chan error, 1)
	d.db = nil
	go func() { closed <- db.Close() }()
	select {
	case err := <-closed:
		if err == nil && d.mark.f != nil && d.failed == nil {
			err = d.mark.reset(d.group, true)
		}
		return err
	case <-time.After(closePatience):
		return full(d.opts.Dir, errors.New("the database still tries to write out its memory; all of it stands in write-ahead files"))
	}
}
