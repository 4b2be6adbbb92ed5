package link

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"cairn/core/id"
)

// State is how this device stands to another.
type State uint8

// The states.
const (
	Offline State = iota
	Connecting
	Connected
	// Removed is a device that was removed from the workspace. It may be connected,
	// to hear so.
	Removed
)

func (s State) String() string {
	return [...]string{"offline", "connecting", "connected", "removed"}[s]
}

// Peer is what is known of another device, for people.
type Peer struct {
	Device id.Device
	State  State
	Since  time.Time // that it is connected, or is not
	Heard  time.Time // the last that came from it since the Host is open, zero if nothing has
	// Address is where it is connected, or was last. Addresses are all that are
	// known, the best first: to be kept, and given to Reach next time.
	Address   string
	Addresses []string
	// Known says that it has said all that it has, now or when it was last
	// connected. Before, Behind and Ahead say nothing.
	Known bool
	// Behind is how many operations it has that are missing here, Ahead how many
	// are here that it has not acknowledged.
	Behind, Ahead uint64
	// BehindBytes estimates what has to come for Behind: at what an operation has
	// weighed that came since the Host is open, or weighs in the last batches of
	// some logs; 0 as long as there is none.
	BehindBytes uint64
	Level       uint16        // of operations that it understands, 0 if it has not said
	ClockAhead  time.Duration // how far its clock is before ours, delays included
	// Why is a fault that says why it is not connected, and what to do. It is nil
	// while it is, and before the first attempt.
	Why error
}

// Peers returns what is known of the other devices of the workspace that were
// not removed, and of those that are connected or to be reached, by name.
func (h *Host) Peers() []Peer {
	h.mu.Lock()
	defer h.mu.Unlock()
	names := map[id.Device]bool{}
	for name := range h.conns {
		names[name] = h.conns[name].session != nil
	}
	for name := range h.peers {
		names[name] = true
	}
	if h.table != nil {
		for _, d := range h.table.Devices() {
			names[d.ID] = names[d.ID] || !d.Removed
		}
	}
	names[h.device] = false
	var out []Peer
	for _, name := range slices.SortedFunc(maps.Keys(names), func(a, b id.Device) int { return bytes.Compare(a[:], b[:]) }) {
		if names[name] {
			out = append(out, h.peerOfLocked(name))
		}
	}
	return out
}

func (h *Host) peerOfLocked(device id.Device) Peer {
	out := Peer{Device: device}
	p := h.peers[device]
	if p != nil {
		out.Since, out.Heard, out.Address, out.Addresses, out.Why = p.since, p.heard, p.reached, slices.Clone(p.addresses), p.why
	}
	removed := wasRemoved(h.table, device)
	c := h.conns[device]
	switch {
	case c != nil && c.session != nil && c.err == nil:
		out.State, out.Since, out.Address, out.Why = Connected, c.began, c.address, nil
		h.statusLocked(&out, c)
	case p != nil && p.cancel != nil || c != nil:
		out.State = Connecting
	case removed:
		out.Why = said(told.removed, errRemoved, "")
	case out.Why == nil && (p == nil || len(p.addresses) == 0):
		out.Why = said(told.nowhere, nil, "")
	}
	if !out.Known && p != nil && p.last != nil && !removed {
		s := p.last.Status()
		out.Known, out.Behind, out.Ahead, out.BehindBytes = true, s.Behind, s.Ahead, h.weigh(s.Behind)
	}
	if removed {
		out.State = Removed
	}
	return out
}

// weigh estimates what so many operations weigh.
func (h *Host) weigh(operations uint64) uint64 {
	if operations > 0 && h.operations == 0 {
		h.meanSize = h.sample()
	}
	if h.operations == 0 {
		return 0
	}
	return uint64(float64(operations) * float64(h.bytes) / float64(h.operations))
}

func (h *Host) statusLocked(out *Peer, c *conn) {
	s := c.session.Status()
	out.Heard, out.Known, out.Behind, out.Ahead = s.Heard, s.Known, s.Behind, s.Ahead
	out.Level, out.ClockAhead = s.Level, s.ClockAhead
	out.BehindBytes = h.weigh(s.Behind)
	if !c.greeted {
		out.State = Connecting
	}
}

// figuresDelay is how often watchers are told at most that only figures have
// changed.
const figuresDelay = 200 * time.Millisecond

// What has changed for those who watch Peers.
type change bool

const (
	figures change = false // how far somebody is
	states  change = true  // who is connected, or why not
)

// watchers are those who wait for a change of Peers.
type watchers struct {
	changed chan struct{} // nil if nobody waits
	stale   bool          // figures have changed since
	told    time.Time
}

// Changed returns a channel that is closed when Peers or Listening may answer
// otherwise. Take the channel first, then look. Of figures it tells a few times a
// second.
func (h *Host) Changed() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed == nil {
		h.changed = make(chan struct{})
		h.stale = false
	}
	return h.changed
}

// noteLocked lets watchers know of a change.
func (h *Host) noteLocked(what change) {
	if h.changed == nil {
		return
	}
	h.stale = true
	if what == states {
		h.told = time.Time{}
	}
	h.soonLocked(h.tellLocked(h.nowLocked()))
}

// tellLocked wakes watchers if there is something new and it is time, or returns
// when it will be.
func (h *Host) tellLocked(now time.Time) time.Time {
	if h.changed == nil || !h.stale {
		return time.Time{}
	}
	if at := h.told.Add(figuresDelay); at.After(now) {
		return at
	}
	close(h.changed)
	h.changed, h.stale, h.told = nil, false, now
	return time.Time{}
}
