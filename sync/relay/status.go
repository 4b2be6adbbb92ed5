package relay

import (
	"slices"
	"time"

	"cairn/core/id"
)

// State is how a Client stands to its relay.
type State uint8

// The states.
const (
	Connecting State = iota // no answer yet, for a moment
	Connected
	Offline // Fault says why; it is tried again
)

// String returns the name of s, as JSON has it.
func (s State) String() string {
	switch s {
	case Connected:
		return "connected"
	case Connecting:
		return "connecting"
	case Offline:
	}
	return "offline"
}

// Status is what a person may want to know of the relay.
type Status struct {
	State State
	Since time.Time // when State began
	// Fault says why the relay is out of reach, or what is wrong with it; nil
	// when there is nothing to say.
	Fault   error
	Contact time.Time // when it was last heard; zero for never
	// Known says that both sides have been compared since the connection was
	// made. Before, Behind and Ahead say nothing.
	Known bool
	// Behind is how many operations the relay says it holds that are not durable
	// here, Ahead how many it lacks; both without those of logs that have two
	// histories, of which the relay keeps the first that it was brought.
	Behind, Ahead uint64
	Bad           uint64    // messages that were passed over because nobody could have meant them
	Logs          []LogNote // those with which something is wrong, sorted by log
}

// LogNote says what keeps a log from being fetched or brought. Everything else
// goes on.
type LogNote struct {
	Log id.Log
	Own bool // of this device
	// Copied says that another history of an own log is at the relay: the folder
	// was copied. The device has to go on in another log, as with
	// replica.Leave.
	Copied bool
	Fault  error
}

// Status returns how things stand.
func (c *Client) Status() Status {
	heads := c.Store.Heads()
	c.mu.Lock()
	defer c.mu.Unlock()
	s := Status{State: c.state, Since: c.since, Fault: c.fault, Contact: c.contact, Bad: c.bad}
	s.Known = c.current != nil && c.current.compared
	for log, p := range c.logs {
		ours := heads[log].Next
		if p.claim > ours && !p.forked() {
			s.Behind += p.claim - ours
		}
		if p.held != nil {
			own := log.Device == c.Device.Short()
			s.Logs = append(s.Logs, LogNote{Log: log, Own: own, Copied: own && p.forked(), Fault: p.held.fault})
		}
	}
	for log, head := range heads {
		p := c.logs[log]
		switch {
		case p == nil:
			s.Ahead += head.Next
		case head.Next > p.end && !p.barred && p.claim <= head.Next && !p.forked():
			s.Ahead += head.Next - p.end
		}
	}
	slices.SortFunc(s.Logs, func(a, b LogNote) int { return a.Log.Compare(b.Log) })
	return s
}

// Changed returns a channel that is closed at the next change of Status.
func (c *Client) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

// tell wakes who waits for Changed. The lock is held.
func (c *Client) tell() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// become sets the state. A fault that stays the same is no change.
func (c *Client) become(state State, fault error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state != state {
		c.since = c.Now()
	}
	c.state, c.fault = state, fault
	c.tell()
}
