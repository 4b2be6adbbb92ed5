package presence

import (
	"time"

	"cairn/core/id"
)

// The kinds of frames that belong to this channel. They are sent between
// devices: add at the end, never reorder.
const (
	firstKind byte = 0x20
	kindHere  byte = 0x20
	lastKind  byte = 0x27
)

// Kinds returns the kinds of frames that are the channel's.
func (p *Presence) Kinds() (first, last byte) { return firstKind, lastKind }

// Bind takes what is called when there is something for a peer.
func (p *Presence) Bind(wake func(peer id.Device)) {
	p.mu.Lock()
	p.wake = wake
	p.mu.Unlock()
	p.lookAgain()
}

// Connect begins to tell a peer where this device is, and to listen to it.
func (p *Presence) Connect(device id.Device) {
	p.mu.Lock()
	if len(p.peers) < entriesMost {
		p.peers[device] = &peer{room: burst, last: p.now()}
		if p.self.IsZero() {
			p.peers[device].heard = p.said // nowhere is where it takes us to be
		}
	}
	p.mu.Unlock()
	p.lookAgain()
}

// Disconnect forgets a peer.
func (p *Presence) Disconnect(device id.Device) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.peers[device]
	delete(p.peers, device)
	if o != nil && !o.here.IsZero() {
		p.tellLocked()
	}
}

// Receive takes in where a peer is. The error wraps ErrMalformed.
func (p *Presence) Receive(device id.Device, kind byte, payload []byte) error {
	if kind != kindHere {
		return nil // of a later version
	}
	h, err := decode(payload)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	o, now := p.peers[device], p.now()
	if o == nil || !o.admit(now) {
		return nil
	}
	h.Device, h.Since = device, now
	if h.Document == o.here.Document {
		h.Since = o.here.Since
	}
	if h.IsZero() {
		h = Here{}
	}
	changed := !same(o.here, h)
	o.here, o.until = h, now.Add(life)
	if changed {
		p.tellLocked()
		p.lookAgain()
	}
	return nil
}

// admit reports whether one more frame of a peer is taken in.
func (o *peer) admit(now time.Time) bool {
	o.room = min(burst, o.room+float64(now.Sub(o.last))/float64(every))
	o.last = now
	if o.room < 1 {
		return false
	}
	o.room--
	return true
}

// Next returns where this device is, if the peer is to be told that now.
func (p *Presence) Next(device id.Device) (kind byte, payload []byte, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o, now := p.peers[device], p.now()
	if o == nil {
		return 0, nil, false
	}
	if left, due := p.dueLocked(o, now); !due || left > 0 {
		return 0, nil, false
	}
	o.heard, o.told = p.said, now
	p.lookAgain()
	return kindHere, encode(p.self), true
}
