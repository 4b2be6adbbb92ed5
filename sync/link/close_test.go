package link_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/sync/link"
)

// A bubble ends only when every goroutine in it has.
func TestCloseEndsEverything(t *testing.T) {
	inBubble(t, 4, func(b *bubble) {
		channel := newChat(0x20)
		x := b.add(0, with(channel), admits(&porter{slow: time.Hour}))
		y, z := b.add(1), b.add(2)
		x.store.sync = time.Hour // an append is under way
		y.write(b, 10, 10)
		x.Reach(y.ID, []string{y.at})
		z.Reach(x.ID, []string{x.at})
		b.swallow(lost)
		x.Reach(b.actors[3].ID, []string{lost}) // an attempt is under way
		for range 20 {
			b.reach(x)
		}
		b.reach(x).as(b.actors[5])
		joined := make(chan error)
		go func() {
			_, err := b.join(b.actors[6], x)
			joined <- err
		}()
		b.pass(time.Second)
		began := time.Now()
		if err := x.Close(); err != nil {
			b.Error(err)
		}
		if took := time.Since(began); took > 2*time.Second {
			b.Errorf("Close took %v", took)
		}
		if err := <-joined; err == nil {
			b.Error("who was at the door got an answer")
		}
		b.pass(10 * time.Millisecond)
		for _, l := range []*laptop{y, z} {
			if p := l.peer(x.ID); p.State == link.Connected || l == z && fault.Message(p.Why) != "The other device has closed Cairn." {
				b.Errorf("after x has closed: %+v", p)
			}
		}
		if got := channel.lines(); len(got) != 4 {
			b.Errorf("x's channel: %q", got)
		}
	})
}

func TestAClosedHostDoesNothing(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		for range 2 {
			if err := x.Close(); err != nil {
				b.Error(err)
			}
		}
		b.attempts(y.at)
		x.Again()
		x.Wrote()
		x.Reach(y.ID, []string{y.at})
		if err := x.Listen(b.listen("10.0.0.77:7000")); !errors.Is(err, link.ErrClosed) {
			b.Errorf("Listen = %v", err)
		}
		b.pass(time.Hour)
		if got := len(b.attempts(y.at)); got != 0 {
			b.Errorf("%d attempts", got)
		}
	})
}

// A peer that does not read is not waited for.
func TestCloseDoesNotWaitForThePeer(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.write(b, 500, 100)
		x.Reach(y.ID, []string{y.at})
		b.pass(3 * time.Millisecond)
		b.stall()
		x.write(b, 500, 100)
		b.pass(2 * time.Second)
		began := time.Now()
		if err := x.Close(); err != nil {
			b.Error(err)
		}
		if took := time.Since(began); took > 3*time.Second {
			b.Errorf("Close took %v", took)
		}
	})
}

func TestChangedTellsOfAClosedPeer(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		changed := x.Changed()
		x.Reach(y.ID, []string{y.at})
		<-changed
		b.pass(time.Second)
		changed = x.Changed()
		if err := y.Close(); err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(b.Context(), time.Second)
		defer cancel()
		select {
		case <-changed:
		case <-ctx.Done():
			b.Error("nobody said that y is gone")
		}
	})
}
