package replica

import (
	"time"

	"cairn/core/fault"
	"cairn/core/id"
)

// errSilent ends a session whose peer is gone.
var errSilent = fault.New(fault.Offline, "The other device has not answered for a while.",
	"Cairn connects again when it can be reached.")

// Status is what is known of a session, for people.
type Status struct {
	Peer  id.Device
	Heard time.Time // the last message
	// Known says that the peer has said all that it has. Before, Behind and
	// Ahead say nothing.
	Known bool
	// Behind is how many operations the peer hands out that count and are not
	// durable here, Ahead how many the peer has not acknowledged that it may
	// have.
	Behind, Ahead uint64
	// Level is the feature level of the peer, 0 as long as it has not greeted,
	// and ClockAhead how far its clock is before ours, delays included.
	Level      uint16
	ClockAhead time.Duration
	Err        error
}

// Status returns what is known of the session.
func (s *Session) Status() Status {
	st := Status{
		Peer: s.peer, Heard: s.heard, Known: s.greeted && s.whole && !s.again,
		Level: s.hello.Level, ClockAhead: s.ahead, Err: s.err,
	}
	for log, c := range s.theirs {
		if theirs, ours := min(c.Head.Next, s.n.limit(log, c.Control)), s.n.heads[log].Next; theirs > ours {
			st.Behind += theirs - ours
		}
	}
	for log, head := range s.n.offers {
		if theirs := s.theirs[log].Head.Next; head.Next > theirs && s.sees(s.n.Store.Control(log)) {
			st.Ahead += head.Next - theirs
		}
	}
	return st
}

// Sessions returns the sessions that are not closed, in the order in which they
// began.
func (n *Node) Sessions() []*Session { return append([]*Session(nil), n.sessions...) }
