package member

import (
	"cmp"
	"crypto/ed25519"
	"maps"
	"math"
	"slices"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/seal"
)

// Device is a key that writes for a person. Its slices are not to be changed.
type Device struct {
	ID      id.Device
	Key     ed25519.PublicKey
	Person  id.Person
	Added   clock.Stamp // of the act that admitted it
	Removed bool
	// Cut says of each log it names how much of it counts, sorted by log. It
	// holds for ever, also when the person gets the right to write back: the
	// device then goes on in another log.
	Cut []oplog.Dep
}

// Person is a member, or was one: then Role is None.
type Person struct {
	ID   id.Person
	Role Role
}

// Table is the membership as a set of control batches makes it. It does not
// change, and is safe for concurrent use.
type Table struct {
	workspace id.Workspace
	founding  id.Log
	persons   map[id.Person]Person
	devices   map[id.ShortDevice]Device
	ranks     map[id.Person]int                      // of administrators: who has been one for longer comes first
	ranked    int                                    // ranks given so far
	now       clock.Stamp                            // of the act that is judged
	invites   []InviteState                          // in the order in which they were made
	seals     []sealKey                              // in the order in which they were made
	current   seal.KeyID                             // of seals
	keys      map[id.ShortDevice][]ed25519.PublicKey // every key that a control batch names, sorted
	heads     oplog.Vector                           // of the control logs, as far as they are judged
	frontier  map[id.Log]uint64                      // control log → end of its last effective batch, if no other names it as a cause
	waiting   []oplog.Header
}

// Workspace returns the workspace that t is the membership of.
func (t *Table) Workspace() id.Workspace { return t.workspace }

// Device returns the device with an abbreviation, also a removed one.
func (t *Table) Device(short id.ShortDevice) (Device, bool) {
	d, ok := t.devices[short]
	return d, ok
}

// Key returns the key that control batches of a device are verified with. It
// knows more devices than Device does: also those whose admission is void, the
// batches of which are needed to judge others.
func (t *Table) Key(short id.ShortDevice) (ed25519.PublicKey, bool) {
	if d, ok := t.devices[short]; ok {
		return d.Key, true
	}
	if keys := t.keys[short]; len(keys) > 0 {
		return keys[0], true
	}
	return nil, false
}

// Devices returns all devices ever admitted, sorted by abbreviation.
func (t *Table) Devices() []Device {
	out := make([]Device, 0, len(t.devices))
	for _, short := range slices.Sorted(maps.Keys(t.devices)) {
		out = append(out, t.devices[short])
	}
	return out
}

// Persons returns all persons ever admitted, sorted by name.
func (t *Table) Persons() []Person {
	return slices.SortedFunc(maps.Values(t.persons), func(a, b Person) int { return a.ID.Compare(b.ID) })
}

// Role returns what a person may do, None for a stranger.
func (t *Table) Role(person id.Person) Role { return t.persons[person].Role }

// Heads returns how far the control logs are judged.
func (t *Table) Heads() oplog.Vector { return t.heads.Clone() }

// Waiting returns the batches that cannot be judged yet, because a cause, an
// earlier batch of their log or the admission of their device has not arrived.
// They are sorted by log and position.
func (t *Table) Waiting() []oplog.Header { return slices.Clone(t.waiting) }

// Draft returns the next batch of a control log with acts in it, judged after
// all that t knows. If log is new, it starts. The draft continues log where its
// judged part ends; somebody who has more of log than Heads says must not seal
// it, as log has forked or waits for a cause.
func (t *Table) Draft(log id.Log, acts []Act, at clock.Stamp) oplog.Draft {
	head := t.heads[log]
	d := oplog.Draft{
		Workspace: t.workspace.Prefix(),
		Control:   true,
		Log:       log,
		First:     head.Next,
		Prev:      head.Hash,
	}
	for cause, next := range t.frontier {
		if cause != log {
			d.Deps = append(d.Deps, oplog.Dep{Log: cause, Next: next})
		}
	}
	if len(d.Deps) > oplog.MaxDeps {
		// The rest stays in the frontier for the next batch. What administrators
		// did comes first: others must not crowd it out.
		slices.SortFunc(d.Deps, func(a, b oplog.Dep) int {
			return cmp.Or(cmp.Compare(t.rankOf(a.Log.Device), t.rankOf(b.Log.Device)), a.Log.Compare(b.Log))
		})
		d.Deps = d.Deps[:oplog.MaxDeps]
	}
	oplog.SortDeps(d.Deps)
	for _, a := range acts {
		d.Ops = append(d.Ops, Op(a, at))
	}
	return d
}

// rankOf returns the rank of the administrator whose device it is. Everybody
// else comes after all of them.
func (t *Table) rankOf(short id.ShortDevice) int {
	if d, known := t.devices[short]; known && !d.Removed {
		if rank, admin := t.ranks[d.Person]; admin {
			return rank
		}
	}
	return math.MaxInt
}

// advance notes that b is judged, and whether any act of it stands. Batches
// without effect are nobody's cause: else a viewer could crowd out the causes
// that matter, of which a batch can name only so many.
func (t *Table) advance(b oplog.Batch, effect bool) {
	t.heads[b.Log] = b.Head(b.Hash)
	if !effect {
		return
	}
	for _, d := range b.Deps {
		if t.frontier[d.Log] <= d.Next {
			delete(t.frontier, d.Log)
		}
	}
	t.frontier[b.Log] = b.End()
}
