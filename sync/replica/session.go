package replica

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// ErrPeer is what the error of a session wraps that ended because of what the
// peer sent.
var ErrPeer = errors.New("the peer does not keep to the protocol")

// errClosed is the error of a session after Close.
var errClosed = errors.New("the session is closed")

// Session is what a Node knows of one connection to a peer. Its size does not
// depend on how much is sent: what goes out is read from the store when Next is
// asked for it.
type Session struct {
	n         *Node
	peer      id.Device
	opened    time.Time
	heard     time.Time // the last message
	sent      time.Time // the last message
	greeted   bool      // the peer's Hello is here
	unheardOf bool      // it was said again, so ours has been lost
	hello     Hello
	ahead     time.Duration // how far the peer's clock is before ours
	may       access
	err       error // why the session is over
	bye       *Bye  // to be sent last
	excess    bucket
	proofs    []id.Log // forked logs of which the proof is to be passed on

	claiming
	hearing
	serving
	pushing
	pulling
	probing
}

// access is what a peer gets.
type access uint8

const (
	nothing    access = iota // a stranger: may bring the membership that makes it known
	membership               // was removed
	everything
)

// Connect begins a session with a peer, who has proved to the link to be that
// device. Sessions of one peer beside each other work, at the cost of sending
// some things twice.
func (n *Node) Connect(peer id.Device, now time.Time) *Session {
	s := &Session{n: n, peer: peer, opened: now, heard: now, may: n.access(peer), excess: full(now)}
	s.claiming = claiming{dirty: map[id.Log]bool{}, fresh: true, since: now}
	s.hearing = hearing{theirs: map[id.Log]Claim{}, lacking: map[id.Log]bool{}}
	s.pushing = pushing{due: map[id.Log]bool{}, upTo: map[id.Log]uint64{}, said: map[id.Log]uint64{}, unheard: map[id.Log][]pushed{}}
	s.pulling = pulling{newer: map[id.Log]bool{}}
	n.sessions = append(n.sessions, s)
	clear(n.held) // this one may bring what the last one only claimed to
	for _, o := range n.sessions {
		o.replan = true
	}
	for _, proof := range n.Forks() {
		s.prove(proof.Log)
	}
	return s
}

// Close ends the session without a word to the peer.
func (s *Session) Close(now time.Time) {
	if s.err == nil {
		s.err = errClosed
	}
	s.bye = nil
	s.giveBack(now)
	s.n.sessions = slices.DeleteFunc(s.n.sessions, func(o *Session) bool { return o == s })
}

// Peer returns the device at the other end.
func (s *Session) Peer() id.Device { return s.peer }

// Err returns why the session is over, nil while it is not. The link sends what
// Next still gives and closes.
func (s *Session) Err() error { return s.err }

// access returns what a device gets.
func (n *Node) access(peer id.Device) access {
	if n.members == nil {
		return nothing
	}
	device, known := n.members.Device(peer.Short())
	switch {
	case !known || device.ID != peer:
		return nothing
	case device.Removed:
		return membership
	default:
		return everything
	}
}

// sees reports whether the peer gets logs of documents, or of membership.
func (s *Session) sees(control bool) bool {
	return s.may == everything || s.may == membership && control
}

// judge takes in what the membership now says about the peer, and about what
// it has.
func (s *Session) judge(now time.Time) {
	if may := s.n.access(s.peer); may != s.may {
		s.may = may
		s.claimAll(now)
	}
	for _, log := range slices.SortedFunc(maps.Keys(s.theirs), id.Log.Compare) {
		s.n.compareOwn(s, s.theirs[log])
		if s.parts(s.theirs[log]) {
			s.suspect(log, now)
		}
		s.compare(log)
	}
	s.replan = true
}

// Receive takes a message of the peer in. The error, which Err returns too,
// wraps ErrPeer if no correct peer sends that.
func (s *Session) Receive(m Message, now time.Time) error {
	if s.err != nil {
		return s.err
	}
	s.heard = now
	if _, ok := m.(Batches); !ok && !s.excess.spend(messageCost, now) {
		return s.flooded()
	}
	switch m := m.(type) {
	case Hello:
		return s.hearHello(m, now)
	case Bye:
		s.end(fmt.Errorf("the peer ended the session: %v", m.Reason), now)
		return s.err
	}
	if !s.greeted {
		return nil // it has overtaken the Hello; what it says is said again
	}
	switch m := m.(type) {
	case Have:
		return s.hearHave(m, now)
	case Again:
		s.hearAgain(now)
	case Want:
		s.hearWant(m)
	case Batches:
		return s.hearBatches(m, now)
	case Fork:
		return s.hearFork(m, now)
	}
	return nil
}

// Next returns the next message to the peer, false if there is none now. The
// link asks when it can send: nothing else holds a message back, and nothing
// is queued that it does not ask for.
func (s *Session) Next(now time.Time) (Message, bool) {
	m := s.next(now)
	if m == nil {
		return nil, false
	}
	s.sent = now
	return m, true
}

func (s *Session) next(now time.Time) Message {
	if s.err != nil {
		if s.bye == nil {
			return nil
		}
		bye := *s.bye
		s.bye = nil
		return bye
	}
	if hello, ok := s.nextHello(now); ok {
		return hello
	}
	if !s.greeted {
		return nil
	}
	if fork, ok := s.nextFork(); ok {
		return fork
	}
	if s.nextAgain(now) {
		return Again{}
	}
	if want, ok := s.nextWant(now); ok {
		return want
	}
	if batches, ok := s.nextPush(now); ok {
		return batches
	}
	if have, ok := s.nextHave(now); ok {
		return have
	}
	if batches, ok := s.nextServed(); ok {
		return batches
	}
	return nil
}

// fail ends the session because of what the peer has done.
func (s *Session) fail(reason Reason, now time.Time, format string, args ...any) error {
	s.end(fmt.Errorf("%w: %w", ErrPeer, fmt.Errorf(format, args...)), now)
	s.bye = &Bye{Reason: reason}
	return s.err
}

func (s *Session) flooded() error {
	return s.fail(Flooded, s.heard, "more messages than anybody asked for")
}

// end ends the session: what it was to bring others may bring.
func (s *Session) end(err error, now time.Time) {
	s.err = err
	s.n.event(Event{Kind: Ended, Peer: s.peer, Err: err})
	s.giveBack(now)
}

// unreadable notes that the store failed to give what was to be sent.
func (s *Session) unreadable(log id.Log, err error) {
	s.n.event(Event{Kind: Unreadable, Log: log, Err: err})
}

// oneOf returns the stored batch of log that holds operation at.
func (n *Node) oneOf(log id.Log, at uint64) ([]byte, error) {
	raws, err := n.Store.Batches(log, at, 1)
	if err != nil {
		return nil, err
	}
	if len(raws) == 0 {
		return nil, fmt.Errorf("operation %v/%d is not stored: %w", log, at, oplog.ErrGap)
	}
	return raws[0], nil
}
