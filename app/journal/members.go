package journal

import (
	"context"
	"errors"
	"slices"

	"cairn/core/clock"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// evaluate works out who may do what from every membership batch. The caller
// holds mu.
func (j *Journal) evaluate() {
	table, _, err := member.Evaluate(j.workspace, j.acts(j.forks, j.control))
	if table == nil {
		// Every batch was admitted, so this is a fault of ours: keep the rights
		// as they were rather than open or close everything.
		j.Log.Error("membership not evaluated", "err", err)
		return
	}
	j.refold = j.refold || j.judgedAnew(j.rules(), rules{table, j.forks})
	j.members, j.membersErr = table, err
	j.stalled = map[id.Log]Stall{} // what waits is looked at anew
}

// judgedAnew reports whether now judges batches that are folded in, or were
// left out, otherwise than before.
func (j *Journal) judgedAnew(was, is rules) bool {
	before, now := was.members, is.members
	if before == nil || now == nil {
		return false
	}
	for log, next := range j.applied {
		if next == 0 {
			continue
		}
		if was.limit(log, next) != is.limit(log, next) {
			return true
		}
		last := oplog.Header{Workspace: j.workspace.Prefix(), Log: log, First: next - 1, Count: 1}
		did, does := before.MayWrite(last) == nil, now.MayWrite(last) == nil
		if did && does {
			continue // a cut only takes away the end of a log
		}
		was, _ := before.Device(log.Device)
		is, _ := now.Device(log.Device)
		if did != does || !slices.Equal(was.Cut, is.Cut) {
			return true
		}
	}
	return false
}

// admits returns why the membership batch b would have no effect among those
// that are here and in the group, nil if it would.
func (g *group) admits(b oplog.Batch) error {
	workspace := g.j.workspace
	if workspace.IsZero() {
		workspace = id.Workspace(b.Hash)
	}
	all := slices.Concat(g.j.control, g.control, []oplog.Batch{b})
	_, voided, err := member.Evaluate(workspace, g.j.acts(g.j.forks, all))
	if err != nil && !errors.Is(err, oplog.ErrNewer) {
		return err
	}
	for _, r := range voided {
		if r.Batch == b.Hash {
			return r.Err
		}
	}
	return nil
}

// Act changes the membership: acts become one batch of this device's control
// log, which is refused when one of them would have no effect.
func (j *Journal) Act(ctx context.Context, acts ...member.Act) error {
	return j.submit(ctx, &request{acts: acts, answer: make(chan error, 1)})
}

// act adds a control batch to the group, which is otherwise empty.
func (g *group) act(acts []member.Act) error {
	j := g.j
	if errors.Is(j.membersErr, oplog.ErrNewer) {
		return fault.New(fault.Newer, "A later version of Cairn has changed who is in this workspace.", "Update Cairn to change it too.")
	}
	if len(acts) == 0 {
		return nil
	}
	if err := j.begin(); err != nil {
		return err
	}
	draft, err := j.draft(acts, j.clock.Next(g.now))
	if err != nil {
		return err
	}
	b, err := oplog.Seal(draft, j.Key)
	if err != nil {
		return err
	}
	if err := g.admits(b); err != nil {
		return err
	}
	g.written[b.Log] = true
	g.add(b)
	return nil
}

// draft returns acts as the next batch of this device's control log. A log of
// which more is stored than is judged yet is left for a new one.
func (j *Journal) draft(acts []member.Act, at clock.Stamp) (oplog.Draft, error) {
	if j.members == nil {
		genesis, ok := acts[0].(member.Genesis)
		if !ok || len(acts) > 1 || !j.workspace.IsZero() {
			return oplog.Draft{}, errNotFounded
		}
		return member.Found(genesis, j.self.control.Incarnation, at), nil
	}
	if j.members.Heads()[j.self.control] != j.heads[j.self.control] {
		if err := j.reincarnate(); err != nil {
			return oplog.Draft{}, err
		}
	}
	return j.members.Draft(j.self.control, acts, at), nil
}

var errNotFounded = fault.New(fault.Unavailable, "This folder has no workspace yet.", "Make one with `cairn init`, or join one with `cairn join`.")
