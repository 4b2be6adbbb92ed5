package replica_test

import (
	"bytes"
	"errors"
	"testing"

	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// FuzzReceive has a member send whatever it likes, frame after frame. Nothing
// but what it has signed may get through, and nothing may pile up.
func FuzzReceive(f *testing.F) {
	c := castOf(4)
	us, peer := c.actors[0], c.actors[1]
	var seed []byte
	opened := newOpened()
	d := &desk{t: f, cast: c, opened: opened}
	s := &site{actor: peer, d: d}
	one := s.seal(peer.Log(1), oplog.Head{}, 2)
	two := s.seal(peer.Log(1), one.Head(one.Hash), 1)
	other := s.seal(peer.Log(1), one.Head(one.Hash), 3)
	for _, m := range []replica.Message{
		replica.Hello{Min: 1, Max: 1, Workspace: replica.TagOf(c.ws, peer.ID, us.ID)},
		replica.Have{Seq: 1, Fresh: true, Claims: []replica.Claim{{Log: peer.Log(1), Head: two.Head(two.Hash)}}},
		replica.Batches{Round: 1, Raw: [][]byte{one.Raw}},
		replica.Batches{Raw: [][]byte{two.Raw}},
		replica.Want{Round: 1, Limit: 1 << 20, Ranges: []oplog.Range{{Log: us.Log(controlIncarnation), To: 9}}},
		replica.Again{},
		replica.Fork{One: two.Raw, Other: other.Raw},
		replica.Have{Seq: 2},
		replica.Bye{},
	} {
		seed = wire.Append(seed, m)
		f.Add(bytes.Clone(seed))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		d := newDesk(t, 1)
		d.opened = opened
		us := d.sites[0]
		us.store.Open, us.store.Verify = opened.open, opened.verify
		s := us.node.Connect(peer.ID, d.now)
		r := wire.NewReader(bytes.NewReader(stream))
		for {
			m, err := r.Next()
			if errors.Is(err, wire.ErrUnknown) {
				continue
			}
			if err != nil || s.Receive(m, d.now) != nil {
				break
			}
			us.settle()
			for range 100 {
				if _, ok := s.Next(d.now); !ok {
					break
				}
			}
		}
		for log, batches := range us.store.Logs {
			for _, b := range batches {
				key, _ := us.store.Table.Key(log.Device)
				if _, err := oplog.Verify(b.Raw, key); err != nil {
					t.Fatalf("%v/%d is stored: %v", log, b.First, err)
				}
			}
		}
	})
}
