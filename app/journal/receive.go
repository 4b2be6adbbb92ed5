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
//
// The error is oplog.ErrGap when batches before one of them are missing,
// oplog.ErrFork when a device has written two histories under one name, and a
// fault.Denied when the author may not write; nothing of the call is stored then.
func (j *Journal) Receive(ctx context.Context, raws [][]byte) error {
	in, err := j.check(raws)
	if err != nil {
		return err
	}
	return j.submit(ctx, &request{receive: in, answer: make(chan error, 1)})
}

// arrived is a teammate's batch, and the key that its signature has been found
// to fit, so that the committer need not verify it again.
type arrived struct {
	oplog.Batch
	signer ed25519.PublicKey
}

// check takes batches apart and verifies the signatures of devices that are
// known, on every core: it is what receiving costs most.
func (j *Journal) check(raws [][]byte) ([]arrived, error) {
	members := j.Members()
	in, errs := make([]arrived, len(raws)), make([]error, len(raws))
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
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("batch %d of %d: %w", i+1, len(raws), err)
		}
	}
	return in, nil
}

// minShare is how many batches are worth a goroutine.
const minShare = 8

func checkOne(raw []byte, members *member.Table) (arrived, error) {
	b, err := oplog.Open(raw)
	if err != nil || members == nil {
		return arrived{Batch: b}, err
	}
	key, ok := members.Key(b.Log.Device)
	if !ok {
		return arrived{Batch: b}, nil
	}
	_, err = oplog.Verify(raw, key)
	return arrived{b, key}, err
}

// receive takes a request's batches into the group, all or none.
func (g *group) receive(in []arrived) error {
	undo := g.mark()
	for _, b := range in {
		err := g.receiveOne(b)
		if errors.Is(err, oplog.ErrKnown) {
			continue
		}
		if err != nil {
			undo()
			return err
		}
	}
	return nil
}

// mark returns a function that takes back what was added to the group since.
func (g *group) mark() (undo func()) {
	entries, control, size := len(g.entries), len(g.control), g.bytes
	heads := g.heads.Clone()
	return func() {
		for _, e := range g.entries[entries:] {
			if !e.Control {
				g.batches[e.Log] = g.batches[e.Log][:len(g.batches[e.Log])-1]
			}
		}
		g.entries, g.control, g.bytes = g.entries[:entries], g.control[:control], size
		g.heads = heads
	}
}

func (g *group) receiveOne(b arrived) error {
	if founding := id.Workspace(b.Hash) == g.j.workspace; !founding && b.Workspace != g.j.workspace.Prefix() {
		return fault.New(fault.Denied, "That change belongs to another workspace.", "Check which workspace the sender has open.")
	}
	if err := oplog.Follows(b.Header, g.head(b.Log)); err != nil {
		return err
	}
	table, err := g.table(b.Batch)
	if err != nil {
		return err
	}
	if !b.Control() {
		if err := table.MayWrite(b.Header); err != nil {
			return err
		}
	}
	key, ok := table.Key(b.Log.Device)
	if !ok {
		return unknownDevice(b.Log.Device)
	}
	if !key.Equal(b.signer) {
		if _, err := oplog.Verify(b.Raw, key); err != nil {
			return fmt.Errorf("batch %s/%d: %w", b.Log, b.First, err)
		}
	}
	g.add(b.Batch)
	return nil
}

// table returns the membership to judge b by: what is here, what the group
// brings and, when b is of membership, b itself. A batch of membership whose
// acts are void is taken in all the same: others are judged after it.
func (g *group) table(b oplog.Batch) (*member.Table, error) {
	if !b.Control() && len(g.control) == 0 {
		if g.j.members == nil {
			return nil, errNotFounded
		}
		return g.j.members, nil
	}
	all := slices.Concat(g.j.control, g.control)
	if b.Control() {
		all = append(all, b)
	}
	table, _, err := member.Evaluate(g.j.workspace, all)
	if table == nil {
		return nil, err
	}
	return table, nil
}

func unknownDevice(short id.ShortDevice) error {
	return fault.New(fault.Denied, fmt.Sprintf("The device %s is no member of this workspace.", short), "Invite it, or ask who sent this.")
}
