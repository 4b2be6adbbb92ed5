package link_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// actor is a person with one device.
type actor struct {
	key    ed25519.PrivateKey
	device id.Device
	person id.Person
}

func (a actor) public() ed25519.PublicKey { return a.key.Public().(ed25519.PublicKey) }

// log returns the actor's first log of documents, acts that of membership.
func (a actor) log() id.Log  { return id.Log{Device: a.device.Short(), Incarnation: 1} }
func (a actor) acts() id.Log { return id.Log{Device: a.device.Short(), Incarnation: 1 << 30} }

func actorOf(n int) actor {
	key := ed25519.NewKeyFromSeed(hashed("key", n))
	return actor{key, id.DeviceOf(key.Public().(ed25519.PublicKey)), id.Person(hashed("person", n))}
}

func hashed(what string, n int) []byte {
	h := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(what), uint64(n)))
	return h[:]
}

// epoch is the stamp of the founding.
const epoch clock.Stamp = 1 << 40

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
	founding := seal(tb, member.Found(member.Genesis{Person: founder.person, Key: founder.public()}, founder.acts().Incarnation, epoch), founder)
	t.ws, t.acts = member.WorkspaceOf(founding), []oplog.Batch{founding}
	var acts []member.Act
	for _, a := range t.actors[1:members] {
		acts = append(acts, member.AddPerson{Person: a.person, Role: member.Contributor}, member.AddDevice{Person: a.person, Key: a.public()})
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
	b := seal(tb, table.Draft(t.actors[0].acts(), acts, epoch+clock.Stamp(len(t.acts))), t.actors[0])
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
		ops[i] = oplog.Op{Stamp: epoch + 100 + clock.Stamp(head.Next), Doc: id.Doc{0: 1, 15: byte(i)}, Noun: 1, Kind: 1, Field: 1, Payload: hashed("value", int(head.Next)+i)[:12]}
	}
	return seal(tb, oplog.Draft{Workspace: t.ws.Prefix(), Log: a.log(), First: head.Next, Prev: head.Hash, Ops: ops}, a)
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
