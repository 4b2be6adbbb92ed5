package journal_test

import (
	"crypto/ed25519"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// stranger seals batches by hand, for what no journal would write.
type stranger struct {
	key  ed25519.PrivateKey
	log  id.Log
	head oplog.Head
	ws   id.Workspace
	t    testing.TB
}

// newStranger returns a device that is no member of n's workspace yet.
func newStranger(n *node, seed uint64) *stranger {
	key := newKey(n.t, newSeeded(seed))
	s := &stranger{key: key, ws: n.Workspace(), t: n.t}
	s.log = id.Log{Device: id.DeviceOf(s.public()).Short(), Incarnation: 1}
	return s
}

// admitted returns a device that admin has admitted with role.
func admitted(admin *node, seed uint64, role member.Role) *stranger {
	admin.t.Helper()
	s := newStranger(admin, seed)
	person := id.Person{15: byte(seed)}
	admin.act(member.AddPerson{Person: person, Role: role}, member.AddDevice{Person: person, Key: s.public()})
	return s
}

func (s *stranger) public() ed25519.PublicKey { return publicOf(s.key) }

// draft returns the next batch: one operation at a time that gives a document
// a title.
func (s *stranger) draft(at time.Time, name id.Doc, text string) oplog.Draft {
	return oplog.Draft{
		Workspace: s.ws.Prefix(), Log: s.log, First: s.head.Next, Prev: s.head.Hash, Level: oplog.Level,
		Ops: []oplog.Op{{
			Stamp: clock.StampOf(at), Doc: name, Noun: noun.Requirements.Number, Kind: doc.KindSet, Field: titleField,
			Payload: doc.String(text).Append(nil),
		}},
	}
}

// seal signs a batch without going on from it.
func (s *stranger) seal(d oplog.Draft) oplog.Batch {
	s.t.Helper()
	b, err := oplog.Seal(d, s.key)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// next signs a batch and goes on from it.
func (s *stranger) next(d oplog.Draft) []byte {
	s.t.Helper()
	b := s.seal(d)
	s.head = b.Head(b.Hash)
	return b.Raw
}
