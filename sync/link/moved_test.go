package link_test

import (
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"cairn/sync/link"
)

// whereabouts is a machine that moves between networks.
type whereabouts struct{ atomic.Pointer[[]netip.Addr] }

func (w *whereabouts) are(addresses ...string) {
	var out []netip.Addr
	for _, a := range addresses {
		out = append(out, netip.MustParseAddr(a))
	}
	w.Store(&out)
}

func (w *whereabouts) in(c *link.Config) { c.Addresses = func() []netip.Addr { return *w.Load() } }

func TestAMachineThatMovesConnectsAgain(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		var place whereabouts
		place.are("10.0.9.9") // from where the network of a bubble dials
		x, y := b.add(0, place.in), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(7 * time.Second)
		before := x.peer(y.ID)
		b.stall() // as packets to an address that is nowhere any more
		x.write(b, 3, 10)
		place.are("10.0.9.10")
		b.pass(7 * time.Second)
		if p := x.peer(y.ID); p.State != link.Connected || !p.Since.After(before.Since) {
			b.Errorf("x says of y %+v, before %+v", p, before)
		}
		if got := y.store.head(x.Log()).Next; got != 30 {
			b.Errorf("y has %d operations of x, want 30", got)
		}
	})
}

func TestAnotherAddressBesideEndsNothing(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		var place whereabouts
		place.are("10.0.9.9", "192.0.2.1")
		x, y := b.add(0, place.in), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(7 * time.Second)
		before := x.peer(y.ID)
		place.are("10.0.9.9", "192.0.2.2")
		b.pass(time.Minute)
		if p := x.peer(y.ID); p.State != link.Connected || !p.Since.Equal(before.Since) {
			b.Errorf("x says of y %+v, before %+v", p, before)
		}
	})
}

// Whoever was not reached may be in reach where the machine is now.
func TestAnotherNetworkIsTriedAtOnce(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		var place whereabouts
		place.are()
		x, y := b.add(0, place.in), b.actors[1]
		x.Reach(y.ID, []string{"10.0.0.2:7000"})
		b.pass(10 * time.Minute)
		b.attempts("10.0.0.2:7000")
		b.place(b.laptop(b.T, 1, func(c *link.Config) { c.Dial = b.dial }), 1)
		place.are("10.0.9.9")
		b.pass(6 * time.Second)
		if p := x.peer(y.ID); p.State != link.Connected {
			b.Errorf("x says of y %+v", p)
		}
	})
}

// Who says where it is now is tried there, however often it has moved before.
func TestALateAddressTakesThePlaceOfAnOldOne(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.add(0)
		y := b.add(1)
		var old []string
		for i := range 20 {
			old = append(old, netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}), 7000).String())
		}
		x.Reach(y.ID, old)
		y.Reach(x.ID, []string{x.at})
		b.pass(time.Minute)
		if p := x.peer(y.ID); p.State != link.Connected {
			b.Fatalf("x says of y %+v", p)
		}
		b.attempts(y.at)
		b.cut()
		y.Forget(x.ID)
		b.pass(time.Minute)
		if tries := b.attempts(y.at); len(tries) == 0 {
			b.Error("x does not try where y has said that it is")
		}
	})
}
