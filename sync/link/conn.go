package link

import (
	"bytes"
	"errors"
	"sync"
	"time"

	"github.com/coder/websocket"

	"cairn/core/id"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// simultaneous is how far apart two connections of the same two devices may
// begin for both to have been dialled at once. Both ends then keep the one that
// the smaller device dialled. Otherwise the later one counts: nobody dials who
// knows of a connection that works.
const simultaneous = 5 * time.Second

// helloMost is how long the first frame of a peer may be.
const helloMost = 8 << 10

// conn is one connection with a peer, from the handshake on.
type conn struct {
	h       *Host
	below   *secure
	ws      *websocket.Conn
	device  id.Device
	dialled bool // by us
	address string
	wake    chan struct{} // the writer has to look
	ready   chan struct{} // closed when the peer is a member, or this device knows of none yet
	done    chan struct{} // closed when it is all over
	lane    lane          // of the channels
	useless bucket        // of frames that nobody here takes

	// Guarded by the mutex of the Host.
	began     time.Time
	session   *replica.Session // nil before it is our turn
	greeted   bool             // the peer's Hello is here
	member    bool             // the peer gets everything
	known     bool             // ready is closed
	announced bool             // our addresses are sent
	theirs    []string         // the peer's own addresses
	patience  *time.Timer      // ends a connection to no member
	err       error            // why it ends
	farewell  []byte           // a frame to be sent last
}

// Why connections end, apart from what the peer does.
var (
	errReplaced = errors.New("another connection took its place")
	errSlept    = errors.New("this device has slept")
	errMoved    = errors.New("this device has another address")
	errSelf     = errors.New("this device itself")
	errStranger = errors.New("the peer is no member")
	errLost     = errors.New("the connection is lost")
)

func newConn(h *Host, below *secure, ws *websocket.Conn, dialled bool) *conn {
	return &conn{
		h: h, below: below, ws: ws, device: below.device, dialled: dialled, address: below.RemoteAddr().String(),
		wake: make(chan struct{}, 1), ready: make(chan struct{}), done: make(chan struct{}),
	}
}

// serve lives as long as the connection.
func (h *Host) serve(c *conn) {
	defer close(c.done)
	defer func() { _ = c.ws.CloseNow() }()
	defer func() { _ = c.below.Close() }()
	before, err := h.take(c)
	if err != nil {
		c.depart(c.farewell)
		c.drain()
		h.drop(c)
		return
	}
	if before != nil {
		<-before.done
	}
	c.ws.SetReadLimit(helloMost)
	if h.begin(c) {
		var writing sync.WaitGroup
		writing.Go(c.write)
		c.read()
		writing.Wait()
		c.lane.shut(c)
	}
	h.drop(c)
}

// holdLocked gives a connection the place of its peer if that is free, before it
// is served.
func (h *Host) holdLocked(c *conn) {
	if h.conns[c.device] == nil && !h.closed {
		h.conns[c.device] = c
		c.began = h.nowLocked()
	}
}

// take gives a connection the place of its peer, and returns the one that had it
// before, which ends.
func (h *Host) take(c *conn) (before *conn, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if before = h.conns[c.device]; before != c {
		c.began = h.nowLocked()
	}
	switch {
	case c.err != nil:
		return nil, c.err
	case h.closed:
		c.err, c.farewell = ErrClosed, farewellOf(replica.Closing)
	case c.device == h.device:
		c.err = errSelf
	case before == c: // it holds it already
		return nil, nil
	case before != nil && before.err == nil && h.prefers(before, c):
		c.err, c.farewell = errReplaced, endFrame(endReplaced)
	default:
		h.conns[c.device] = c
		if before != nil {
			before.endLocked(errReplaced, nil)
			_ = before.below.below.Close() // it may be dead, and is not waited for
		}
	}
	return before, c.err
}

// prefers reports whether the connection that there is stays.
func (h *Host) prefers(old, c *conn) bool {
	if old.dialled == c.dialled || c.began.Sub(old.began) > simultaneous {
		return false
	}
	return old.dialled == h.dialsFirst(c.device)
}

// dialsFirst reports whether of two connections that begin at once the one
// stays that this device has dialled.
func (h *Host) dialsFirst(peer id.Device) bool { return bytes.Compare(h.device[:], peer[:]) < 0 }

// begin starts the session, unless the connection has ended meanwhile.
func (h *Host) begin(c *conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.err != nil {
		return false
	}
	now := h.nowLocked()
	c.session = h.node.Connect(c.device, now)
	c.useless = bucket{left: uselessMost, at: now}
	if p := h.peers[c.device]; p != nil {
		p.since = now
		if p.cancel != nil && !h.dialsFirst(c.device) {
			p.cancel()
		}
	}
	h.judge(c)
	h.noteLocked(states)
	h.settleLocked()
	return true
}

// drop ends the session, if one has begun.
func (h *Host) drop(c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.patience != nil {
		c.patience.Stop()
	}
	now := h.nowLocked()
	if h.conns[c.device] == c {
		delete(h.conns, c.device)
		h.lostLocked(c, now)
	}
	if c.session == nil {
		return
	}
	h.logLocked(c)
	c.session.Close(now)
	h.noteLocked(states)
	h.settleLocked()
}

// logLocked writes down why a connection is over, for whoever wants to know who
// was refused.
func (h *Host) logLocked(c *conn) {
	log := h.config.Log.With("peer", c.device.Short(), "from", c.below.RemoteAddr(), "cause", c.err)
	switch {
	case errors.Is(c.err, replica.ErrPeer):
		log.Warn("a device did not keep to the protocol")
	case h.table != nil && !c.member:
		log.Info("a device that is no member was turned away")
	default:
		log.Debug("a connection is over")
	}
}

// judge takes in what the membership says of the peer.
func (h *Host) judge(c *conn) {
	c.member = isMember(h.table, c.device)
	switch {
	case c.member:
		c.below.ticket.leave()
		if c.patience != nil {
			c.patience.Stop()
			c.patience = nil
		}
		h.learnLocked(c)
	case wasRemoved(h.table, c.device):
		c.below.ticket.leave() // it may hear that it was removed; there is one such connection a device
	case c.greeted && h.table != nil && c.patience == nil:
		c.patience = time.AfterFunc(strangerTimeout, func() { c.end(errStranger, endFrame(endStranger)) })
	}
	if c.greeted && (c.member || h.table == nil) && !c.known {
		c.known = true
		close(c.ready)
	}
}

// judgeLocked takes in what the membership says of everybody.
func (h *Host) judgeLocked() {
	for _, c := range h.conns {
		if c.session != nil {
			h.judge(c)
		}
	}
	h.againLocked() // who was no member may be one now
	h.noteLocked(states)
	look(h.due)
}

// endLocked ends the connection, with a last frame if there is one. The first
// reason stands.
func (c *conn) endLocked(err error, farewell []byte) {
	if c.err != nil {
		return
	}
	c.err, c.farewell = err, farewell
	c.below.below.hurry()
	look(c.wake)
}

// end is endLocked for who does not hold the mutex.
func (c *conn) end(err error, farewell []byte) {
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	c.endLocked(err, farewell)
}

// farewellOf returns the frame that ends a session for a reason.
func farewellOf(reason replica.Reason) []byte { return wire.Append(nil, replica.Bye{Reason: reason}) }
