// Package replicatest has the people and the stores that tests of replication
// play with. All of it follows from numbers: the same ones are the same each
// time.
package replicatest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// ControlIncarnation is the incarnation of everybody's first log of membership.
// Those of documents count from 1.
const ControlIncarnation = 1 << 30

// Epoch is the stamp of the founding.
const Epoch clock.Stamp = 1 << 40

// Actor is a person with one device.
type Actor struct {
	Key    ed25519.PrivateKey
	ID     id.Device
	Person id.Person
}

// ActorOf returns the actor with a number.
func ActorOf(n int) Actor {
	key := ed25519.NewKeyFromSeed(Hashed("key", n))
	return Actor{key, id.DeviceOf(key.Public().(ed25519.PublicKey)), id.Person(Hashed("person", n))}
}

// Public returns the public key of the actor's device.
func (a Actor) Public() ed25519.PublicKey { return a.Key.Public().(ed25519.PublicKey) }

// Log returns a log of the actor's device.
func (a Actor) Log(incarnation uint32) id.Log {
	return id.Log{Device: a.ID.Short(), Incarnation: incarnation}
}

// Founding returns the batch by which the actor founds a workspace, to be sealed.
func (a Actor) Founding() oplog.Draft {
	return member.Found(member.Genesis{Person: a.Person, Key: a.Public()}, ControlIncarnation, Epoch)
}

// Admission returns the acts that make a member with a role of the actor.
func (a Actor) Admission(role member.Role) []member.Act {
	return []member.Act{member.AddPerson{Person: a.Person, Role: role}, member.AddDevice{Person: a.Person, Key: a.Public()}}
}

// Hashed returns 32 bytes that follow from a text and a number.
func Hashed(what string, n int) []byte {
	h := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(what), uint64(n)))
	return h[:]
}

// Evaluate returns the membership that acts make.
func Evaluate(ws id.Workspace, acts []oplog.Batch) *member.Table {
	t, _, _ := member.Evaluate(ws, acts)
	return t
}
