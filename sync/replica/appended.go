package replica

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Appended answers the Append called name: its first stored batches are
// durable, or were before. If that is not all, err says what is wrong with the
// next one: it wraps oplog.ErrFork, if that is signed by its device and
// contradicts what is stored; oplog.ErrSignature or oplog.ErrMalformed, if the
// peer is to blame; oplog.ErrNewer; oplog.ErrGap; is a fault of kind Denied, if
// the author may not write; or else says why nothing can be stored now.
func (n *Node) Appended(name uint64, stored int, err error, now time.Time) {
	i := slices.IndexFunc(n.queue[:n.handed], func(o outstanding) bool { return o.ID == name })
	if i < 0 {
		return
	}
	o := n.queue[i]
	n.queue = slices.Delete(n.queue, i, i+1)
	n.handed--
	for _, t := range o.headers {
		o.from.free(t)
	}
	membership := false
	for _, t := range o.headers[:min(stored, len(o.headers))] {
		n.stored(t, o.from, now)
		membership = membership || t.Control()
	}
	if membership {
		n.membershipChanged(now)
	}
	if stored < len(o.headers) {
		n.refused(o, o.headers[stored:], err, now)
	}
}

// free gives the credit for a batch back.
func (s *Session) free(t taken) {
	s.queued -= t.size
	if t.round != 0 && t.round == s.round && !s.renew {
		s.freed += uint64(t.size)
	}
	if s.queued == 0 {
		s.replan = true
	}
}

// stored notes that a batch is durable.
func (n *Node) stored(t taken, from *Session, now time.Time) {
	if t.head.Next <= n.heads[t.Log].Next {
		return
	}
	if t.Log.Device == n.Device.Short() {
		delete(n.cried, from.peer)
		n.leave(t.Log)
	}
	n.setHead(t.Log, t.head)
	n.changed(t.Log, now)
	from.progress = now
}

// refused takes back that the batches are on their way. The first is what err
// is about; the others were not tried.
func (n *Node) refused(o outstanding, rest []taken, err error, now time.Time) {
	first := rest[0]
	for _, t := range rest {
		delete(n.tips, t.Log)
	}
	s := o.from
	switch {
	case errors.Is(err, oplog.ErrFork):
		s.suspect(first.Log, now)
	case errors.Is(err, oplog.ErrGap):
	case errors.Is(err, oplog.ErrNewer):
		s.newer[first.Log] = true
		n.event(Event{Kind: Newer, Peer: o.Peer, Log: first.Log, Err: err})
	case errors.Is(err, oplog.ErrSignature), errors.Is(err, oplog.ErrMalformed):
		if s.err == nil {
			_ = s.fail(Malformed, now, "batch %v/%d: %w", first.Log, first.First, err)
		}
	case fault.KindOf(err) == fault.Denied:
		n.held[first.Log] = true
	default:
		n.paused = now.Add(pause)
		n.event(Event{Kind: Paused, Err: fmt.Errorf("store batch %v/%d: %w", first.Log, first.First, err)})
	}
	for _, t := range rest {
		for _, o := range n.sessions {
			o.compare(t.Log)
		}
		n.release(t.Log)
	}
}

// leave asks, once, for log to be written to no more.
func (n *Node) leave(log id.Log) {
	if !n.left[log] {
		n.left[log] = true
		n.event(Event{Kind: Leave, Log: log})
	}
}

// compareOwn looks whether a peer has more of a log of this device than the
// device itself, or something else. A peer is believed once, so that a hostile
// one can't have a log left for another without end; to be believed again it
// has to show what it claims.
func (n *Node) compareOwn(s *Session, c Claim) {
	mine := n.heads[c.Log]
	if c.Log.Device != n.Device.Short() || n.left[c.Log] || n.cried[s.peer] || s.may == nothing {
		return
	}
	if c.Head.Next > mine.Next || oplog.Forks(c.Head, mine) {
		n.cried[s.peer] = true
		n.leave(c.Log)
	}
}
