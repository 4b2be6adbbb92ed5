package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// recoveryDomain keeps the name of a log that carries a branch on from being
// mistaken for another use of the branch's name.
const recoveryDomain = "cairn/recovered/1"

// history is one of those into which a log of this device parts, from the
// fork on, as far as it is known here.
type history struct {
	first oplog.Batch
	end   uint64
	read  func(from uint64) ([]oplog.Batch, error) // some batches, from that of the operation from on
}

// carriedTo returns the log that a branch which begins with first is carried over to.
// It follows from the branch, so that every copy of this device's folder chooses
// the same.
func carriedTo(first oplog.Batch) id.Log {
	sum := sha256.Sum256(append([]byte(recoveryDomain), first.Hash[:]...))
	return id.Log{Device: first.Log.Device, Incarnation: binary.BigEndian.Uint32(sum[:])}
}

// recover does again what this device did behind a fork of one of its logs,
// which nobody counts any more. Each branch has a log of its own for that, whose
// batches follow byte for byte from those of the branch: with the same
// operations, stamps and causes, but for names. So it can be done again after a
// crash, or by a restored or copied folder that knows more of the branch or
// less, and gives the same batches, or more of them.
func (j *Journal) recover() error {
	own := slices.DeleteFunc(slices.SortedFunc(maps.Keys(j.forks), id.Log.Compare), func(log id.Log) bool {
		return log.Device != j.device.Short()
	})
	j.owes = len(own) > 0
	for _, log := range own {
		branches, err := j.branches(log)
		if err != nil {
			return err
		}
		for _, b := range branches {
			if err := j.carryOver(b); err != nil {
				return fmt.Errorf("carry over the end of log %v: %w", log, err)
			}
		}
	}
	j.owes = false
	return nil
}

// tryRecover does what is owed. What fails is tried again when there is quiet.
func (j *Journal) tryRecover() {
	if !j.owes {
		return
	}
	if err := j.recover(); err != nil {
		j.Log.Warn("the end of a forked log not carried over yet", "err", err)
	}
}

// branches returns what is known of a forked log from the fork on: what is
// stored here, and of the others the batch that proves the fork.
func (j *Journal) branches(log id.Log) ([]history, error) {
	limit := j.forks[log]
	head, err := j.HeadAt(log, limit)
	if err != nil {
		return nil, err
	}
	var out []history
	if end := j.heads[log].Next; head.Next < end {
		read := func(from uint64) ([]oplog.Batch, error) { return j.read(log, from, foldChunk) }
		stored, err := j.read(log, head.Next, 1)
		if err != nil {
			return nil, err
		}
		out = append(out, history{stored[0], end, read})
	}
	for _, b := range j.proofs[log] {
		known := slices.ContainsFunc(out, func(o history) bool { return o.first.Hash == b.Hash })
		if !known && b.Log == log && b.First == limit {
			out = append(out, history{b, b.End(), func(uint64) ([]oplog.Batch, error) { return []oplog.Batch{b}, nil }})
		}
	}
	return out, nil
}

// carryOver writes what is missing of the log that b is carried over to.
func (j *Journal) carryOver(b history) error {
	c := carrier{j: j, g: j.newGroup(), to: carriedTo(b.first), move: doc.NewMove(b.first.Log, b.first.First, carriedTo(b.first))}
	if j.heads[c.to].Next >= b.end-b.first.First {
		return nil
	}
	for from := b.first.First; from < b.end; {
		batches, err := b.read(from)
		if err != nil {
			return err
		}
		for _, old := range batches {
			if from = old.End(); old.First > b.first.First && j.heads[carriedTo(old)].Next > 0 {
				return c.g.store() // the fork was thought to be here before
			}
			if err := c.carry(old); err != nil {
				return c.unable(err)
			}
		}
	}
	return c.g.store()
}

// carrier carries one branch over.
type carrier struct {
	j    *Journal
	g    *group
	to   id.Log
	move *doc.Move
	head oplog.Head // of to
}

// carry writes what old does to the other log, unless it is stored there.
func (c *carrier) carry(old oplog.Batch) error {
	draft := oplog.Draft{
		Workspace: old.Workspace, Control: old.Control(), Log: c.to, Level: old.Level, Ops: slices.Clone(old.Ops),
		// A copy of the folder may have carried the branch over before this was written.
		Deps: slices.DeleteFunc(slices.Clone(old.Deps), func(d oplog.Dep) bool { return d.Log == c.to }),
	}
	if c.head.Next == 0 && old.First > 0 {
		draft.Deps = withCause(draft.Deps, oplog.Dep{Log: old.Log, Next: old.First})
	}
	for i, op := range old.Ops {
		if !old.Control() {
			draft.Ops[i] = c.move.Op(op)
		}
	}
	batches, err := c.j.sealParts(draft, c.head)
	if err != nil {
		return err
	}
	for _, b := range batches {
		c.head = b.Head(b.Hash)
		if err := c.g.carry(b); err != nil {
			return err
		}
	}
	if c.g.bytes < maxGroupBytes {
		return nil
	}
	err = c.g.store()
	c.g = c.j.newGroup()
	return err
}

// unable keeps what has been carried over, and looks whether trying again would
// help with the rest.
func (c *carrier) unable(err error) error {
	switch {
	case errors.Is(err, errElsewise):
		c.j.Log.Warn("the end of a forked log was carried over otherwise before", "log", c.to)
	case fault.KindOf(err) == fault.Denied:
		c.j.Log.Info("the end of a forked log is not carried over: this device may not write", "log", c.to)
	default:
		return err
	}
	return c.g.store()
}

// errElsewise is returned for a batch whose place another one has, which only an
// other version of Cairn can have written.
var errElsewise = errors.New("another batch has its place")

// carry takes the next batch of a log that carries a branch over into the group,
// unless it is stored.
func (g *group) carry(b oplog.Batch) error {
	switch err := oplog.Follows(b.Header, g.head(b.Log)); {
	case errors.Is(err, oplog.ErrKnown):
		return nil
	case err != nil:
		return errElsewise
	}
	if !b.Control() {
		if g.j.members == nil {
			return errNotFounded
		}
		if err := g.j.members.MayWrite(b.Header); err != nil {
			return err
		}
	}
	g.written[b.Log] = true
	g.add(b)
	return nil
}

// sealParts seals d behind head as one batch or, if names have made it too large
// for that, as several.
func (j *Journal) sealParts(d oplog.Draft, head oplog.Head) ([]oplog.Batch, error) {
	d.First, d.Prev = head.Next, head.Hash
	b, err := oplog.Seal(d, j.Key)
	if err == nil {
		return []oplog.Batch{b}, nil
	}
	if !errors.Is(err, oplog.ErrTooLarge) || len(d.Ops) < 2 {
		return nil, err
	}
	half, rest := d, d
	half.Ops, rest.Ops, rest.Deps = d.Ops[:len(d.Ops)/2], d.Ops[len(d.Ops)/2:], nil
	first, err := j.sealParts(half, head)
	if err != nil {
		return nil, err
	}
	last := first[len(first)-1]
	second, err := j.sealParts(rest, last.Head(last.Hash))
	return append(first, second...), err
}

// withCause returns deps with another cause. Beyond what a batch may name, one
// of the others is left out: readers then know of less causality.
func withCause(deps []oplog.Dep, cause oplog.Dep) []oplog.Dep {
	out := append(slices.Clone(deps[:min(len(deps), oplog.MaxDeps-1)]), cause)
	oplog.SortDeps(out)
	return out
}
