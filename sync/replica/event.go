package replica

import (
	"cairn/core/id"
)

// EventKind is what happened.
type EventKind uint8

// The kinds of events.
const (
	// Leave asks the caller to write nothing more to Log, a log of this device,
	// and go on in another: somebody has a part of it that is not here, or
	// another history. It is urgent: what is written to Log from now on, others
	// may never take.
	Leave EventKind = iota
	// Forked says that the device of Log has written two histories under its
	// name, which part at or before At. Operations of it from At on will not
	// reach everybody.
	Forked
	// Newer says that Peer has a part of Log that only a later version of Cairn
	// can read.
	Newer
	// Paused says that the store refused what arrived, with Err. It is tried
	// again.
	Paused
	// Unreadable says that the store failed to read Log, with Err, so that a
	// peer does not get it from here.
	Unreadable
	// Ended says that the session with Peer is over, with Err.
	Ended
)

// Event is something that the caller has to know.
type Event struct {
	Kind EventKind
	Peer id.Device
	Log  id.Log
	At   uint64
	Err  error
}

// eventsMost bounds what a caller that does not look is told at once. Leave and
// Forked, of which there is one a log, are never left out.
const eventsMost = 1024

func (n *Node) event(e Event) {
	if len(n.events) < eventsMost || e.Kind <= Forked {
		n.events = append(n.events, e)
	}
}

// Events returns what has happened since it was last called.
func (n *Node) Events() []Event {
	out := n.events
	n.events = nil
	return out
}
