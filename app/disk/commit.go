package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/fault"
)

// record is one key to set, or to delete when value is nil.
type record struct{ key, value []byte }

// unit is what stands in one transaction whatever else does.
type unit []record

func (u unit) size() (bytes, count int64) {
	for _, r := range u {
		// As the database reckons, with the ten bytes it may add to a key.
		bytes += int64(len(r.key)+len(r.value)) + 12
	}
	return bytes, int64(len(u))
}

// commit writes units, in order, in as few transactions as they fit in. All of
// them are on the disk when it returns nil; when it fails, a part of them may
// be. The caller holds d.write.
func (d *Disk) commit(units []unit) error {
	if len(units) == 0 {
		return nil
	}
	if d.opts.ReadOnly {
		return readOnly(d.opts.Dir)
	}
	if err := d.checkSpace(units); err != nil {
		return err
	}
	db, err := d.acquire()
	if err != nil {
		return err
	}
	defer d.release()
	for len(units) > 0 {
		n, err := d.commitSome(db, units)
		if err != nil {
			return d.fail(err)
		}
		units = units[n:]
	}
	// A mark that comes late loses nothing: it only notices less.
	if err := d.mark.set(d.group, false); err != nil {
		d.opts.Log.Warn("write mark not moved", "dir", d.opts.Dir, "err", err)
	}
	return nil
}

// commitSome writes as many units as fit in one transaction, and returns how
// many.
func (d *Disk) commitSome(db *badger.DB, units []unit) (int, error) {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	group := record{groupKey(), number(d.group + 1)}
	// The database adds an entry that ends the transaction.
	end := record{key: []byte("!badger!txn"), value: make([]byte, 20)}
	bytes, count := unit{group, end}.size()
	n := 0
	for _, u := range units {
		b, c := u.size()
		if n > 0 && (bytes+b >= db.MaxBatchSize() || count+c >= db.MaxBatchCount()) {
			break
		}
		bytes, count = bytes+b, count+c
		for _, r := range u {
			if err := set(txn, r); err != nil {
				return 0, err
			}
		}
		n++
	}
	if err := set(txn, group); err != nil {
		return 0, err
	}
	if err := txn.Commit(); err != nil {
		return 0, err
	}
	d.group++
	d.written = true
	return n, nil
}

func set(txn *badger.Txn, r record) error {
	if r.value == nil {
		return txn.Delete(r.key)
	}
	return txn.Set(r.key, r.value)
}

// fail takes the database out of use: after an error of its own it may hold a
// part of what it was given, and does not stand further calls.
func (d *Disk) fail(err error) error {
	err = translate(fmt.Errorf("write to the database: %w", err), d.opts.Dir)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed = err
	return err
}

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
