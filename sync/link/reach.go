package link

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/sync/replica"
)

const (
	// backoffMin is how long is waited after a first attempt that failed. It
	// doubles each time, up to backoffMax; half of it is left to chance, so that
	// devices that lost each other do not meet again and again.
	backoffMin = time.Second
	backoffMax = time.Minute
	// steady is how long a connection lasts for its end to be no failure.
	steady = 30 * time.Second
	// unwelcome is how many failures it counts that a device is no member to the
	// other. That does not change from one second to the next.
	unwelcome = 6
	// dialsMost is how many devices are tried at once.
	dialsMost = 16
	// addressesMost is how many addresses of a device are kept.
	addressesMost = 16
)

// peer is what the Host knows of a device that it is to reach, or was connected
// with.
type peer struct {
	device    id.Device
	wanted    bool
	addresses []string // the best first
	reached   string   // that it was last connected at
	since     time.Time
	heard     time.Time
	last      *replica.Session // the latest that knew what the device has; it is over
	why       error            // why it is not connected
	failures  int              // in a row
	next      time.Time
	cancel    context.CancelFunc // ends the attempt that is under way, nil if none is
}

// peerLocked returns what is known of a device, making room for it.
func (h *Host) peerLocked(device id.Device) *peer {
	p := h.peers[device]
	if p == nil {
		p = &peer{device: device, since: h.nowLocked()}
		h.peers[device] = p
	}
	return p
}

// Reach keeps this device connected with another, at addresses of host and port,
// of which those of an earlier call are kept. It returns at once. A device that
// was removed from the workspace is not tried.
func (h *Host) Reach(device id.Device, addresses []string) {
	if device == h.device {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.peerLocked(device)
	fresh := !p.wanted
	p.wanted = true
	for _, a := range slices.Backward(addresses) {
		if _, _, err := net.SplitHostPort(a); err != nil {
			h.config.Log.Warn("an address to reach a device at is none", "peer", device.Short(), "address", a)
			continue
		}
		fresh = p.prefer(a) || fresh
	}
	if fresh {
		p.failures, p.next = 0, h.nowLocked()
		look(h.due)
	}
	h.noteLocked(states)
}

// prefer puts an address first, and reports whether it is new.
func (p *peer) prefer(address string) bool {
	i := slices.Index(p.addresses, address)
	if i >= 0 {
		p.addresses = slices.Delete(p.addresses, i, i+1)
	}
	p.addresses = slices.Insert(p.addresses, 0, address)
	p.addresses = p.addresses[:min(len(p.addresses), addressesMost)]
	return i < 0
}

// consider puts an address that is new behind the first one: whoever says where
// it is now is less likely where it was before.
func (p *peer) consider(address string) {
	if !slices.Contains(p.addresses, address) {
		p.addresses = slices.Insert(p.addresses, min(1, len(p.addresses)), address)
		p.addresses = p.addresses[:min(len(p.addresses), addressesMost)]
	}
}

// Forget ends the attempts to reach a device, and forgets its addresses. A
// connection that there is goes on.
func (h *Host) Forget(device id.Device) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.peers[device]; p != nil {
		if p.cancel != nil {
			p.cancel()
		}
		delete(h.peers, device)
		h.noteLocked(states)
	}
}

// againLocked lets everybody be tried at once.
func (h *Host) againLocked() {
	now := h.nowLocked()
	for _, p := range h.peers {
		p.failures, p.next = 0, now
	}
}

// reachable reports whether an attempt to reach p makes sense now, apart from
// the time.
func (h *Host) reachable(p *peer) bool {
	return p.wanted && p.cancel == nil && h.conns[p.device] == nil && len(p.addresses) > 0 && !wasRemoved(h.table, p.device)
}

// dialLocked starts the attempts that are due, and returns when the next one is.
func (h *Host) dialLocked(now time.Time) (next time.Time) {
	for _, p := range h.peers {
		switch {
		case h.closed || !h.reachable(p) || h.dialling >= dialsMost:
			continue
		case p.next.After(now):
			next = sooner(next, p.next)
			continue
		}
		ctx, cancel := context.WithCancel(h.ctx)
		p.cancel = cancel
		h.dialling++
		addresses := slices.Clone(p.addresses)
		h.running.Go(func() { h.attempt(ctx, p, addresses) })
		h.noteLocked(states)
	}
	return next
}

// attempt dials a device once, and lives as long as the connection.
func (h *Host) attempt(ctx context.Context, p *peer, addresses []string) {
	c, err := h.dial(ctx, addresses, p.device)
	h.mu.Lock()
	p.cancel()
	p.cancel = nil
	h.dialling--
	if err != nil {
		h.failedLocked(p, err)
	} else {
		h.holdLocked(c) // before anybody finds that p can be dialled
	}
	h.mu.Unlock()
	look(h.due)
	if err == nil {
		h.serve(c) //nolint:contextcheck // it lives as long as the connection
	}
}

// failedLocked notes why a device could not be reached, and when to try again.
func (h *Host) failedLocked(p *peer, err error) {
	if h.peers[p.device] != p || h.conns[p.device] != nil {
		return // nobody wants to know
	}
	now := h.nowLocked()
	p.why = err
	p.next = now.Add(h.backoff(p.failures))
	p.failures++
	h.noteLocked(states)
}

// lostLocked notes that a connection is over.
func (h *Host) lostLocked(c *conn, now time.Time) {
	p := h.peers[c.device]
	if p == nil {
		if !c.member && !wasRemoved(h.table, c.device) {
			return // strangers are not remembered
		}
		p = h.peerLocked(c.device)
	}
	p.why, p.since, p.reached = explain(c.err, c.address), now, c.address
	if c.session != nil {
		s := c.session.Status()
		if p.heard = s.Heard; s.Known {
			p.last = c.session
		}
	}
	end, ended := errors.AsType[endError](c.err)
	switch {
	case errors.Is(c.err, errSlept), errors.Is(c.err, errMoved):
		p.failures, p.next = 0, now
		look(h.due)
		return
	case errors.Is(c.err, errStranger), ended && end.ending == endStranger:
		p.failures = max(p.failures, unwelcome)
	case now.Sub(c.began) >= steady:
		p.failures = 0
	}
	p.next = now.Add(h.backoff(p.failures))
	p.failures++
	look(h.due)
}

// learnLocked keeps the addresses of a member.
func (h *Host) learnLocked(c *conn) {
	p := h.peerLocked(c.device)
	if c.dialled {
		p.prefer(c.address)
	}
	for _, a := range slices.Backward(c.theirs) {
		p.consider(a)
	}
}

// backoff returns how long to wait after so many failures and another one.
func (h *Host) backoff(failures int) time.Duration {
	whole := min(backoffMax, backoffMin<<min(failures, 10))
	var lot [8]byte
	if _, err := io.ReadFull(h.config.Rand, lot[:]); err != nil {
		return whole
	}
	return whole/2 + time.Duration(binary.BigEndian.Uint64(lot[:])%uint64(whole/2))
}
