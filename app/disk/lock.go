package disk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"cairn/core/fault"
)

// ErrLocked is in the chain of Open's error while another process holds the
// folder; that error is a LockedError too.
var ErrLocked = errors.New("another process holds the folder")

// Holder is the process that holds a folder, as far as it told.
type Holder struct {
	PID int    `json:"pid"`
	API string `json:"api"` // where its HTTP face listens; empty when it has none
}

// LockedError says who holds the folder, so that a command can be sent there.
type LockedError struct {
	Holder Holder
	fault  *fault.Error
}

func (e *LockedError) Error() string { return e.fault.Error() }

// Unwrap returns the fault, whose cause is ErrLocked.
func (e *LockedError) Unwrap() error { return e.fault }

// lockFolder takes the lock of a folder that is a workspace.
func lockFolder(o Options) (*flock.Flock, error) {
	if _, err := os.Stat(filepath.Join(o.Dir, formatName)); errors.Is(err, fs.ErrNotExist) {
		return nil, noWorkspace(o.Dir)
	}
	return takeLock(o)
}

// takeLock takes the lock, which the system takes back when the process ends
// in whatever way.
func takeLock(o Options) (*flock.Flock, error) {
	path := filepath.Join(o.Dir, lockName)
	if o.ReadOnly {
		return lockReadOnly(path, o.Dir)
	}
	l := flock.New(path, flock.SetPermissions(0o600))
	held, err := l.TryLock()
	if err != nil {
		return nil, translate(fmt.Errorf("lock %s: %w", o.Dir, err), o.Dir)
	}
	if !held {
		return nil, locked(o.Dir)
	}
	// Advice for people who find the folder held; the lock does not need it.
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		return nil, translate(errors.Join(fmt.Errorf("lock %s: %w", o.Dir, err), l.Close()), o.Dir)
	}
	return l, nil
}

// lockReadOnly shares the lock with other readers. A folder that never had a
// lock file and can't be given one is held by nobody.
func lockReadOnly(path, dir string) (*flock.Flock, error) {
	l := flock.New(path, flock.SetFlag(os.O_RDONLY))
	held, err := l.TryRLock()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, translate(fmt.Errorf("lock %s: %w", dir, err), dir)
	}
	if !held {
		return nil, locked(dir)
	}
	return l, nil
}

func (d *Disk) unlock() {
	d.mark.close()
	if d.lock == nil {
		return
	}
	if err := d.lock.Close(); err != nil {
		d.opts.Log.Warn("workspace lock not given back before the process ends", "dir", d.opts.Dir, "err", err)
	}
}

func locked(dir string) error {
	h := holder(dir)
	held := fault.Wrap(ErrLocked, fault.Locked, "Another process holds the folder %s.", hintLocked).With(dir)
	if h.PID != 0 {
		held = fault.Wrap(ErrLocked, fault.Locked, "Process %d holds the folder %s.", hintLocked).With(h.PID, dir)
	}
	return &LockedError{Holder: h, fault: held}
}

// holder reads what the process that holds the folder told about itself. A
// node.json left behind by an earlier process does not count.
func holder(dir string) Holder {
	var h Holder
	if body, err := os.ReadFile(filepath.Join(dir, lockName)); err == nil {
		h.PID, _ = strconv.Atoi(strings.TrimSpace(string(body)))
	}
	body, err := os.ReadFile(filepath.Join(dir, NodeName))
	if err != nil {
		return h
	}
	var node Holder
	if json.Unmarshal(body, &node) != nil || (h.PID != 0 && node.PID != h.PID) {
		return h
	}
	return node
}
