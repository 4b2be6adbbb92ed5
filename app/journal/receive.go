package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	r := &request{receive: make([]oplog.Batch, 0, len(raws)), answer: make(chan error, 1)}
	for i, raw := range raws {
		b, err := oplog.Open(raw)
		if err != nil {
			return fmt.Errorf("batch %d of %d: %w", i+1, len(raws), err)
		}
		r.receive = append(r.receive, b)
	}
	return j.submit(ctx, r)
}

// receive takes a request's batches into the group, all or none.
func (g *group) receive(in []oplog.Batch) error {
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

func (g *group) receiveOne(b oplog.Batch) error {
	if founding := id.Workspace(b.Hash) == g.j.workspace; !founding && b.Workspace != g.j.workspace.Prefix() {
		return fault.New(fault.Denied, "That change belongs to another workspace.", "Check which workspace the sender has open.")
	}
	if err := oplog.Follows(b.Header, g.head(b.Log)); err != nil {
		return err
	}
	table, err := g.table(b)
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
	if _, err := oplog.Verify(b.Raw, key); err != nil {
		return fmt.Errorf("batch %s/%d: %w", b.Log, b.First, err)
	}
	g.add(b)
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
