package replica_test

import (
	"errors"
	"slices"
	"time"

	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/simnet"
	"cairn/sync/wire"
)

// end is a node's end of a connection.
type end struct {
	n       *node
	s       *replica.Session
	peer    string
	out     *simnet.Cable
	other   func(soon bool) // lets the other end know that this one is gone
	dropped bool
	pumping bool
	woken   time.Time // when a look at the session is planned
}

// full is how far ahead of a cable a link writes.
const fullFor = 20 * time.Millisecond

// pump sends what the session has, as long as the cable takes it.
func (e *end) pump() {
	for !e.dropped && !e.pumping {
		if busy := e.out.Busy(); busy > fullFor {
			e.pumping = true
			e.n.soon(busy-fullFor/2, func() {
				e.pumping = false
				e.pump()
			})
			return
		}
		m, ok := e.s.Next(e.n.p.w.Now())
		if !ok {
			e.wake()
			break
		}
		e.checkRights(m)
		frame := wire.Append(nil, m)
		e.n.p.record(frame)
		e.out.Send(frame)
	}
	if !e.dropped && !e.pumping && e.s.Err() != nil {
		e.drop(true)
	}
}

// wake pumps again when the session says so.
func (e *end) wake() {
	due := e.s.Due(e.n.p.w.Now())
	if due.IsZero() || !e.woken.IsZero() && !due.Before(e.woken) {
		return
	}
	e.woken = due
	e.n.soon(due.Sub(e.n.p.w.Now()), func() {
		if e.woken.Equal(due) {
			e.woken = time.Time{}
		}
		e.pump()
	})
}

// checkRights fails the play if something leaves that the peer has no right to.
func (e *end) checkRights(m replica.Message) {
	var raws [][]byte
	switch m := m.(type) {
	case replica.Batches:
		raws = m.Raw
	case replica.Fork:
		raws = [][]byte{m.One, m.Other}
	case replica.Have:
		if len(m.Claims) > 0 && e.n.store.Table == nil {
			e.n.p.failf("%s claims something before it knows whose workspace it is", e.n.name)
		}
	}
	members := e.n.store.Table
	for _, raw := range raws {
		h := must(oplog.ReadHeader(raw))
		var known, removed bool
		if members != nil {
			device, ok := members.Device(e.s.Peer().Short())
			known, removed = ok && device.ID == e.s.Peer(), device.Removed
		}
		if !known || removed && !h.Control() {
			e.n.p.failf("%s sends %v/%d to %s, who may not have it", e.n.name, h.Log, h.First, e.peer)
		}
		if _, fork := m.(replica.Fork); !fork && !h.Control() && members.MayWrite(h) != nil {
			e.n.p.failf("%s passes %v/%d on, which its author had no right to write", e.n.name, h.Log, h.First)
		}
	}
}

// receive takes a frame in.
func (e *end) receive(frame []byte) {
	if e.dropped {
		return
	}
	m, err := wire.Decode(frame)
	switch {
	case errors.Is(err, wire.ErrUnknown):
		return
	case err != nil:
		if !e.n.p.suspicious(e.s.Peer()) {
			e.n.p.failf("%s can't read a frame of %s: %v", e.n.name, e.peer, err)
		}
		e.drop(true)
		e.n.flush()
		return
	}
	_ = e.s.Receive(m, e.n.p.w.Now()) // pump sees to the end
	e.n.flush()
}

// drop ends the connection here. The other end learns of it soon or never.
func (e *end) drop(told bool) {
	if e.dropped {
		return
	}
	e.dropped = true
	e.s.Close(e.n.p.w.Now())
	e.n.ends = slices.DeleteFunc(e.n.ends, func(o *end) bool { return o == e })
	e.other(told)
}

// connect joins two nodes.
func (p *play) connect(a, b *node) {
	ea, eb := a.accept(b.name, b.actor), b.accept(a.name, a.actor)
	ea.out = p.w.Cable(p.faults(), eb.receive)
	eb.out = p.w.Cable(p.faults(), ea.receive)
	l := &link{a: ea, b: eb}
	ea.other, eb.other = l.gone(p, eb), l.gone(p, ea)
	p.links = append(p.links, l)
	a.flush()
	b.flush()
}

// accept begins a session with a peer, in place of any before it.
func (n *node) accept(name string, peer actor) *end {
	for _, e := range slices.Clone(n.ends) {
		if e.peer == name {
			e.drop(true)
		}
	}
	e := &end{n: n, peer: name, s: n.rep.Connect(peer.ID, n.p.w.Now())}
	n.ends = append(n.ends, e)
	return e
}

// link is both ends of a connection.
type link struct{ a, b *end }

// gone returns what lets other know that the opposite end is gone.
func (l *link) gone(p *play, other *end) func(told bool) {
	return func(told bool) {
		if told {
			p.w.After(p.w.Between(0, 50*time.Millisecond), func() {
				other.drop(false)
				other.n.flush()
			})
		}
	}
}

func (l *link) alive() bool { return !l.a.dropped && !l.b.dropped }

func (l *link) joins(a, b *node) bool { return l.a.n == a && l.b.n == b || l.a.n == b && l.b.n == a }

func (l *link) cut(a, b bool) {
	l.a.out.Cut(a)
	l.b.out.Cut(b)
}
