package discovery_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/discovery"
)

// air is one local network on which everybody hears everybody.
type air struct {
	mu      sync.Mutex
	sockets map[*socket]bool
}

// socket is a device's network. Its knobs are guarded by the air's mutex.
type socket struct {
	air        *air
	addr       netip.Addr
	interfaces map[string]string
	refuse     error
	says       *discovery.Service
	hear       func(discovery.Heard)
	broken     chan error
	rounds     int
}

const life = 2 * time.Minute

func (a *air) socket(host byte) *socket {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := &socket{
		air: a, addr: netip.AddrFrom4([4]byte{192, 0, 2, host}),
		interfaces: map[string]string{"eth0": fmt.Sprintf("192.0.2.%d/24", host)}, broken: make(chan error),
	}
	if a.sockets == nil {
		a.sockets = map[*socket]bool{}
	}
	a.sockets[s] = true
	return s
}

func (s *socket) set(change func()) {
	s.air.mu.Lock()
	defer s.air.mu.Unlock()
	change()
}

func (s *socket) browsed() int {
	s.air.mu.Lock()
	defer s.air.mu.Unlock()
	return s.rounds
}

func (s *socket) Interfaces() (map[string]string, error) {
	s.air.mu.Lock()
	defer s.air.mu.Unlock()
	return maps.Clone(s.interfaces), s.refuse
}

func (s *socket) heard(life time.Duration) discovery.Heard {
	return discovery.Heard{
		Instance: s.says.Instance, Interface: "eth0", Text: s.says.Text, Life: life,
		Addresses: []netip.AddrPort{netip.AddrPortFrom(s.addr, s.says.Port)},
	}
}

func (s *socket) Announce(ctx context.Context, service discovery.Service) error {
	s.air.mu.Lock()
	s.says = &service
	s.air.spread(s.heard(life))
	s.air.mu.Unlock()
	defer func() {
		s.air.mu.Lock()
		s.air.spread(s.heard(0))
		s.says = nil
		s.air.mu.Unlock()
	}()
	return s.wait(ctx)
}

func (s *socket) Browse(ctx context.Context, hear func(discovery.Heard)) error {
	s.air.mu.Lock()
	s.rounds++
	s.hear = hear
	for other := range s.air.sockets {
		if other.says != nil {
			hear(other.heard(life))
		}
	}
	s.air.mu.Unlock()
	defer s.set(func() { s.hear = nil })
	return s.wait(ctx)
}

func (s *socket) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.broken:
		return err
	}
}

func (a *air) spread(h discovery.Heard) {
	for s := range a.sockets {
		if s.hear != nil {
			s.hear(h)
		}
	}
}

func workspace(n byte) id.Workspace { return id.Workspace{0: n, 31: 1} }

func open(t *testing.T, s *socket, workspaces ...id.Workspace) *discovery.LAN {
	t.Helper()
	l := discovery.Open(discovery.Config{
		Network: s, Workspaces: workspaces, Port: 4711, Now: time.Now,
		Rand: rand.NewChaCha8([32]byte{s.addr.As4()[3]}), Log: slog.New(slog.DiscardHandler),
	})
	t.Cleanup(l.Close)
	synctest.Wait()
	return l
}

func near(l *discovery.LAN) []string {
	var all []string
	for _, h := range l.Nearby() {
		all = append(all, h.Addresses...)
	}
	return all
}

func TestMembersFindEachOtherAndOnlyEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		first := open(t, a.socket(1), workspace(1), workspace(2))
		stranger := open(t, a.socket(3), workspace(3))
		changed := first.Changed()
		second := open(t, a.socket(2), workspace(2), workspace(4))
		select {
		case <-changed:
		default:
			t.Error("nobody is told that somebody came")
		}
		hosts := first.Nearby()
		if len(hosts) != 1 || !slices.Equal(hosts[0].Addresses, []string{"192.0.2.2:4711"}) || !slices.Equal(hosts[0].Workspaces, []id.Workspace{workspace(2)}) {
			t.Errorf("Nearby = %+v, want the one with workspace 2 at 192.0.2.2:4711", hosts)
		}
		if got := near(second); !slices.Equal(got, []string{"192.0.2.1:4711"}) {
			t.Errorf("the second has %q nearby, want the first", got)
		}
		if got := near(stranger); len(got) > 0 {
			t.Errorf("a stranger has %q nearby, want nobody", got)
		}
		second.Close()
		synctest.Wait()
		if got := near(first); len(got) > 0 {
			t.Errorf("after the goodbye %q are nearby, want nobody", got)
		}
	})
}

func TestWhoVanishesIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		first, other := open(t, a.socket(1), workspace(1)), a.socket(2)
		open(t, other, workspace(1))
		other.set(func() { delete(a.sockets, other) })
		time.Sleep(life - time.Second)
		synctest.Wait()
		if got := near(first); len(got) != 1 {
			t.Errorf("%q nearby a second before the announcement ends, want 1", got)
		}
		time.Sleep(look + time.Second)
		synctest.Wait()
		if got := near(first); len(got) > 0 {
			t.Errorf("%q nearby after the announcement has ended, want nobody", got)
		}
	})
}

const look = 5 * time.Second

func TestInterfacesComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		s := a.socket(1)
		s.set(func() { s.interfaces = nil })
		l := open(t, s, workspace(1))
		if err := l.Off(); fault.KindOf(err) != fault.Unavailable || !strings.HasPrefix(fault.Message(err), "LAN discovery is off because ") || fault.Hint(err) == "" {
			t.Errorf("Off = %v without a network, want why", err)
		}
		other := open(t, a.socket(2), workspace(1))
		changed := l.Changed()
		s.set(func() { s.interfaces = map[string]string{"eth0": "192.0.2.1/24"} })
		time.Sleep(look)
		synctest.Wait()
		if err := l.Off(); err != nil {
			t.Errorf("Off = %v with a network, want nil", err)
		}
		select {
		case <-changed:
		default:
			t.Error("nobody is told that it works now")
		}
		if len(near(l)) != 1 || len(near(other)) != 1 {
			t.Errorf("%q and %q are nearby, want each other", near(l), near(other))
		}
		name := other.Nearby()[0].Instance
		s.set(func() { s.interfaces["eth0"] = "192.0.2.77/24" })
		time.Sleep(look)
		synctest.Wait()
		if hosts := other.Nearby(); len(hosts) != 1 || hosts[0].Instance == name {
			t.Errorf("after an address changed %v is nearby, want the same under another name than %s", hosts, name)
		}
		s.set(func() { s.interfaces = map[string]string{"wlan0": "192.0.2.1/24"} })
		s.set(func() { s.air.sockets = map[*socket]bool{} }) // nobody answers there
		time.Sleep(look)
		synctest.Wait()
		if got := near(l); len(got) > 0 {
			t.Errorf("%q nearby on an interface that is gone, want nobody", got)
		}
	})
}

func TestARefusalIsAStateThatPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		s := a.socket(1)
		l := open(t, s, workspace(1))
		cause := errors.New("operation not permitted")
		s.broken <- cause
		synctest.Wait()
		if err := l.Off(); fault.KindOf(err) != fault.Unavailable || !errors.Is(err, cause) {
			t.Errorf("Off = %v, want a fault Unavailable because of %v", err, cause)
		}
		before := s.browsed()
		time.Sleep(14 * time.Second)
		synctest.Wait()
		if s.browsed() != before {
			t.Errorf("it was tried again after less than 15 s")
		}
		time.Sleep(look)
		synctest.Wait()
		if err := l.Off(); err != nil || s.browsed() != before+1 {
			t.Errorf("Off = %v after %d more rounds, want nil after one", err, s.browsed()-before)
		}
		s.set(func() { s.refuse = cause })
		time.Sleep(look)
		synctest.Wait()
		if !errors.Is(l.Off(), cause) {
			t.Errorf("Off = %v, want because of %v", l.Off(), cause)
		}
	})
}

func TestTheNameChangesEveryDayAndWithEveryStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		l := open(t, a.socket(1), workspace(1))
		open(t, a.socket(2), workspace(1))
		names := map[string]bool{}
		for range 3 {
			hosts := l.Nearby()
			if len(hosts) != 1 {
				t.Fatalf("%v nearby, want one", hosts)
			}
			names[hosts[0].Instance] = true
			time.Sleep(24 * time.Hour)
			synctest.Wait()
		}
		if len(names) != 3 {
			t.Errorf("on three days it was called %v", slices.Collect(maps.Keys(names)))
		}
	})
}

func TestWhoDoesNotListenIsNotAnnounced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		other := open(t, a.socket(2), workspace(1))
		s := a.socket(1)
		l := discovery.Open(discovery.Config{
			Network: s, Workspaces: []id.Workspace{workspace(1)}, Now: time.Now, Rand: rand.NewChaCha8([32]byte{}), Log: slog.New(slog.DiscardHandler),
		})
		defer l.Close()
		synctest.Wait()
		if len(near(l)) != 1 || len(near(other)) > 0 {
			t.Errorf("%q and %q are nearby, want the other and nobody", near(l), near(other))
		}
	})
}

func TestWithoutRandomnessItIsOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a air
		l := discovery.Open(discovery.Config{
			Network: a.socket(1), Workspaces: []id.Workspace{workspace(1)}, Port: 1, Now: time.Now, Rand: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler),
		})
		defer l.Close()
		synctest.Wait()
		if fault.KindOf(l.Off()) != fault.Unavailable {
			t.Errorf("Off = %v, want why", l.Off())
		}
	})
}
