package link_test

import (
	"context"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"cairn/sync/link"
)

// brittle opens streams over TCP that break when so many bytes have passed.
type brittle struct {
	mu   sync.Mutex
	rand *rand.Rand
	left int // streams that still break
}

func (b *brittle) dial(ctx context.Context, address string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", address)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil || b.left == 0 {
		return c, err
	}
	b.left--
	return &breaking{Conn: c, left: 4000 + b.rand.IntN(60_000)}, nil
}

// breaking is a stream that is cut off after some bytes.
type breaking struct {
	net.Conn
	mu   sync.Mutex
	left int
}

func (b *breaking) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left -= n; b.left < 0 {
		_ = b.Close()
	}
	return n, err
}

// Whatever connections break, in the end everybody has everything.
func TestLaptopsConvergeWhileConnectionsBreak(t *testing.T) {
	const size, batches = 4, 240
	team := newTeam(t, size)
	fragile := &brittle{rand: rand.New(rand.NewPCG(1, 2)), left: 12}
	var all []*laptop
	for n := range size {
		all = append(all, team.laptop(t, n, func(c *link.Config) { c.Dial = fragile.dial }).listen(t))
	}
	for i, l := range all { // a ring: some have to pass on what others wrote
		next := all[(i+1)%size]
		l.Reach(next.ID, []string{next.at})
	}
	again := make(chan struct{})
	var writing sync.WaitGroup
	for _, l := range all {
		writing.Go(func() { l.write(t, batches, 20) })
	}
	impatient := time.NewTicker(20 * time.Millisecond)
	defer impatient.Stop()
	writing.Go(func() {
		for {
			select {
			case <-again:
				return
			case <-impatient.C:
				for _, l := range all {
					l.Again()
				}
			}
		}
	})
	for _, l := range all {
		l.until(t, "everything", func() bool {
			for _, author := range all {
				if l.store.head(author.Log()).Next != batches*20 {
					return false
				}
			}
			return true
		})
	}
	close(again)
	writing.Wait()
	if fragile.left > 0 {
		t.Errorf("%d streams have not been broken: this has tested less than it says", fragile.left)
	}
}
