package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/coder/websocket"

	"cairn/sync/replica"
	"cairn/sync/wire"
)

// forever is the context of reads and writes. They end with the connection, and
// a context that can be cancelled costs something each time.
var forever = context.Background()

// read takes in what comes, until the connection ends.
func (c *conn) read() {
	for {
		frame, err := c.receive()
		switch {
		case errors.Is(err, wire.ErrMalformed):
			c.end(fmt.Errorf("%w: %w", replica.ErrPeer, err), farewellOf(replica.Malformed))
		case err != nil:
			c.end(err, nil)
			_ = c.below.Close()
			return
		}
		if err != nil || !c.heed(frame) {
			c.drain()
			return
		}
	}
}

// receive reads the next frame. The error wraps wire.ErrMalformed, or errLost.
func (c *conn) receive() ([]byte, error) {
	kind, message, err := c.ws.Reader(forever)
	if err != nil {
		return nil, lost(err)
	}
	if kind != websocket.MessageBinary {
		return nil, fmt.Errorf("a message of text: %w", wire.ErrMalformed)
	}
	return wire.ReadMessage(transport{message})
}

// lost marks an error as one of the connection. The cause is not wrapped: it may
// be io.EOF, which means something else inside a message.
func lost(cause error) error { return fmt.Errorf("%w: %s", errLost, cause.Error()) }

// transport tells the end of a message from that of its connection.
type transport struct{ io.Reader }

func (t transport) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	if err != nil && err != io.EOF { // the end of a message is io.EOF itself, that of a connection wraps it
		return n, lost(err)
	}
	return n, err
}

// drainMost is how many bytes are read of a peer that was told that it is over.
const drainMost = 2 << 20

// drain takes what still comes of a connection that is to end, so that the peer
// gets our last words: a socket that is closed with bytes unread takes them back.
func (c *conn) drain() {
	_, _ = io.CopyN(io.Discard, c.below.Conn, drainMost)
	_ = c.below.Close()
}

// heed takes a frame in, and reports whether the connection goes on.
func (c *conn) heed(frame []byte) bool {
	kind, flags, payload, err := wire.Open(frame)
	switch {
	case err != nil || kind < wire.FirstOfLink || flags != 0:
		return c.heedReplica(frame)
	case kind == kindAnnounce:
		return c.passOver(frame) && c.heedAnnounce(payload)
	case kind == kindEnd:
		return c.heedEnd(payload)
	}
	if channel := c.h.channels[kind]; channel != nil {
		taken, err := c.lane.receive(c, channel, kind, payload)
		if err != nil {
			c.end(fmt.Errorf("%w: kind %d: %w", replica.ErrPeer, kind, err), farewellOf(replica.Malformed))
			return false
		}
		if taken {
			return true
		}
	}
	return c.passOver(frame)
}

// heedReplica hands a message of the protocol to the session.
func (c *conn) heedReplica(frame []byte) bool {
	m, err := wire.Decode(frame)
	switch {
	case errors.Is(err, wire.ErrUnknown):
		return c.passOver(frame)
	case errors.Is(err, wire.ErrNewer):
		c.end(err, farewellOf(replica.OtherSpeak))
		return false
	case err != nil:
		c.end(fmt.Errorf("%w: %w", replica.ErrPeer, err), farewellOf(replica.Malformed))
		return false
	}
	h := c.h
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.err != nil {
		return false
	}
	err = c.session.Receive(m, h.nowLocked())
	if bye, ok := m.(replica.Bye); ok {
		c.endLocked(byeError{bye.Reason}, nil)
	}
	if _, ok := m.(replica.Hello); ok && err == nil && !c.greeted {
		c.greeted = true
		c.ws.SetReadLimit(wire.MaxFrame)
		c.below.ticket.extend(strangerTimeout + 2*byeTimeout)
		h.judge(c)
	}
	if err != nil {
		c.endLocked(err, nil)
	}
	h.settleLocked()
	return err == nil
}

// Frames that are of little use: those of later versions, those of channels from
// who is no member here, and announcements. A peer that means well sends a few.
const (
	uselessMost = 1 << 20 // bytes at once
	uselessRate = 256 << 10
	uselessCost = 256 // that a frame counts at least
)

// bucket lets only so much pass.
type bucket struct {
	left float64
	at   time.Time
}

// spend takes cost bytes out, and reports whether there were as many.
func (b *bucket) spend(cost int, now time.Time) bool {
	b.left = min(uselessMost, b.left+max(0, now.Sub(b.at).Seconds())*uselessRate)
	b.at = now
	b.left -= float64(cost)
	return b.left >= 0
}

// passOver counts a frame of little use.
func (c *conn) passOver(frame []byte) bool {
	if c.useless.spend(len(frame)+uselessCost, c.h.config.Now()) {
		return true
	}
	c.end(fmt.Errorf("%w: frames that nobody here takes", replica.ErrPeer), farewellOf(replica.Flooded))
	return false
}
