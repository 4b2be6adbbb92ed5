package link

import (
	"time"

	"github.com/coder/websocket"

	"cairn/sync/replica"
	"cairn/sync/wire"
)

// inARow is how many messages of the protocol are sent before the channels get a
// turn, if there is more: whoever waits for a cursor waits for a megabyte at most.
const inARow = 16

// soonest is how soon a writer looks again at a session that has nothing now.
const soonest = time.Millisecond

// write sends what the session and the channels have, until the connection ends.
func (c *conn) write() {
	var out step
	defer func() { c.depart(out.farewell) }()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for row := 0; ; row++ {
		if row == inARow {
			row = 0
			if _, ok := c.sendChannel(); !ok {
				return
			}
		}
		out = c.step(out.frame[:0])
		c.lane.follow(c, out.member)
		switch {
		case out.over:
			return
		case len(out.frame) > 0:
			if !c.send(out.frame) {
				return
			}
			continue
		}
		sent, ok := c.sendChannel()
		switch {
		case !ok:
			return
		case sent:
			continue
		}
		row = -1
		timer.Reset(max(out.wait, soonest))
		select {
		case <-c.wake:
		case <-timer.C:
		}
	}
}

// step is what a writer does next.
type step struct {
	frame    []byte // to be sent, if there is one
	over     bool   // the connection ends
	farewell []byte // with this
	member   bool   // the peer gets what channels send
	wait     time.Duration
}

// step asks the session for the next frame, which uses the memory of b.
func (c *conn) step(b []byte) step {
	m, out := c.ask()
	switch {
	case m != nil:
		out.frame = wire.Append(b, m)
	case len(out.frame) == 0:
		out.frame = b
	}
	return out
}

// ask asks the session for the next message, or says what else there is to do.
func (c *conn) ask() (replica.Message, step) {
	h := c.h
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.nowLocked()
	out := step{member: c.member && c.greeted && c.err == nil}
	if c.err != nil && c.session.Err() == nil {
		out.over, out.farewell = true, c.farewell
		return nil, out
	}
	m, ok := c.session.Next(now)
	h.hearLocked(h.node.Events())
	h.soonLocked(h.node.Due())
	if bye, isBye := m.(replica.Bye); isBye {
		c.endLocked(c.session.Err(), nil)
		out.over, out.farewell = true, wire.Append(nil, bye)
		return nil, out
	}
	switch {
	case ok:
		return m, out
	case c.session.Err() != nil:
		c.endLocked(c.session.Err(), nil)
		out.over, out.farewell = true, c.farewell
	case out.member && !c.announced:
		c.announced = true
		out.frame = announceFrame(h.listeningLocked())
	default:
		out.wait = c.session.Due(now).Sub(now)
	}
	return nil, out
}

// send writes a frame, and reports whether it could.
func (c *conn) send(frame []byte) bool {
	if err := c.ws.Write(forever, websocket.MessageBinary, frame); err != nil {
		c.end(lost(err), nil)
		return false
	}
	return true
}

// sendChannel writes a frame of a channel, if one has any.
func (c *conn) sendChannel() (sent, ok bool) {
	frame := c.lane.next(c)
	if frame == nil {
		return false, true
	}
	ok = c.send(frame)
	return ok, ok
}

// depart sends last words, if there are any, and closes the connection: at once
// without, else when the peer has closed it, for which it gets a moment.
func (c *conn) depart(farewell []byte) {
	c.below.below.hurry()
	if len(farewell) == 0 || c.ws.Write(forever, websocket.MessageBinary, farewell) != nil {
		_ = c.below.Close()
		return
	}
	time.AfterFunc(byeTimeout, func() { _ = c.below.Close() })
}
