package member

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

// ErrFounding is returned when the batch that founded a workspace is missing
// or is none.
var ErrFounding = errors.New("no batch founds this workspace")

// Found returns the draft that founds a workspace, for the key of g to seal.
// It starts a control log of that device.
func Found(g Genesis, incarnation uint32, at clock.Stamp) oplog.Draft {
	return oplog.Draft{
		Control: true,
		Log:     id.Log{Device: id.DeviceOf(g.Key).Short(), Incarnation: incarnation},
		Ops:     []oplog.Op{Op(g, at)},
	}
}

// WorkspaceOf returns the name of the workspace that founding founds.
func WorkspaceOf(founding oplog.Batch) id.Workspace { return id.Workspace(founding.Hash) }

// founded returns the table as the Genesis in b leaves it. That b has the
// workspace's name as its hash is known.
func founded(ws id.Workspace, b oplog.Batch) (*Table, error) {
	if !b.Control() || b.First != 0 || len(b.Deps) > 0 || b.Workspace != ([8]byte{}) {
		return nil, fmt.Errorf("batch %v is not the start of a workspace: %w", b.Hash, ErrFounding)
	}
	a, err := Decode(b.Ops[0])
	if err != nil {
		return nil, fmt.Errorf("batch %v: %w: %w", b.Hash, err, ErrFounding)
	}
	g, ok := a.(Genesis)
	if !ok {
		return nil, fmt.Errorf("batch %v starts with %T: %w", b.Hash, a, ErrFounding)
	}
	device := id.DeviceOf(g.Key)
	if b.Log.Device != device.Short() {
		return nil, fmt.Errorf("batch %v is in the log of %v, founded by %v: %w", b.Hash, b.Log, device.Short(), ErrFounding)
	}
	if err := checkSignature(b, g.Key); err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrFounding)
	}
	t := &Table{
		workspace: ws,
		founding:  b.Log,
		persons:   map[id.Person]Person{},
		devices:   map[id.ShortDevice]Device{},
		ranks:     map[id.Person]int{},
		keys:      map[id.ShortDevice][]ed25519.PublicKey{},
		heads:     oplog.Vector{},
		frontier:  map[id.Log]uint64{},
	}
	t.now = b.Stamp
	t.setRole(g.Person, Admin)
	t.addDevice(g.Person, g.Key)
	return t, nil
}
