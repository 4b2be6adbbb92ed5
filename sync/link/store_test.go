package link_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/oplog"
	"cairn/sync/link"
	"cairn/sync/replica"
)

// ears keeps what a Host tells.
type ears struct {
	mu     sync.Mutex
	events []replica.Event
}

func (e *ears) hear(event replica.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.events = append(e.events, event)
}

func (e *ears) told(kind replica.EventKind) (out []replica.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, event := range e.events {
		if event.Kind == kind {
			out = append(out, event)
		}
	}
	return out
}

func tells(e *ears) func(*link.Config) { return func(c *link.Config) { c.Told = e.hear } }

func TestWhatQueuesUpIsStoredTogether(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.store.sync = 10 * time.Millisecond
		y.write(b, 2000, 100)
		x.Reach(y.ID, []string{y.at})
		b.pass(10 * time.Second)
		if got := x.store.head(y.Log()).Next; got != 200_000 {
			b.Fatalf("x has %d operations", got)
		}
		if x.store.calls > 30 {
			b.Errorf("2000 batches were stored in %d calls", x.store.calls)
		}
		if x.store.most != 4 {
			b.Errorf("%d calls to store were under way at a time, want 4: the next comes while the last is synced", x.store.most)
		}
	})
}

// rigged is a Store that refuses batches by their place in the log.
type rigged struct {
	*memory
	bad func(oplog.Header) error
}

func (r *rigged) Begin(ctx context.Context, raws [][]byte) func() (int, error) {
	for i, raw := range raws {
		h, err := oplog.ReadHeader(raw)
		if err == nil {
			err = r.bad(h)
		}
		if err == nil {
			continue
		}
		wait := r.memory.Begin(ctx, raws[:i])
		return func() (int, error) {
			stored, other := wait()
			if other != nil {
				err = other
			}
			return stored, err
		}
	}
	return r.memory.Begin(ctx, raws)
}

func TestABatchThatIsRefusedKeepsNoOtherBack(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, z := b.add(0), b.add(1), b.add(2)
		x.store.sync = 50 * time.Millisecond
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		x.open(b.T, func(c *link.Config) {
			c.Dial = b.dial
			c.Store = &rigged{x.store, func(h oplog.Header) error {
				if h.Log == y.Log() && h.First >= 70 {
					return fault.New(fault.Denied, "Not any more.", "")
				}
				return nil
			}}
		})
		y.write(b, 10, 10)
		z.write(b, 10, 10)
		x.Reach(y.ID, []string{y.at})
		x.Reach(z.ID, []string{z.at})
		b.pass(10 * time.Second)
		if got := x.store.head(y.Log()).Next; got != 70 {
			b.Errorf("x has %d operations of y, want the 70 before the one that is refused", got)
		}
		if got := x.store.head(z.Log()).Next; got != 100 {
			b.Errorf("x has %d operations of z, want all", got)
		}
		for _, peer := range []*laptop{y, z} {
			if p := x.peer(peer.ID); p.State != link.Connected {
				b.Errorf("x says %+v", p)
			}
		}
	})
}

func TestAFullDiskIsToldAndTriedAgain(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		heard := &ears{}
		x, y := b.add(0, tells(heard)), b.add(1)
		x.store.refuse = fault.New(fault.Full, "No room.", "")
		y.write(b, 3, 10)
		x.Reach(y.ID, []string{y.at})
		b.pass(5 * time.Second)
		if got := heard.told(replica.Paused); len(got) != 1 || fault.KindOf(got[0].Err) != fault.Full {
			b.Errorf("told %+v", got)
		}
		x.store.Mu.Lock()
		x.store.refuse = nil
		x.store.Mu.Unlock()
		b.pass(20 * time.Second)
		if got := x.store.head(y.Log()).Next; got != 30 {
			b.Errorf("x has %d operations of y, want 30", got)
		}
	})
}

// A device that was restored from a backup finds more of its log at others.
func TestADeviceIsToldToLeaveItsLog(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		heard := &ears{}
		x := b.add(0)
		y := b.laptop(b.T, 1, tells(heard), func(c *link.Config) { c.Dial = b.dial })
		head := oplog.Head{}
		for range 5 {
			batch := b.batch(b, y.actor, head, 1)
			head = batch.Head(batch.Hash)
			x.store.add(batch)
		}
		x.Wrote()
		b.pass(time.Second)
		y.Reach(x.ID, []string{x.at})
		b.pass(5 * time.Second)
		if got := heard.told(replica.Leave); len(got) != 1 || got[0].Log != y.Log() {
			b.Errorf("told %+v", got)
		}
		if got := y.store.head(y.Log()).Next; got != 5 {
			b.Errorf("y has %d operations of its own, want 5", got)
		}
	})
}

// Batches may come another way while the same are on their way to the disk.
func TestLogsMayGrowBesideTheHost(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, z := b.add(0), b.add(1), b.add(2)
		x.store.sync = 100 * time.Millisecond
		z.Reach(x.ID, []string{x.at})
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		var raws []oplog.Batch
		head := oplog.Head{}
		for range 40 {
			batch := b.batch(b, y.actor, head, 10)
			head = batch.Head(batch.Hash)
			raws = append(raws, batch)
		}
		for i, batch := range raws {
			y.store.add(batch)
			y.Wrote()
			if i%4 == 3 {
				b.pass(30 * time.Millisecond)
				x.store.Mu.Lock()
				for _, late := range raws[:i+1] { // by a relay, say
					if late.First == x.store.Head(y.Log()).Next {
						x.store.Add(late)
					}
				}
				x.store.Mu.Unlock()
				x.Wrote()
			}
		}
		b.pass(10 * time.Second)
		for _, l := range []*laptop{x, z} {
			if got := l.store.head(y.Log()).Next; got != 400 {
				b.Errorf("%v has %d operations of y, want 400", l.ID.Short(), got)
			}
		}
		if !slices.EqualFunc(x.store.Logs[y.Log()], raws, func(a, b oplog.Batch) bool { return a.Hash == b.Hash }) {
			b.Error("x has another history")
		}
	})
}

// rangeOf returns a log of l from its beginning.
func rangeOf(l *laptop, to uint64) oplog.Range { return oplog.Range{Log: l.Log(), To: to} }
