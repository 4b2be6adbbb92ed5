// Package disk keeps a workspace in a folder: the logs, which are the truth;
// the document states, chunks and notes that are derived from or referred to
// by them; and blobs as files. It knows nothing of what any of these mean.
//
// What a writing method has returned nil for is on the disk and survives a
// crash of the process and a loss of power. FORMAT.md beside this file
// describes the folder. The database underneath is Badger; no type of it
// leaves this package.
package disk

import (
	"fmt"
	"log/slog"
	"sync"

	badger "github.com/dgraph-io/badger/v4"
	"github.com/gofrs/flock"

	"cairn/core/fault"
	"cairn/core/id"
)

// KeySize is the length of Options.Key.
const KeySize = 32

// Options say which folder to open and how.
type Options struct {
	Dir string
	// Key seals everything at rest; nil leaves the folder in the clear. It is
	// chosen when the folder is created and can't be changed later.
	Key []byte
	// Log takes the database's chatter at level debug. Nil means none.
	Log *slog.Logger
	// ReadOnly opens without changing one byte of the folder. It needs a
	// folder that was closed in an orderly way.
	ReadOnly bool
	// Reserve is how many bytes must stay free on the volume: below it writes
	// are refused, so that the database never runs dry in the middle of one.
	// 0 means DefaultReserve.
	Reserve uint64

	freeSpace func(dir string) (uint64, error) // for tests; nil asks the system
}

// Disk is an open folder. It is safe for concurrent use. A function passed to
// one of its methods may call it again, except for Close.
type Disk struct {
	opts Options
	lock *flock.Flock
	mark *mark

	mu     sync.Mutex // guards what follows
	idle   *sync.Cond // users fell to 0
	db     *badger.DB // nil when it has to be opened again
	users  int        // calls that use db
	failed error      // why db must not be used any more
	lean   bool       // db compacts nothing, for want of room
	closed bool

	write      sync.Mutex // one writer at a time; guards what follows, taken before mu
	heads      map[id.Log]Head
	group      uint64 // number of the latest write
	generation uint32 // of the derived state
	written    bool   // something, since the database opened
}

// Create makes a new, empty workspace in o.Dir, which must not exist or be
// empty, and opens it.
func Create(o Options) (*Disk, error) {
	if err := createFolder(o); err != nil {
		return nil, err
	}
	return Open(o)
}

// Open opens the workspace in o.Dir. Its faults are Locked (ErrLocked, with a
// LockedError) while another process holds the folder, NotFound where there is
// no workspace, Newer, Denied when o.Key does not fit, Damaged, Full and
// Unavailable. Nothing has been changed when it returns one of them.
func Open(o Options) (_ *Disk, err error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Reserve == 0 {
		o.Reserve = DefaultReserve
	}
	if o.freeSpace == nil {
		o.freeSpace = freeSpace
	}
	d := &Disk{opts: o}
	d.idle = sync.NewCond(&d.mu)
	if d.lock, err = lockFolder(o); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			d.unlock()
		}
	}()
	version, err := checkFormat(o)
	if err != nil {
		return nil, err
	}
	if d.mark, err = openMark(o); err != nil {
		return nil, err
	}
	if err := d.openDatabase(); err != nil {
		return nil, err
	}
	if err := d.migrate(version, migrations); err != nil {
		return nil, fmt.Errorf("open %s: %w", o.Dir, joinClose(err, d.db))
	}
	if !o.ReadOnly {
		if err := d.sweepBlobs(); err != nil {
			return nil, translate(fmt.Errorf("open %s: %w", o.Dir, joinClose(err, d.db)), o.Dir)
		}
	}
	return d, nil
}

// Close waits for the calls under way, closes the folder and gives it free.
// Calls that come later fail. Closing twice does nothing. A fault Full says
// that there was no room to tidy up: nothing is lost, and the folder is held
// until the process ends.
func (d *Disk) Close() error {
	if !d.drain() {
		return nil
	}
	d.write.Lock()
	defer d.write.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	var err error
	if d.db != nil {
		err = d.closeDatabase()
	}
	if err == nil || fault.KindOf(err) != fault.Full {
		d.unlock() // a database that could not be closed still holds its files
	}
	if err != nil {
		return fmt.Errorf("close %s: %w", d.opts.Dir, translate(err, d.opts.Dir))
	}
	return nil
}

// drain refuses new calls and waits for those under way. It must not hold d.write
// meanwhile: one of them may be about to write from within a scan, and must
// be let through to be refused. It reports false if d was closed before.
func (d *Disk) drain() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	d.closed = true
	for d.users > 0 {
		d.idle.Wait()
	}
	return true
}

// Dir returns the folder.
func (d *Disk) Dir() string { return d.opts.Dir }
