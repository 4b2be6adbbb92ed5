package link

import (
	"slices"
	"sync"
	"time"
)

// strangersMost is how many connections there may be whose other end is no
// member, or has not said so yet. One more costs the oldest its place: whoever
// fills them all has to do so anew each time somebody gets through the handshake.
const strangersMost = 64

// strangerTimeout is how long a device may stay connected that knows the
// workspace and is no member. It brings its admission in that time.
const strangerTimeout = time.Minute

// gate counts the strangers among the connections that were accepted.
type gate struct {
	mu      sync.Mutex
	closed  bool
	tickets []*ticket // the oldest first
}

// ticket is a stranger's place.
type ticket struct {
	gate  *gate
	below *stream
	timer *time.Timer
}

// enter gives a connection a place, for the time of a greeting. It returns nil,
// with the connection closed, when the gate is closed.
func (g *gate) enter(below *stream) *ticket {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		_ = below.Close()
		return nil
	}
	if len(g.tickets) == strangersMost {
		g.tickets[0].expel()
	}
	t := &ticket{gate: g, below: below}
	t.timer = time.AfterFunc(greetTimeout, func() { _ = below.Close() })
	g.tickets = append(g.tickets, t)
	return t
}

// expel closes the connection; who holds it gives the place back as it ends. The
// caller holds the mutex.
func (t *ticket) expel() {
	t.gate.tickets = slices.DeleteFunc(t.gate.tickets, func(o *ticket) bool { return o == t })
	_ = t.below.Close()
}

// extend lets a stranger stay for longer, unless it was expelled.
func (t *ticket) extend(d time.Duration) {
	if t != nil {
		t.timer.Reset(d)
	}
}

// leave gives the place back: the connection is over, or its other end is a
// member.
func (t *ticket) leave() {
	if t == nil {
		return
	}
	t.timer.Stop()
	t.gate.mu.Lock()
	defer t.gate.mu.Unlock()
	t.gate.tickets = slices.DeleteFunc(t.gate.tickets, func(o *ticket) bool { return o == t })
}

// close lets nobody in any more, and closes the connections of strangers.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for len(g.tickets) > 0 {
		g.tickets[0].expel()
	}
}

// count returns how many strangers there are.
func (g *gate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.tickets)
}
