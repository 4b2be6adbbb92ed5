package relay_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"

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

// log returns a log of the actor's device.
func (a actor) log(incarnation uint32) id.Log {
	return id.Log{Device: a.device.Short(), Incarnation: incarnation}
}

func actorOf(n int) actor {
	key := ed25519.NewKeyFromSeed(hashed("key", n))
	return actor{key, id.DeviceOf(key.Public().(ed25519.PublicKey)), id.Person(hashed("person", n))}
}

func hashed(what string, n int) []byte {
	h := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(what), uint64(n)))
	return h[:]
}

// controlIncarnation is the incarnation of the founder's log of membership.
// Logs of documents count from 1.
const controlIncarnation = 1 << 30

// epoch is the stamp of the founding.
const epoch clock.Stamp = 1 << 40

// cast is a workspace: the first is its founder, all but the last are members.
type cast struct {
	ws     id.Workspace
	actors []actor
	acts   []oplog.Batch
}

func newCast(members int) *cast {
	c := &cast{}
	for i := range members + 1 {
		c.actors = append(c.actors, actorOf(i))
	}
	founder := c.actors[0]
	founding := must(oplog.Seal(member.Found(member.Genesis{Person: founder.person, Key: founder.public()}, controlIncarnation, epoch), founder.key))
	c.ws = member.WorkspaceOf(founding)
	c.acts = []oplog.Batch{founding}
	for _, a := range c.actors[1:members] {
		c.admit(a)
	}
	return c
}

// admit makes a member of somebody, by a batch of the founder.
func (c *cast) admit(a actor) oplog.Batch {
	return c.act(member.AddPerson{Person: a.person, Role: member.Contributor}, member.AddDevice{Person: a.person, Key: a.public()})
}

func (c *cast) act(acts ...member.Act) oplog.Batch {
	founder := c.actors[0]
	table := evaluate(c.ws, c.acts)
	b := must(oplog.Seal(table.Draft(founder.log(controlIncarnation), acts, epoch+clock.Stamp(len(c.acts))), founder.key))
	c.acts = append(c.acts, b)
	return b
}

func evaluate(ws id.Workspace, acts []oplog.Batch) *member.Table {
	t, _, _ := member.Evaluate(ws, acts)
	return t
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
		payload := append([]byte(marker), hashed(log.String(), int(head.Next)+i)[:4]...)
		ops[i] = oplog.Op{Stamp: epoch + clock.Stamp(head.Next) + clock.Stamp(i), Doc: id.Doc{0: 1, 15: byte(i % 4)}, Noun: 1, Kind: 1, Field: 1, Payload: payload}
	}
	return oplog.Draft{Workspace: c.ws.Prefix(), Log: log, First: head.Next, Prev: head.Hash, Ops: ops}
}
