package replica_test

import (
	"testing"
	"time"

	"cairn/sync/replica"
)

// lag is how long what a device writes without a pause takes to its peer.
type lag struct {
	d        *desk
	from, to *site
	late     []time.Time // when batches were written that are not at the peer
	worst    time.Duration
}

// write has the device write so often a batch of so many operations. The peer's
// disk is always one batch behind.
func (l *lag) write(times, ops int) {
	log := l.from.Log(1)
	for range times {
		l.from.write(log, 1, ops)
		l.late = append(l.late, l.d.now)
		l.to.storeAll()
		l.d.run(0)
		for have := l.to.store.Head(log).Next; len(l.late) > 0 && have >= l.from.store.Head(log).Next-uint64((len(l.late)-1)*ops); {
			l.worst = max(l.worst, l.d.now.Sub(l.late[0]))
			l.late = l.late[1:]
		}
	}
}

func newLag(t *testing.T) *lag {
	t.Helper()
	d := newDesk(t, 2)
	l := &lag{d: d, from: d.sites[0], to: d.sites[1]}
	d.connect(l.from, l.to)
	d.run(100 * time.Millisecond)
	l.to.slow = true
	return l
}

// What is acknowledged makes room, though there is always more that is not.
func TestWhoWritesWithoutAPauseIsHeardAtOnce(t *testing.T) {
	l := newLag(t)
	l.write(1500, 20)
	size := l.d.bytes
	if size < 1<<20 {
		t.Fatalf("only %d bytes were written: less than a device may send unasked anyway", size)
	}
	if wants := l.d.count("1→0 Want"); wants > 1 { // for the membership, when they met
		t.Errorf("the peer had to ask %d times", wants)
	}
	if l.worst > 10*time.Millisecond {
		t.Errorf("a batch took %v to the peer", l.worst)
	}
}

// A peer that had to ask is sent what follows unasked, with no pause in between.
func TestWhoHasCaughtUpIsSentTheRest(t *testing.T) {
	l := newLag(t)
	log := l.from.Log(1)
	for range 300 { // more than is sent unasked before any of it is acknowledged
		l.from.write(log, 1, 20)
		l.d.run(0)
	}
	l.write(200, 20)
	l.worst = 0
	asked := l.d.count("1→0 Want")
	l.write(400, 20)
	if more := l.d.count("1→0 Want") - asked; more > 0 {
		t.Errorf("the peer had to ask %d times after it had caught up", more)
	}
	if l.worst > 10*time.Millisecond {
		t.Errorf("a batch took %v to the peer", l.worst)
	}
	l.to.storeAll()
	l.d.run(time.Second)
	sent := l.d.bytes
	l.to.has(log, l.from.store.Head(log).Next)
	size := 0
	for _, b := range l.from.store.Logs[log] {
		size += len(b.Raw)
	}
	if twice := sent - size; twice > 512<<10 {
		t.Errorf("%d of %d bytes were sent twice", twice, size)
	}
}

// A push that is lost is asked for; what is written meanwhile does not pile up.
func TestALostPushIsMadeUpFor(t *testing.T) {
	l := newLag(t)
	l.write(100, 1)
	lost := false
	l.d.filter = func(_, _ *site, m replica.Message) replica.Message {
		if b, ok := m.(replica.Batches); ok && b.Round == 0 && !lost {
			lost = true
			return nil
		}
		return m
	}
	l.write(100, 1)
	l.worst = 0
	l.write(200, 1)
	if l.worst > 10*time.Millisecond {
		t.Errorf("a batch took %v to the peer, after one before it was lost", l.worst)
	}
	l.to.storeAll()
	l.to.has(l.from.Log(1), 400)
}
