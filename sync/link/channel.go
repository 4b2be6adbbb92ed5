package link

import (
	"errors"
	"fmt"
	"sync"

	"cairn/core/id"
	"cairn/sync/wire"
)

// Channel sends frames of its own to members, over the connections that there
// are. What it sends waits for the messages of the protocol, and channels take
// turns.
//
// The Host calls Bind once, and then for each peer Connect, then Receive and Next
// from two goroutines, and last Disconnect. None of them may wait for long, or
// for the Host; they hold the Host's locks in no case.
type Channel interface {
	// Kinds returns the kinds of frames that are the channel's, from
	// wire.FirstOfChannels on.
	Kinds() (first, last byte)
	// Bind hands the channel what it calls when it has something for a peer. That
	// may be called at any time, from anywhere, and returns at once.
	Bind(wake func(peer id.Device))
	Connect(peer id.Device)
	Disconnect(peer id.Device)
	// Receive takes a frame in; the payload is the channel's. As long as it has
	// not returned nothing more is read from the peer. An error ends the
	// connection, as no correct peer causes one.
	Receive(peer id.Device, kind byte, payload []byte) error
	// Next returns the next frame to the peer, of at most wire.MaxPayload bytes,
	// false if there is none. It is asked when the connection can take more.
	Next(peer id.Device) (kind byte, payload []byte, ok bool)
}

func (h *Host) openChannels() error {
	for _, channel := range h.config.Channels {
		first, last := channel.Kinds()
		if first < wire.FirstOfChannels || last < first {
			return fmt.Errorf("a channel of kinds %#x to %#x", first, last)
		}
		for kind := int(first); kind <= int(last); kind++ {
			if h.channels[kind] != nil {
				return errors.New("two channels of one kind of frame")
			}
			h.channels[kind] = channel
		}
		channel.Bind(h.wakePeer)
	}
	return nil
}

func (h *Host) wakePeer(peer id.Device) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.conns[peer]; c != nil {
		look(c.wake)
	}
}

// lane is the part of a connection that belongs to the channels.
type lane struct {
	mu   sync.RWMutex // held for writing while the lane opens and closes
	open bool
	turn int // the channel that is asked first; only the writer knows
}

// follow opens the lane to a member, and closes it to others.
func (l *lane) follow(c *conn, member bool) {
	l.mu.RLock()
	open := l.open
	l.mu.RUnlock()
	switch {
	case open && !member:
		l.shut(c)
	case !open && member:
		l.enter(c)
	}
}

// enter opens the lane, if the peer is a member.
func (l *lane) enter(c *conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open || !c.isMember() {
		return
	}
	l.open = true
	for _, channel := range c.h.config.Channels {
		channel.Connect(c.device)
	}
}

// shut closes the lane.
func (l *lane) shut(c *conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open {
		return
	}
	l.open = false
	for _, channel := range c.h.config.Channels {
		channel.Disconnect(c.device)
	}
}

// receive hands a frame to its channel, if the peer is a member. The writer may
// not have come to open the lane yet.
func (l *lane) receive(c *conn, channel Channel, kind byte, payload []byte) (taken bool, err error) {
	l.follow(c, c.isMember())
	l.mu.RLock()
	defer l.mu.RUnlock()
	if !l.open {
		return false, nil
	}
	return true, channel.Receive(c.device, kind, payload)
}

// isMember reports whether the peer gets what channels send.
func (c *conn) isMember() bool {
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	return c.member && c.greeted && c.err == nil
}

// next returns the next frame of a channel, nil if none has any.
func (l *lane) next(c *conn) []byte {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if !l.open {
		return nil
	}
	all := c.h.config.Channels
	for i := range all {
		channel := all[(l.turn+i)%len(all)]
		kind, payload, ok := channel.Next(c.device)
		if !ok {
			continue
		}
		l.turn = (l.turn + i + 1) % len(all)
		if c.h.channels[kind] != channel || len(payload) > wire.MaxPayload {
			panic(fmt.Sprintf("link: a channel gives %d bytes of kind %#x", len(payload), kind))
		}
		return wire.AppendFrame(nil, kind, payload)
	}
	return nil
}
