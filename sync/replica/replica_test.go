package replica_test

import (
	"slices"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

func TestPeersEndUpWithTheSame(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	a.write(a.Log(1), 50, 3)
	b.write(b.Log(1), 20, 3)
	d.connect(a, b)
	d.run(time.Second)
	a.has(b.Log(1), 60)
	b.has(a.Log(1), 150)
	for _, s := range []*replica.Session{a.sessions[b], b.sessions[a]} {
		if st := s.Status(); !st.Known || st.Behind != 0 || st.Ahead != 0 {
			t.Errorf("in sync, but %+v", st)
		}
	}
	before := len(d.trace)
	d.run(10 * time.Second)
	if len(d.trace) > before {
		t.Errorf("%d messages between peers that have nothing to say: %q", len(d.trace)-before, d.trace[before:])
	}
}

func TestWhatADeviceWritesIsSentUnasked(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	d.connect(a, b)
	d.run(time.Second)
	a.write(a.Log(1), 1, 1)
	d.run(0)
	b.has(a.Log(1), 1)
	d.run(time.Second)
	if got := d.count("1→0 Want"); got != 0 {
		t.Errorf("it was asked for %d times all the same", got)
	}
}

func TestWhatIsNotDurableIsNotClaimed(t *testing.T) {
	d := newDesk(t, 3)
	a, b, c := d.sites[0], d.sites[1], d.sites[2]
	d.connect(a, b)
	d.connect(b, c)
	b.slow = true
	a.write(a.Log(1), 1, 1)
	d.run(time.Second)
	if st := a.sessions[b].Status(); st.Ahead != 1 {
		t.Errorf("b has acknowledged what is not on its disk: %+v", st)
	}
	c.has(a.Log(1), 0)
	b.slow = false
	d.run(time.Second)
	c.has(a.Log(1), 1)
	if st := a.sessions[b].Status(); st.Ahead != 0 {
		t.Errorf("b has it on its disk, but %+v", st)
	}
}

func TestNoMoreIsSentThanTheReceiverCanHold(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	a.write(a.Log(1), 300, 2000) // more than the credit
	total := 0
	for _, batch := range a.store.Logs[a.Log(1)] {
		total += len(batch.Raw)
	}
	d.connect(a, b)
	b.slow = true
	d.run(time.Second)
	if const1MiB := 1 << 20; total < 2*const1MiB || d.bytes > const1MiB {
		t.Errorf("%d of %d bytes are under way to a disk that does nothing", d.bytes, total)
	}
	b.slow = false
	d.run(time.Second)
	b.has(a.Log(1), 300*2000)
	if d.bytes > total {
		t.Errorf("%d bytes were sent, of %d", d.bytes, total)
	}
}

func TestEverythingIsAskedOfOnePeer(t *testing.T) {
	d := newDesk(t, 3)
	a, b, c := d.sites[0], d.sites[1], d.sites[2]
	a.write(a.Log(1), 100, 10)
	b.write(b.Log(1), 100, 10)
	d.connect(a, b)
	d.run(time.Second)
	sent := d.bytes
	d.connect(a, c)
	d.connect(b, c)
	d.run(time.Second)
	c.has(a.Log(1), 1000)
	c.has(b.Log(1), 1000)
	if got := d.bytes - sent; got != sent {
		t.Errorf("%d bytes were sent to the third, want the %d that there are", got, sent)
	}
}

func TestAPeerThatDoesNotSendIsReplaced(t *testing.T) {
	d := newDesk(t, 3)
	a, b, c := d.sites[0], d.sites[1], d.sites[2]
	a.write(a.Log(1), 10, 1)
	d.connect(a, b)
	d.run(time.Second)
	d.filter = func(from, to *site, m replica.Message) replica.Message {
		if _, ok := m.(replica.Batches); ok && from == a && to == c {
			return nil
		}
		return m
	}
	d.connect(a, c)
	d.run(time.Second)
	d.connect(b, c)
	d.run(time.Second)
	c.has(a.Log(1), 0)
	d.run(5 * time.Second)
	c.has(a.Log(1), 10)
}

func TestALossIsNoticed(t *testing.T) {
	for name, lose := range map[string]func(m replica.Message) bool{
		"of claims":          func(m replica.Message) bool { h, ok := m.(replica.Have); return ok && len(h.Claims) > 0 },
		"of what was pushed": func(m replica.Message) bool { b, ok := m.(replica.Batches); return ok && b.Round == 0 },
		"of what was wanted": func(m replica.Message) bool { b, ok := m.(replica.Batches); return ok && b.Round != 0 },
		"of what was asked":  func(m replica.Message) bool { _, ok := m.(replica.Want); return ok },
		"of the first Hello": func(m replica.Message) bool { _, ok := m.(replica.Hello); return ok },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, 2)
			a, b := d.sites[0], d.sites[1]
			a.write(a.Log(1), 3, 1)
			lost := 0
			d.filter = func(_, _ *site, m replica.Message) replica.Message {
				if lose(m) && lost < 2 {
					lost++
					return nil
				}
				return m
			}
			d.connect(a, b)
			d.run(time.Second)
			a.write(a.Log(1), 3, 1)
			d.run(20 * time.Second)
			if lost == 0 {
				t.Fatal("nothing was lost")
			}
			b.has(a.Log(1), 6)
			if st := a.sessions[b].Status(); st.Ahead != 0 {
				t.Errorf("it is there, but %+v", st)
			}
		})
	}
}

func TestASilentPeerIsGivenUp(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	d.connect(a, b)
	d.run(2 * time.Minute)
	if a.sessions[b].Err() != nil {
		t.Fatalf("peers with nothing to say part: %v", a.sessions[b].Err())
	}
	d.filter = func(*site, *site, replica.Message) replica.Message { return nil }
	d.run(time.Minute)
	if err := a.sessions[b].Err(); fault.KindOf(err) != fault.Offline {
		t.Errorf("after a minute of silence: %v", err)
	}
}

func TestAFullDiskOnlyDelays(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	a.write(a.Log(1), 10, 1)
	b.refuse = fault.New(fault.Full, "No room.", "")
	d.connect(a, b)
	d.run(5 * time.Second)
	if got := len(b.told(replica.Paused)); got == 0 || got > 2 {
		t.Errorf("the failing store was tried %d times in 5 s", got)
	}
	b.refuse = nil
	d.run(20 * time.Second)
	b.has(a.Log(1), 10)
}

func TestOnlyThoseWhoSpeakTheSameAreAnswered(t *testing.T) {
	tests := []struct {
		name  string
		hello func(h replica.Hello) replica.Hello
		want  fault.Kind
	}{
		{"a later protocol", func(h replica.Hello) replica.Hello { h.Min, h.Max = 7, 9; return h }, fault.Newer},
		{"another workspace", func(h replica.Hello) replica.Hello { h.Workspace[0]++; return h }, fault.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, 1)
			a, peer := d.sites[0], d.cast.actors[1]
			s := a.node.Connect(peer.ID, d.now)
			hello := replica.Hello{Min: 1, Max: 1, Wall: d.now, Workspace: replica.TagOf(d.cast.ws, peer.ID, a.ID)}
			err := s.Receive(tt.hello(hello), d.now)
			if fault.KindOf(err) != tt.want || s.Err() == nil {
				t.Errorf("Receive = %v, want a fault of kind %v", err, tt.want)
			}
			m, _ := s.Next(d.now)
			if _, bye := m.(replica.Bye); !bye {
				t.Errorf("the peer is told %+v, want why", m)
			}
			if m, more := s.Next(d.now); more {
				t.Errorf("and then %+v", m)
			}
		})
	}
}

func TestBatchesOfALaterVersionHoldUpNothingElse(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	old, fresh := a.Log(1), a.Log(2)
	a.write(old, 1, 1)
	a.write(fresh, 5, 1)
	d.filter = func(_, _ *site, m replica.Message) replica.Message {
		b, ok := m.(replica.Batches)
		if !ok {
			return m
		}
		for i, raw := range b.Raw {
			if h := must(oplog.ReadHeader(raw)); h.Log == old {
				b.Raw[i] = slices.Clone(raw)
				b.Raw[i][2] = 9 // the version of the format
			}
		}
		return b
	}
	d.connect(a, b)
	d.run(time.Minute)
	b.has(old, 0)
	b.has(fresh, 5)
	if err := b.sessions[a].Err(); err != nil {
		t.Errorf("the session is over: %v", err)
	}
	if got := b.told(replica.Newer); len(got) != 1 || got[0].Log != old {
		t.Errorf("told %+v, want once that %v needs a later version", got, old)
	}
}
