package link_test

import (
	"testing"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica/replicatest"
)

// actor is a person with one device.
type actor struct{ replicatest.Actor }

// Log returns the actor's first log of documents, Acts that of membership.
func (a actor) Log() id.Log  { return a.Actor.Log(1) }
func (a actor) Acts() id.Log { return a.Actor.Log(replicatest.ControlIncarnation) }

func actorOf(n int) actor { return actor{replicatest.ActorOf(n)} }

const epoch = replicatest.Epoch

// team is a workspace of so many members, the first of whom founded it, and
// actors who are none.
type team struct {
	ws     id.Workspace
	actors []actor
	acts   []oplog.Batch
}

const strangers = 3

func newTeam(tb testing.TB, members int) *team {
	tb.Helper()
	t := &team{}
	for n := range members + strangers {
		t.actors = append(t.actors, actorOf(n))
	}
	founder := t.actors[0]
	founding := seal(tb, founder.Founding(), founder)
	t.ws, t.acts = member.WorkspaceOf(founding), []oplog.Batch{founding}
	var acts []member.Act
	for _, a := range t.actors[1:members] {
		acts = append(acts, a.Admission(member.Contributor)...)
	}
	if len(acts) > 0 {
		t.act(tb, acts...)
	}
	return t
}

// act has the founder say acts, and returns the batch.
func (t *team) act(tb testing.TB, acts ...member.Act) oplog.Batch {
	tb.Helper()
	table, _, _ := member.Evaluate(t.ws, t.acts)
	b := seal(tb, table.Draft(t.actors[0].Acts(), acts, epoch+clock.Stamp(len(t.acts))), t.actors[0])
	t.acts = append(t.acts, b)
	return b
}

func seal(tb testing.TB, d oplog.Draft, by actor) oplog.Batch {
	tb.Helper()
	b, err := sealed(d, by)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// batch returns operations of a that follow head.
func (t *team) batch(tb testing.TB, a actor, head oplog.Head, operations int) oplog.Batch {
	tb.Helper()
	ops := make([]oplog.Op, operations)
	for i := range ops {
		ops[i] = oplog.Op{Stamp: epoch + 100 + clock.Stamp(head.Next), Doc: id.Doc{0: 1, 15: byte(i)}, Noun: 1, Kind: 1, Field: 1, Payload: replicatest.Hashed("value", int(head.Next)+i)[:12]}
	}
	return seal(tb, oplog.Draft{Workspace: t.ws.Prefix(), Log: a.Log(), First: head.Next, Prev: head.Hash, Ops: ops}, a)
}

// exampleTeam is a team of two, for examples.
func exampleTeam() *team { return newTeam(quiet{}, 2) }

// written returns the first operations of the founder.
func (t *team) written(operations int) oplog.Batch {
	return t.batch(quiet{}, t.actors[0], oplog.Head{}, operations)
}

// quiet stands in for a test in an example, where there is none to fail.
type quiet struct{ testing.TB }

func (quiet) Helper()        {}
func (quiet) Fatal(v ...any) { panic(v) }
