package link_test

import (
	"encoding/binary"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/oplog"
	"cairn/sync/link"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// What can't be a batch costs its sender the connection, and is not stored; who
// is connected beside it is served on.
func TestABatchThatIsNoneEndsTheConnection(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, villain := b.add(0), b.add(1), b.actors[2]
		y.Reach(x.ID, []string{x.at})
		whole := b.batch(b, villain, oplog.Head{}, 50).Raw
		named := b.batch(b, y.actor, oplog.Head{}, 1)
		forged := seal(b, oplog.Draft{Workspace: b.ws.Prefix(), Log: y.Log(), Ops: named.Ops}, villain)
		frame := wire.Append(nil, replica.Batches{Raw: [][]byte{whole}})
		endless := append([]byte(nil), frame...)
		binary.BigEndian.PutUint32(endless, wire.MaxPayload+1)
		batches := func(raw []byte) []byte { return wire.Append(nil, replica.Batches{Raw: [][]byte{raw}}) }
		for name, sent := range map[string][]byte{
			"forged":              batches(forged.Raw),
			"truncated":           batches(whole[:len(whole)/2]),
			"with a bit turned":   batches(append(append([]byte(nil), whole[:len(whole)-1]...), whole[len(whole)-1]^1)),
			"oversized":           batches(append(append([]byte(nil), whole...), make([]byte, oplog.MaxSealed)...)),
			"in half a frame":     frame[:len(frame)/2],
			"in an endless frame": endless,
		} {
			i := b.reach(x).as(villain).upgrade().hello(villain, x)
			b.pass(time.Millisecond)
			i.send(sent)
			if got, err := i.bye(); err != nil || got != replica.Malformed {
				b.Errorf("%s: ended with %v, %v, want %v", name, got, err, replica.Malformed)
			}
			_ = i.ws.CloseNow()
			b.pass(2 * time.Second)
		}
		if got := x.store.head(villain.Log()).Next + x.store.head(y.Log()).Next; got != 0 {
			b.Errorf("%d operations of such batches are stored", got)
		}
		y.write(b, 1, 10)
		b.pass(time.Second)
		if got := x.store.head(y.Log()).Next; got != 10 || x.peer(y.ID).State != link.Connected {
			b.Errorf("x has %d operations of y, want 10: %+v", got, x.peer(y.ID))
		}
	})
}

// A batch that is dated in the future is stored and passed on like any other:
// each device waits by its own clock.
func TestABatchFromTheFutureIsPassedOn(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, z := b.add(0), b.add(1), b.add(2)
		y.Reach(x.ID, []string{x.at})
		z.Reach(x.ID, []string{x.at})
		b.pass(time.Second)
		ops := b.batch(b, y.actor, oplog.Head{}, 1).Ops
		ops[0].Stamp = clock.StampOf(time.Now().AddDate(1, 0, 0))
		y.store.add(seal(b, oplog.Draft{Workspace: b.ws.Prefix(), Log: y.Log(), Ops: ops}, y.actor))
		y.Wrote()
		b.pass(time.Second)
		for _, l := range []*laptop{x, z} {
			if got := l.store.head(y.Log()).Next; got != 1 {
				b.Errorf("%v has %d operations of y, want 1", l.ID.Short(), got)
			}
		}
	})
}
