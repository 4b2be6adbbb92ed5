package journal

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Receive takes in batches of other devices, in order within each log, and
// returns when they are on disk. Batches that are here already are passed
// over. What a batch waits for (see Stall) does not keep it from being stored.
// The bytes are kept.
//
// The error wraps oplog.ErrGap when batches before one of them are missing,
// oplog.ErrFork when a device has signed two histories under one name, and is
// a fault.Denied when the author may not write; nothing of the call is stored
// then.
func (j *Journal) Receive(ctx context.Context, raws [][]byte) error {
	return j.receive(ctx, raws, false)
}

// TakeBack is Receive for batches that a journal held before. Those of authors
// who have lost the right to write since are stored too, without effect.
func (j *Journal) TakeBack(ctx context.Context, raws [][]byte) error {
	return j.receive(ctx, raws, true)
}

func (j *Journal) receive(ctx context.Context, raws [][]byte, back bool) error {
	in, refused := j.checkSome(raws)
	if refused != nil {
		return refused
	}
	return j.submit(ctx, &request{receive: in, back: back, answer: make(chan error, 1)})
}

// arrived is a teammate's batch, and the key that its signature has been found
// to fit, so that the committer need not verify it again.
type arrived struct {
	oplog.Batch
	signer ed25519.PublicKey
}

// checkAll takes batches apart and verifies the signatures of devices that are
// known, on every core: it is what receiving costs most.
func (j *Journal) checkAll(raws [][]byte) (in []arrived, errs []error) {
	members := j.Members()
	in, errs = make([]arrived, len(raws)), make([]error, len(raws))
	work := func(from, to int) {
		for i := from; i < to; i++ {
			in[i], errs[i] = checkOne(raws[i], members)
		}
	}
	share := max((len(raws)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), minShare)
	var workers sync.WaitGroup
	for from := share; from < len(raws); from += share {
		workers.Go(func() { work(from, min(from+share, len(raws))) })
	}
	work(0, min(share, len(raws)))
	workers.Wait()
	return in, errs
}

// minShare is how many batches are worth a goroutine.
const minShare = 8

func checkOne(raw []byte, members *member.Table) (arrived, error) {
	b, err := oplog.Open(raw)
	if err != nil {
		return arrived{}, unreadable(err)
	}
	if members == nil {
		return arrived{Batch: b}, nil
	}
	key, ok := members.Key(b.Log.Device)
	if !ok {
		return arrived{Batch: b}, nil
	}
	return arrived{b, key}, verify(b, key)
}

func verify(b oplog.Batch, key ed25519.PublicKey) error {
	if _, err := oplog.Verify(b.Raw, key); err != nil {
		return fault.Wrap(fmt.Errorf("batch %s/%d: %w", b.Log, b.First, err), fault.Denied, "That change is not signed by the device that it names.", "Ask who sent this.")
	}
	return nil
}

// receive takes a request's batches into the group, all or none.
func (g *group) receive(r *request) error {
	undo := g.mark()
	if _, err := g.receiveEach(r); err != nil {
		undo()
		return err
	}
	return nil
}

// receiveSome takes a request's batches into the group up to the first that
// can't be.
func (g *group) receiveSome(r *request) error {
	stored, err := g.receiveEach(r)
	if r.stored = stored; err != nil {
		r.refused = err
	}
	if r.stored == 0 {
		return r.refused
	}
	return nil
}

// receiveEach takes a request's batches into the group, up to the first that
// can't be, of which err says why.
func (g *group) receiveEach(r *request) (received int, err error) {
	for n := 0; n < len(r.receive); {
		if run := g.receiveRun(r.receive[n:]); run > 0 {
			n += run
			continue
		}
		if err := g.receiveOne(r.receive[n], r.back); err != nil && !errors.Is(err, oplog.ErrKnown) {
			return n, err
		}
		n++
	}
	return len(r.receive), nil
}

// mark returns a function that takes back what was added to the group since.
func (g *group) mark() (undo func()) {
	before := *g
	heads := g.heads.Clone()
	return func() {
		for _, e := range g.entries[len(before.entries):] {
			if !e.Control {
				g.batches[e.Log] = g.batches[e.Log][:len(g.batches[e.Log])-1]
			}
		}
		g.entries, g.control, g.members = before.entries, before.control, before.members
		g.bytes, g.moved, g.heads = before.bytes, before.moved, heads
	}
}

// receiveOne takes one batch in. The error is oplog.ErrKnown if it is here.
func (g *group) receiveOne(b arrived, back bool) error {
	if !g.belongs(b.Batch) {
		return fault.New(fault.Denied, "That change belongs to another workspace.", "Check which workspace the sender has open.")
	}
	fork, err := g.place(b.Batch)
	if err != nil {
		return err
	}
	table, err := g.tableFor(b.Batch)
	if err != nil {
		return err
	}
	key, ok := table.Key(b.Log.Device)
	if !ok {
		return unknownDevice(b.Log.Device)
	}
	if !b.Control() && !back {
		if err := table.MayWrite(b.Header); err != nil {
			return err
		}
	}
	if !key.Equal(b.signer) {
		if err := verify(b.Batch, key); err != nil {
			return err
		}
	}
	if fork != nil {
		return fork // it is one only when it is signed
	}
	if b.Control() {
		g.members = table
	}
	g.take(b.Batch)
	return nil
}

// take adds a batch that has been judged.
func (g *group) take(b oplog.Batch) {
	if b.Log == g.j.self.data || b.Log == g.j.self.control {
		// Somebody has more of our log than we: what else we lack of it is not
		// to be written a second time.
		g.moved = true
	}
	if limit, forked := g.j.forks[b.Log]; forked && b.End() > limit && b.Log.Device == g.j.device.Short() {
		g.j.owes = true // another life of this device wrote it
	}
	g.add(b)
}

// place finds where b stands in its log. It returns a nil fork for the next
// batch, and otherwise why b is none that can be signed so. The error is
// ErrKnown or ErrGap.
func (g *group) place(b oplog.Batch) (fork, err error) {
	head := g.head(b.Log)
	if head.Next > 0 && g.isControl(b.Log) != b.Control() {
		return forked(fmt.Errorf("batch %s/%d with control %v: %w", b.Log, b.First, b.Control(), oplog.ErrFork)), nil
	}
	err = oplog.Follows(b.Header, head)
	switch {
	case errors.Is(err, oplog.ErrFork):
		return forked(err), nil
	case errors.Is(err, oplog.ErrKnown):
		same, readErr := g.has(b)
		if readErr != nil || same {
			return nil, errors.Join(err, readErr)
		}
		return forked(fmt.Errorf("batch %s/%d is another than the one known: %w", b.Log, b.First, oplog.ErrFork)), nil
	}
	return nil, err
}

// isControl reports whether log, of which something is here or in the group,
// is one of membership.
func (g *group) isControl(log id.Log) bool {
	return g.j.controlLogs[log] || slices.ContainsFunc(g.control, func(b oplog.Batch) bool { return b.Log == log })
}

// has reports whether b itself is stored or in the group.
func (g *group) has(b oplog.Batch) (bool, error) {
	if b.First >= g.j.heads[b.Log].Next {
		for _, e := range g.entries {
			if e.Log == b.Log && e.First == b.First {
				return e.Hash == b.Hash, nil
			}
		}
		return false, nil
	}
	stored, err := g.j.read(b.Log, b.First, 1)
	return len(stored) == 1 && stored[0].Hash == b.Hash, err
}

// table returns the membership as the group so far leaves it.
func (g *group) table() (*member.Table, error) {
	switch {
	case g.members != nil:
		return g.members, nil
	case g.j.members != nil:
		return g.j.members, nil
	default:
		return nil, errNotFounded
	}
}

// tableFor returns the membership to judge b by, which a batch of membership is
// part of itself. One whose acts are void is taken in all the same: others are
// judged after it.
func (g *group) tableFor(b oplog.Batch) (*member.Table, error) {
	if !b.Control() {
		return g.table()
	}
	table, err := g.evaluated(arrived{Batch: b})
	if table == nil {
		return nil, fault.Wrap(err, fault.Denied, "That change of the membership belongs to no workspace that is known here.", "Ask who sent this.")
	}
	return table, nil
}

// evaluated returns the membership as the group so far and more batches leave
// it, nil and why if that founds no workspace.
func (g *group) evaluated(more ...arrived) (*member.Table, error) {
	all := slices.Concat(g.j.control, g.control)
	for _, b := range more {
		all = append(all, b.Batch)
	}
	table, _, err := member.Evaluate(g.j.workspace, g.j.acts(g.j.forks, all))
	return table, err
}

func unknownDevice(short id.ShortDevice) error {
	return fault.New(fault.Denied, "The device %s is no member of this workspace.", "Invite it, or ask who sent this.").With(short)
}

func unreadable(err error) error {
	if errors.Is(err, oplog.ErrNewer) {
		return fault.Wrap(err, fault.Newer, "That change was written by a later version of Cairn.", "Update Cairn to take it in.")
	}
	return fault.Wrap(err, fault.Invalid, "That is no change that Cairn can read.", "Ask who sent this to send it again.")
}

func forked(err error) error {
	return fault.Wrap(err, fault.Conflict, "That device has written two histories under one name, and the other one is here.", "Its folder was copied: ask its owner which copy to keep, and to type again what only the other has.")
}
