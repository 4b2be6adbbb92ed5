package link_test

import (
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/sync/link"
)

func TestAConnectionLastsThroughSilence(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		began := x.peer(y.ID)
		if began.State != link.Connected {
			b.Fatalf("x says of y %+v", began)
		}
		b.pass(6 * time.Hour)
		now := x.peer(y.ID)
		if now.State != link.Connected || !now.Since.Equal(began.Since) {
			b.Errorf("after six hours x says of y %+v, before %+v", now, began)
		}
		if quiet := time.Since(now.Heard); quiet > 20*time.Second {
			b.Errorf("y has been silent for %v", quiet)
		}
		if tries := b.attempts(y.at); len(tries) != 1 {
			b.Errorf("y was dialled %d times", len(tries))
		}
	})
}

func TestASilentPeerIsGivenUp(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		b.stall()
		b.swallow(y.at)
		b.pass(time.Minute)
		for _, l := range []*laptop{x, y} {
			for _, p := range l.Peers() {
				if p.State == link.Connected || fault.KindOf(p.Why) != fault.Offline {
					b.Errorf("after a minute without a byte: %+v", p)
				}
			}
		}
	})
}

func TestWhatOthersWriteArrivesInAMoment(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, y, z := b.add(0), b.add(1), b.add(2)
		y.Reach(x.ID, []string{x.at})
		y.Reach(z.ID, []string{z.at})
		b.pass(time.Second)
		x.write(b, 3, 10)
		b.pass(100 * time.Millisecond)
		for _, l := range []*laptop{y, z} {
			if got := l.store.head(x.Log()).Next; got != 30 {
				b.Errorf("%v has %d operations of x, want 30", l.ID.Short(), got)
			}
		}
	})
}
