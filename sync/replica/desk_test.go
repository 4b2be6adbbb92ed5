package replica_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/replica/replicatest"
)

// desk is several nodes side by side, whose messages and disks a test moves by
// hand.
type desk struct {
	t      testing.TB
	cast   *cast
	opened *opened
	now    time.Time
	sites  []*site
	trace  []string                                                // every message, as "0→1 Want"
	bytes  int                                                     // of batches that were sent
	filter func(from, to *site, m replica.Message) replica.Message // nil loses the message
}

// site is a node with its store.
type site struct {
	actor
	d        *desk
	name     int
	store    *memory
	node     *replica.Node
	sessions map[*site]*replica.Session
	events   []replica.Event
	slow     bool // the disk does nothing until store is called
	waiting  []replica.Append
	refuse   error // what the disk says to everything
}

func newDesk(t testing.TB, size int) *desk {
	t.Helper()
	d := &desk{
		t: t, cast: castOf(4), opened: newOpened(), now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC),
		filter: func(_, _ *site, m replica.Message) replica.Message { return m },
	}
	for i := range size {
		d.add(i, true)
	}
	return d
}

// add adds a site of an actor, which knows the membership or nothing.
func (d *desk) add(actor int, member bool) *site {
	s := &site{actor: d.cast.actors[actor], d: d, name: len(d.sites), store: newMemory(d.cast.ws, d.opened), sessions: map[*site]*replica.Session{}}
	if member {
		for _, b := range d.cast.acts {
			s.store.Add(b)
		}
	}
	s.restart()
	d.sites = append(d.sites, s)
	return s
}

// restart makes a new node of what is stored. Its sessions are gone.
func (s *site) restart() {
	s.node = replica.New(replica.Config{Device: s.ID, Workspace: s.d.cast.ws, Store: s.store})
	clear(s.sessions)
}

// write seals count operations in a log of s, stores them in so many batches
// and says so.
func (s *site) write(log id.Log, batches, count int) {
	for range batches {
		b := s.seal(log, s.store.Head(log), count)
		s.store.Add(b)
		s.node.Advance(oplog.Vector{log: b.Head(b.Hash)}, s.d.now)
	}
}

// seal returns a batch of documents that follows head.
func (s *site) seal(log id.Log, head oplog.Head, count int) oplog.Batch {
	ops := make([]oplog.Op, count)
	for i := range ops {
		ops[i] = oplog.Op{Stamp: clock.StampOf(s.d.now), Doc: docOf(i % docsShared), Noun: 1, Kind: 1, Field: 1, Payload: replicatest.Hashed(log.String(), int(head.Next)+i)}
	}
	return s.d.opened.seal(oplog.Draft{Workspace: s.d.cast.ws.Prefix(), Log: log, First: head.Next, Prev: head.Hash, Ops: ops}, s.actor)
}

// connect joins two sites.
func (d *desk) connect(a, b *site) {
	a.sessions[b] = a.node.Connect(b.ID, d.now)
	b.sessions[a] = b.node.Connect(a.ID, d.now)
}

// store makes durable what has arrived, or refuses it.
func (s *site) settle() {
	s.waiting = append(s.waiting, s.node.Appends()...)
	s.events = append(s.events, s.node.Events()...)
	if !s.slow {
		s.storeAll()
	}
}

func (s *site) storeAll() {
	for _, a := range s.waiting {
		stored, err := 0, s.refuse
		for _, raw := range a.Raw {
			if err != nil {
				break
			}
			var b oplog.Batch
			switch b, err = s.store.Check(raw); {
			case err == nil:
				s.store.Add(b)
			case errors.Is(err, oplog.ErrKnown):
				err = nil
			default:
				continue
			}
			stored++
		}
		s.node.Appended(a.ID, stored, err, s.d.now)
	}
	s.waiting = nil
	s.events = append(s.events, s.node.Events()...)
}

// run moves messages, until the time is over.
func (d *desk) run(over time.Duration) {
	const step = 5 * time.Millisecond
	for until := d.now.Add(over); !d.now.After(until); d.now = d.now.Add(step) {
		for d.move() {
			continue
		}
		for _, s := range d.sites {
			s.node.Tick(d.now)
		}
	}
}

// move hands over what can be sent now.
func (d *desk) move() (moved bool) {
	for _, from := range d.sites {
		for _, to := range d.sites {
			s := from.sessions[to]
			if s == nil {
				continue
			}
			for m, ok := s.Next(d.now); ok; m, ok = s.Next(d.now) {
				moved = true
				d.trace = append(d.trace, fmt.Sprintf("%d→%d %s", from.name, to.name, strings.TrimPrefix(fmt.Sprintf("%T", m), "replica.")))
				if b, ok := m.(replica.Batches); ok {
					for _, raw := range b.Raw {
						d.bytes += len(raw)
					}
				}
				m = d.filter(from, to, m)
				if back := to.sessions[from]; back != nil && m != nil {
					_ = back.Receive(m, d.now)
				}
				to.settle()
			}
		}
		from.settle()
	}
	return moved
}

// has fails the test unless the site has so many operations of log.
func (s *site) has(log id.Log, want uint64) {
	s.d.t.Helper()
	if got := s.store.Head(log).Next; got != want {
		s.d.t.Fatalf("site %d has %d operations of %v, want %d", s.name, got, log, want)
	}
}

// count returns how many of the messages so far are of a kind.
func (d *desk) count(what string) (n int) {
	for _, line := range d.trace {
		if line == what {
			n++
		}
	}
	return n
}

// told returns the events of a kind.
func (s *site) told(kind replica.EventKind) (out []replica.Event) {
	for _, e := range s.events {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}
