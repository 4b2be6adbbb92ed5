package link_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/member"
	"cairn/sync/link"
)

// lost is an address at which nobody listens.
const lost = "10.0.0.99:7000"

func TestAttemptsGetRarer(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.add(0)
		x.Reach(b.actors[1].ID, []string{lost})
		b.pass(10 * time.Minute)
		tries := b.attempts(lost)
		if len(tries) < 12 || len(tries) > 30 {
			b.Fatalf("%d attempts in ten minutes", len(tries))
		}
		whole := time.Second
		for i := 1; i < len(tries); i++ {
			if gap := tries[i].Sub(tries[i-1]); gap < whole/2 || gap > whole {
				b.Errorf("attempt %d came %v after the one before, want half to all of %v", i, gap, whole)
			}
			whole = min(2*whole, time.Minute)
		}
		p := x.peer(b.actors[1].ID)
		if p.State == link.Connected || fault.KindOf(p.Why) != fault.Offline || fault.Hint(p.Why) == "" {
			b.Errorf("x says %+v", p)
		}
		x.Again()
		b.pass(0)
		if got := len(b.attempts(lost)); got != 1 {
			b.Errorf("%d attempts at once after Again, want 1", got)
		}
		b.pass(time.Second)
		if got := len(b.attempts(lost)); got != 1 {
			b.Errorf("%d attempts in the second after Again, want 1: it starts anew", got)
		}
	})
}

func TestANewAddressIsTriedAtOnce(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{lost})
		b.pass(30 * time.Minute)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Millisecond)
		if p := x.peer(y.ID); p.State != link.Connected {
			b.Errorf("x says of y %+v", p)
		}
	})
}

func TestASlowAddressDoesNotHoldUpTheNext(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		b.swallow("10.0.0.50:7000")
		x.Reach(y.ID, []string{"10.0.0.50:7000", y.at})
		b.pass(290 * time.Millisecond)
		if p := x.peer(y.ID); p.State != link.Connecting {
			b.Errorf("at first x says of y %+v", p)
		}
		b.pass(20 * time.Millisecond)
		p := x.peer(y.ID)
		if p.State != link.Connected || p.Address != y.at {
			b.Fatalf("after 310 ms x says of y %+v", p)
		}
		if p.Addresses[0] != y.at {
			b.Errorf("the next time x tries %v, want the one that worked first", p.Addresses)
		}
	})
}

func TestWhoIsLostIsFoundAgain(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Hour)
		b.cut()
		b.pass(time.Second)
		if p := x.peer(y.ID); p.State != link.Connected || time.Since(p.Since) > time.Second {
			b.Errorf("a second after the cut x says of y %+v", p)
		}
	})
}

// Two that dial each other at once keep one connection: that of the smaller.
func TestOneConnectionIsKept(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		// Neither hears of the other before both have dialled.
		far := func(c *link.Config) {
			c.Dial = func(ctx context.Context, address string) (net.Conn, error) {
				time.Sleep(time.Millisecond)
				return b.dial(ctx, address)
			}
		}
		x, y := b.add(0, far), b.add(1, far)
		small, big := x, y
		if string(x.ID[:]) > string(y.ID[:]) {
			small, big = y, x
		}
		small.Reach(big.ID, []string{big.at})
		big.Reach(small.ID, []string{small.at})
		b.pass(4 * time.Second)
		if p := small.peer(big.ID); p.State != link.Connected || p.Address != big.at {
			b.Errorf("the smaller says of the other %+v", p)
		}
		if p := big.peer(small.ID); p.State != link.Connected || p.Address == small.at {
			b.Errorf("the other says of the smaller %+v", p)
		}
		began := small.peer(big.ID).Since
		b.pass(time.Hour)
		if p := small.peer(big.ID); !p.Since.Equal(began) {
			b.Errorf("the connection changed at %v", p.Since)
		}
		small.write(b, 1, 5)
		big.write(b, 1, 5)
		b.pass(time.Second)
		if small.store.head(big.Log()).Next != 5 || big.store.head(small.Log()).Next != 5 {
			b.Error("something is missing")
		}
	})
}

// The other end may not have noticed yet that a connection is dead.
func TestALaterConnectionReplacesADeadOne(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		small, big := x, y
		if string(x.ID[:]) > string(y.ID[:]) {
			small, big = y, x
		}
		small.Reach(big.ID, []string{big.at})
		b.pass(time.Minute)
		b.stall() // small does not hear of it when big goes away and comes back
		if err := big.Close(); err != nil {
			b.Fatal(err)
		}
		big.open(b.T, func(c *link.Config) { c.Dial = b.dial })
		big.Reach(small.ID, []string{small.at})
		b.pass(5 * time.Second)
		if p := small.peer(big.ID); p.State != link.Connected || time.Since(p.Since) > 6*time.Second {
			b.Errorf("the smaller says %+v", p)
		}
		if p := big.peer(small.ID); p.State != link.Connected {
			b.Errorf("the other says %+v", p)
		}
	})
}

func TestAMachineThatHasSleptConnectsAtOnce(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		var slept atomic.Int64
		x := b.add(0, func(c *link.Config) {
			c.Now = func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
		})
		y := b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Minute)
		b.attempts(y.at)
		slept.Store(int64(8 * time.Hour))
		b.pass(6 * time.Second)
		if got := len(b.attempts(y.at)); got != 1 {
			b.Errorf("%d attempts after the machine has slept, want 1", got)
		}
		if p := x.peer(y.ID); p.State != link.Connected {
			b.Errorf("x says of y %+v", p)
		}
	})
}

func TestAnotherDeviceAtTheAddressIsNotTaken(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, z := b.add(0), b.add(1), b.add(2)
		x.write(b, 1, 1)
		x.Reach(z.ID, []string{y.at})
		b.pass(time.Second)
		p := x.peer(z.ID)
		if p.State == link.Connected || fault.Message(p.Why) != "Another device answers at "+y.at+"." {
			b.Errorf("x says of z %+v", p)
		}
		if y.store.head(x.Log()).Next != 0 {
			b.Error("y got what was meant for z")
		}
		x.Reach(z.ID, []string{z.at})
		b.pass(time.Second)
		if p := x.peer(z.ID); p.State != link.Connected || p.Why != nil {
			b.Errorf("x says of z %+v", p)
		}
	})
}

func TestForgetEndsTheAttempts(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		b.swallow(lost)
		x.Reach(y.ID, []string{lost})
		b.pass(time.Second)
		x.Forget(y.ID)
		b.pass(time.Hour)
		if got := len(b.attempts(lost)); got != 1 {
			b.Errorf("%d attempts, want the one before", got)
		}
		if p := x.peer(y.ID); p.State != link.Offline || len(p.Addresses) != 0 || fault.Message(p.Why) != "No address of that device is known." {
			b.Errorf("x says of y %+v", p)
		}
	})
}

func TestWhoWasRemovedHearsItAndIsNotDialled(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, gone := b.add(0), b.add(1)
		x.Reach(gone.ID, []string{gone.at})
		b.pass(time.Second)
		x.store.add(b.act(b, member.RemoveDevice{Device: gone.ID}))
		x.Wrote()
		x.write(b, 1, 4)
		b.pass(time.Second)
		if p := x.peer(gone.ID); p.State != link.Removed {
			b.Errorf("x says %+v", p)
		}
		if device, _ := gone.store.Members().Device(gone.ID.Short()); !device.Removed {
			b.Error("who was removed has not heard it")
		}
		if gone.store.head(x.Log()).Next != 0 {
			b.Error("who was removed still gets documents")
		}
		b.cut()
		b.attempts(gone.at)
		b.pass(time.Hour)
		if got := len(b.attempts(gone.at)); got != 0 {
			b.Errorf("%d attempts to reach who was removed", got)
		}
		if p := x.peer(gone.ID); p.State != link.Removed || fault.KindOf(p.Why) != fault.Denied {
			b.Errorf("x says %+v", p)
		}
	})
}

func TestWhereADeviceListensIsLearned(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		if got := y.peer(x.ID).Addresses; len(got) != 1 || got[0] != x.at {
			b.Fatalf("y knows x at %v, want %v", got, x.at)
		}
		// It is enough to find it again.
		y.Reach(x.ID, nil)
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		x.open(b.T, func(c *link.Config) { c.Dial = b.dial })
		b.place(x, 0)
		b.pass(2 * time.Minute)
		if p := y.peer(x.ID); p.State != link.Connected || p.Address != x.at {
			b.Errorf("y says of x %+v", p)
		}
	})
}
