package link_test

import (
	"fmt"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/sync/link"
)

// laptop is a device with its Host and what it has stored.
type laptop struct {
	*link.Host
	actor
	team  *team
	store *memory
	at    string // where it listens
}

// laptop opens a Host of an actor, who knows the membership.
func (t *team) laptop(tb testing.TB, n int, more ...func(*link.Config)) *laptop {
	tb.Helper()
	l := &laptop{actor: t.actors[n], team: t, store: newMemory(t.ws, t.acts...)}
	l.open(tb, more...)
	return l
}

func (l *laptop) open(tb testing.TB, more ...func(*link.Config)) {
	tb.Helper()
	c := link.Config{Key: l.Key, Workspace: l.team.ws, Store: l.store}
	for _, m := range more {
		m(&c)
	}
	host, err := link.Open(c)
	if err != nil {
		tb.Fatal(err)
	}
	l.Host = host
	tb.Cleanup(func() {
		if err := host.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
}

// listen lets the laptop be reached over loopback.
func (l *laptop) listen(tb testing.TB) *laptop {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	if err := l.Listen(ln); err != nil {
		tb.Fatal(err)
	}
	l.at = ln.Addr().String()
	return l
}

// write stores batches of l, and says so.
func (l *laptop) write(tb testing.TB, batches, operations int) {
	tb.Helper()
	for range batches {
		l.store.add(l.team.batch(tb, l.actor, l.store.head(l.Log()), operations))
		l.Wrote()
	}
}

// patience is how long a test waits for what has to happen at once.
const patience = 20 * time.Second

// until waits until a Host's Peers fulfil what is wanted.
func (l *laptop) until(tb testing.TB, what string, fulfilled func() bool) {
	tb.Helper()
	limit := time.After(patience)
	for {
		changed := l.Changed()
		if fulfilled() {
			return
		}
		select {
		case <-changed:
		case <-limit:
			tb.Fatalf("%s: not after %v; peers: %+v", what, patience, l.Peers())
		}
	}
}

// peer returns what l knows of a device.
func (l *laptop) peer(device id.Device) link.Peer {
	for _, p := range l.Peers() {
		if p.Device == device {
			return p
		}
	}
	return link.Peer{}
}

func (l *laptop) connected(tb testing.TB, to *laptop) {
	tb.Helper()
	l.until(tb, "connected", func() bool { return l.peer(to.ID).State == link.Connected })
}

func TestTwoDevicesExchangeWhatTheyWrite(t *testing.T) {
	team := newTeam(t, 2)
	a, b := team.laptop(t, 0).listen(t), team.laptop(t, 1)
	a.write(t, 50, 100)
	b.write(t, 30, 10)
	b.Reach(a.ID, []string{a.at})
	b.until(t, "b has what a wrote", func() bool { return b.store.head(a.Log()).Next == 5000 })
	a.until(t, "a has what b wrote", func() bool { return a.store.head(b.Log()).Next == 300 })

	a.write(t, 1, 7)
	b.until(t, "b has what a writes now", func() bool { return b.store.head(a.Log()).Next == 5007 })
	b.until(t, "b is not behind", func() bool {
		p := b.peer(a.ID)
		return p.Known && p.Behind == 0 && p.Ahead == 0
	})
	p := b.peer(a.ID)
	if p.State != link.Connected || p.Address != a.at || p.Level == 0 || p.Why != nil || len(p.Addresses) != 1 || p.Heard.IsZero() {
		t.Errorf("b says of a %+v", p)
	}
	if p := a.peer(b.ID); p.State != link.Connected || p.Why != nil {
		t.Errorf("a says of b %+v", p)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	b.until(t, "b knows that a has closed", func() bool { return b.peer(a.ID).Why != nil })
	if p := b.peer(a.ID); p.State == link.Connected {
		t.Errorf("b says of a, which has closed, %+v", p)
	}
}

func TestListeningNamesWhatOthersCanUse(t *testing.T) {
	team := newTeam(t, 1)
	l := team.laptop(t, 0)
	if got := l.Listening(); len(got) != 0 {
		t.Errorf("before Listen: %v", got)
	}
	for _, address := range []string{"127.0.0.1:0", "[::1]:0", ":0"} {
		ln, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Listen(ln); err != nil {
			t.Fatal(err)
		}
		_, port, err := net.SplitHostPort(ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, at := range l.Listening() {
			parsed, err := netip.ParseAddrPort(at)
			if err != nil || parsed.Addr().IsUnspecified() || parsed.Addr().IsLinkLocalUnicast() {
				t.Errorf("%s: Listening names %s (%v)", address, at, err)
			}
			found = found || fmt.Sprint(parsed.Port()) == port
		}
		if !found && address != ":0" { // a machine without a network has no address to name
			t.Errorf("%s: Listening = %v", address, l.Listening())
		}
	}
	if got := len(l.Listening()); got > 8 {
		t.Errorf("Listening names %d addresses", got)
	}
}

func TestPeersSaysHowFarBehind(t *testing.T) {
	team := newTeam(t, 2)
	a, b := team.laptop(t, 0).listen(t), team.laptop(t, 1)
	a.write(t, 400, 100)
	var size uint64
	for _, batch := range a.store.Logs[a.Log()] {
		size += uint64(len(batch.Raw))
	}
	held := make(chan struct{})
	b.store.grown = sync.OnceFunc(func() { <-held }) // the first append takes its time
	b.Reach(a.ID, []string{a.at})
	var p link.Peer
	b.until(t, "b has heard what a has", func() bool {
		p = b.peer(a.ID)
		return p.Known
	})
	if p.Behind != 40_000 {
		t.Errorf("b is %d operations behind, want 40000", p.Behind)
	}
	close(held)
	b.until(t, "something has come", func() bool {
		p = b.peer(a.ID)
		return p.Behind < 40_000
	})
	want := float64(p.Behind) * float64(size) / 40_000
	if got := float64(p.BehindBytes); got < want*0.8 || got > want*1.2 {
		t.Errorf("%d operations behind are taken for %v bytes, want about %v", p.Behind, got, want)
	}
	b.until(t, "everything has come", func() bool { return b.peer(a.ID).Behind == 0 })
	a.until(t, "it is acknowledged", func() bool { return a.peer(b.ID).Ahead == 0 })
	if got := b.peer(a.ID).BehindBytes; got != 0 {
		t.Errorf("nothing is taken for %d bytes", got)
	}
}

func TestWhoListensLaterSaysSo(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.laptop(b.T, 0, func(c *link.Config) { c.Dial = b.dial })
		y := b.add(1)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		if got := y.peer(x.ID).Addresses; len(got) != 0 {
			b.Errorf("before x listens y knows %v", got)
		}
		b.place(x, 0)
		b.pass(time.Second)
		if got := y.peer(x.ID).Addresses; len(got) != 1 || got[0] != x.at {
			b.Errorf("y knows x at %v, want %v", got, x.at)
		}
	})
}
