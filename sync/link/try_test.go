package link_test

import (
	"context"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/link"
)

func TestTryFindsAMember(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		got, err := x.Try(b.Context(), y.at)
		if err != nil || got != y.ID {
			b.Fatalf("Try = %v, %v, want y", got, err)
		}
		if p := x.peer(y.ID); p.State != link.Connected || len(p.Addresses) != 1 || p.Addresses[0] != y.at {
			b.Errorf("x says of y %+v", p)
		}
		b.pass(time.Hour)
		b.cut()
		b.pass(time.Minute)
		if p := x.peer(y.ID); p.State != link.Connected {
			b.Errorf("after a cut x says of y %+v", p)
		}
		// Again, while it is connected.
		before := x.peer(y.ID).Since
		if got, err := x.Try(b.Context(), y.at); err != nil || got != y.ID {
			b.Fatalf("Try = %v, %v, want y", got, err)
		}
		if p := x.peer(y.ID); !p.Since.Equal(before) {
			b.Error("a second Try ends the connection")
		}
	})
}

func TestTrySaysWhatIsWrong(t *testing.T) {
	inBubble(t, 3, func(b *bubble) {
		x, gone := b.add(0), b.add(2)
		stranger := b.add(3)
		x.store.add(b.act(b, member.RemoveDevice{Device: gone.ID}))
		x.Wrote()
		other := &laptop{actor: b.actors[1], team: b.team, store: newMemory(id.Workspace{1})}
		other.open(b.T, func(c *link.Config) { c.Dial, c.Workspace = b.dial, id.Workspace{1} })
		b.place(other, 1)
		b.swallow("10.0.0.50:7000")
		b.answer(b.actors[1], "10.0.0.60:22", 0)
		b.answer(b.actors[1], "10.0.0.61:7000", 404)
		b.answer(b.actors[1], "10.0.0.62:7000", 426)
		b.fails["[fd00::9]:7000"] = syscall.ENETUNREACH
		b.fails["mina.local:7000"] = &net.DNSError{Err: "no such host", Name: "mina.local", IsNotFound: true}
		for address, want := range map[string]struct {
			kind    fault.Kind
			message string
		}{
			"10.0.0.4":        {fault.Invalid, "10.0.0.4 is no address of a device."},
			"10.0.0.60:22":    {fault.Offline, "What answers at 10.0.0.60:22 is no Cairn that this one can talk to."},
			"10.0.0.61:7000":  {fault.Offline, "What answers at 10.0.0.61:7000 is no Cairn that this one can talk to."},
			"10.0.0.62:7000":  {fault.Newer, "The other device has a version of Cairn that this one can't sync with."},
			"[fd00::9]:7000":  {fault.Offline, "There is no way to [fd00::9]:7000 from this network."},
			"mina.local:7000": {fault.Offline, "Nobody on this network knows where mina.local:7000 is."},
			lost:              {fault.Offline, "No Cairn answers at " + lost + "."},
			"10.0.0.50:7000":  {fault.Offline, "Nothing answers at 10.0.0.50:7000."},
			x.at:              {fault.Invalid, x.at + " is an address of this device itself."},
			gone.at:           {fault.Denied, "That device was removed from the workspace."},
			stranger.at:       {fault.Denied, "That device is no member of this workspace."},
			other.at:          {fault.Invalid, "The other device has another workspace open."},
		} {
			began := time.Now()
			_, err := x.Try(b.Context(), address)
			if fault.KindOf(err) != want.kind || fault.Message(err) != want.message || fault.Hint(err) == "" || strings.Contains(err.Error()+fault.Hint(err), "%!") {
				b.Errorf("Try(%s) = %v %q, want %v %q", address, fault.KindOf(err), err, want.kind, want.message)
			}
			if took := time.Since(began); took > 11*time.Second {
				b.Errorf("Try(%s) took %v", address, took)
			}
		}
		b.pass(5 * time.Second)
		for _, p := range x.Peers() {
			if p.State == link.Connected {
				b.Errorf("x is connected with %+v", p)
			}
		}
	})
}

func TestTryCanBeGivenUp(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		x := b.add(0)
		b.swallow(lost)
		ctx, cancel := context.WithTimeout(b.Context(), time.Second)
		defer cancel()
		if _, err := x.Try(ctx, lost); fault.KindOf(err) != fault.Offline {
			b.Errorf("Try = %v", err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		if _, err := x.Try(b.Context(), lost); err == nil {
			b.Error("a closed Host tries")
		}
	})
}

// A device that was admitted and knows nothing yet gets everything, also from
// somebody who has not heard of it.
func TestANewcomerIsBroughtEverything(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		newcomer := &laptop{actor: b.actors[2], team: b.team, store: newMemory(b.ws)}
		newcomer.open(b.T, func(c *link.Config) { c.Dial = b.dial })
		x.write(b, 2, 5)
		x.store.add(b.act(b, member.AddPerson{Person: newcomer.Person, Role: member.Contributor}, member.AddDevice{Person: newcomer.Person, Key: newcomer.Public()}))
		x.Wrote()
		if got, err := newcomer.Try(b.Context(), x.at); err != nil || got != x.ID {
			b.Fatalf("Try = %v, %v", got, err)
		}
		b.pass(time.Second)
		if got := newcomer.store.head(x.Log()).Next; got != 10 {
			b.Fatalf("the newcomer has %d operations, want 10", got)
		}
		newcomer.write(b, 1, 3)
		newcomer.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		if got := y.store.head(newcomer.Log()).Next; got != 3 {
			b.Errorf("y has %d operations of the newcomer, want 3", got)
		}
		if p := y.peer(newcomer.ID); p.State != link.Connected {
			b.Errorf("y says of the newcomer %+v", p)
		}
	})
}

// A stranger that knows the workspace's name has a minute to be admitted.
func TestAStrangerDoesNotStay(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		x := b.add(0)
		x.write(b, 1, 5)
		stranger := b.add(2)
		stranger.Reach(x.ID, []string{x.at})
		b.pass(30 * time.Second)
		if got := stranger.store.head(x.Log()).Next; got != 0 {
			b.Errorf("a stranger got %d operations", got)
		}
		if len(x.Peers()) != 1 { // as a connection that is there
			b.Errorf("x knows %+v", x.Peers())
		}
		b.pass(40 * time.Second)
		if got := x.Peers(); len(got) != 0 {
			b.Errorf("x knows %+v", got)
		}
		p := stranger.peer(x.ID)
		if p.State == link.Connected || fault.KindOf(p.Why) != fault.Denied {
			b.Errorf("the stranger says of x %+v", p)
		}
	})
}
