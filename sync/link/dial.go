package link

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"cairn/core/id"
)

const (
	// raceDelay is how long one address is tried before the next is tried beside
	// it (RFC 8305 recommends 250 ms; sync over a slow radio wants a little more).
	raceDelay = 300 * time.Millisecond
	// tryTimeout is how long a device that was dialled by its address alone may
	// take to turn out as a member.
	tryTimeout = 10 * time.Second
)

// dial connects with the device at one of some addresses. The error is a fault.
func (h *Host) dial(ctx context.Context, addresses []string, device id.Device) (*conn, error) {
	below, address, err := race(ctx, h.config.Dial, secured(h.identity, &device), addresses)
	if err != nil {
		return nil, err
	}
	return h.upgrade(ctx, below, address)
}

// upgrade makes a secure stream a connection. The error is a fault, and the
// stream is closed then.
func (h *Host) upgrade(ctx context.Context, below *secure, address string) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, greetTimeout)
	defer cancel()
	ws, response, err := websocket.Dial(ctx, "ws://"+hostName+pathSync, &websocket.DialOptions{
		HTTPClient:     over(below),
		Subprotocols:   []string{subprotocol},
		OnPingReceived: pinged(below),
	})
	if err != nil {
		_ = below.Close()
		switch {
		case response == nil:
		case response.StatusCode == http.StatusUpgradeRequired:
			err = fmt.Errorf("%w: %w", errVersion, err)
		default:
			err = fmt.Errorf("%w: %w", errHandshake, err)
		}
		return nil, explain(err, address)
	}
	c := newConn(h, below, ws, true)
	c.address = address
	return c, nil
}

// over returns a client whose requests go over one connection.
func over(below *secure) *http.Client {
	first := make(chan net.Conn, 1)
	first <- below
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		select {
		case c := <-first:
			return c, nil
		default:
			return nil, errors.New("the connection is used up")
		}
	}}}
}

// Dialler opens a stream to an address of host and port.
type dialler = func(ctx context.Context, address string) (net.Conn, error)

// outcome is how an address has answered.
type outcome struct {
	conn    *secure
	address string
	err     error
}

// race tries addresses one after another, each for a moment alone, and returns
// the first connection that is the right device's. The error is the fault that
// tells most.
func race(ctx context.Context, dial dialler, config *tls.Config, addresses []string) (*secure, string, error) {
	racing, stop := context.WithTimeout(ctx, greetTimeout)
	defer stop()
	outcomes := make(chan outcome)
	try := func(address string) {
		o := outcome{address: address}
		raw, err := dial(racing, address)
		if err == nil {
			o.conn, err = handshake(racing, newStream(raw), config, false)
		}
		o.err = err
		outcomes <- o
	}
	delay := time.NewTimer(0)
	defer delay.Stop()
	var won outcome
	var worst error
	for running, waiting := 0, addresses; running > 0 || len(waiting) > 0 && won.conn == nil && racing.Err() == nil; {
		select {
		case <-delay.C:
			if len(waiting) > 0 && won.conn == nil {
				running++
				go try(waiting[0])
				waiting = waiting[1:]
				delay.Reset(raceDelay)
			}
			continue
		case o := <-outcomes:
			running--
			switch {
			case o.err != nil:
				worst = telling(worst, explain(o.err, o.address))
				delay.Reset(0)
			case won.conn != nil:
				_ = o.conn.Close()
			default:
				won = o
				stop()
			}
		}
	}
	if won.conn == nil {
		if worst == nil {
			worst = explain(context.Cause(racing), "")
		}
		return nil, "", worst
	}
	return won.conn, won.address, nil
}

// Try connects with the device at an address of host and port, and returns which
// it is. From then on that device is kept connected, as by Reach. It has to turn
// out as a member; the error is a fault that says what else there is.
func (h *Host) Try(ctx context.Context, address string) (id.Device, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return id.Device{}, said(told.noAddress, err, address)
	}
	below, _, err := race(ctx, h.config.Dial, secured(h.identity, nil), []string{address})
	if err != nil {
		return id.Device{}, err
	}
	c, err := h.connect(ctx, below, address)
	if err != nil {
		return id.Device{}, explain(err, address)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, tryTimeout, errStranger)
	defer cancel()
	if err := h.proven(ctx, c); err != nil {
		return id.Device{}, explain(err, address)
	}
	h.Reach(c.device, []string{address})
	return c.device, nil
}

// connect makes a stream to some device a connection that is kept, or returns the
// one that there is: a second would take its place.
func (h *Host) connect(ctx context.Context, below *secure, address string) (*conn, error) {
	h.mu.Lock()
	there := h.conns[below.device]
	removed := wasRemoved(h.table, below.device)
	h.mu.Unlock()
	switch {
	case there != nil:
		_ = below.Close()
		return there, nil
	case below.device == h.device:
		_ = below.Close()
		return nil, errSelf
	case removed:
		_ = below.Close()
		return nil, errRemoved
	}
	c, err := h.upgrade(ctx, below, address)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		_ = c.below.Close()
		_ = c.ws.CloseNow()
		return nil, ErrClosed
	}
	h.holdLocked(c)
	h.running.Go(func() { h.serve(c) }) //nolint:contextcheck // it lives as long as the connection
	return c, nil
}

// proven waits for the device of a connection to turn out as a member, on it or
// on one that takes its place.
func (h *Host) proven(ctx context.Context, c *conn) error {
	for {
		select {
		case <-c.ready:
			return nil
		case <-c.done:
			h.mu.Lock()
			next, err := h.conns[c.device], c.err
			h.mu.Unlock()
			if next == nil {
				return err
			}
			c = next
		case <-ctx.Done():
			cause := context.Cause(ctx)
			if errors.Is(cause, errStranger) {
				c.end(cause, endFrame(endStranger))
			}
			return cause
		}
	}
}
