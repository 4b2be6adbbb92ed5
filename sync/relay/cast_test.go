package relay_test

import (
	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica/replicatest"
)

type actor = replicatest.Actor

const (
	controlIncarnation = replicatest.ControlIncarnation
	epoch              = replicatest.Epoch
)

// cast is a workspace: the first is its founder, all but the last are members.
type cast struct {
	ws     id.Workspace
	actors []actor
	acts   []oplog.Batch
}

func newCast(members int) *cast {
	c := &cast{}
	for i := range members + 1 {
		c.actors = append(c.actors, replicatest.ActorOf(i))
	}
	founder := c.actors[0]
	founding := must(oplog.Seal(founder.Founding(), founder.Key))
	c.ws = member.WorkspaceOf(founding)
	c.acts = []oplog.Batch{founding}
	for _, a := range c.actors[1:members] {
		c.admit(a)
	}
	return c
}

// admit makes a member of somebody, by a batch of the founder.
func (c *cast) admit(a actor) oplog.Batch {
	return c.act(a.Admission(member.Contributor)...)
}

func (c *cast) act(acts ...member.Act) oplog.Batch {
	founder := c.actors[0]
	table := replicatest.Evaluate(c.ws, c.acts)
	b := must(oplog.Seal(table.Draft(founder.Log(controlIncarnation), acts, epoch+clock.Stamp(len(c.acts))), founder.Key))
	c.acts = append(c.acts, b)
	return b
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// marker stands in every operation, to be looked for where it must not be.
const marker = "BOREALIS-PAYROLL"

// draft returns a batch of count operations that continues head.
func (c *cast) draft(log id.Log, head oplog.Head, count int) oplog.Draft {
	ops := make([]oplog.Op, count)
	for i := range ops {
		payload := append([]byte(marker), replicatest.Hashed(log.String(), int(head.Next)+i)[:4]...)
		ops[i] = oplog.Op{Stamp: epoch + clock.Stamp(head.Next) + clock.Stamp(i), Doc: id.Doc{0: 1, 15: byte(i % 4)}, Noun: 1, Kind: 1, Field: 1, Payload: payload}
	}
	return oplog.Draft{Workspace: c.ws.Prefix(), Log: log, First: head.Next, Prev: head.Hash, Ops: ops}
}
