// Package presence is who is here right now: which document and field each
// connected teammate has open, and where in its text. It is a Channel of
// sync/link. What is said is lost when it is lost, is repeated while it holds,
// and is stored nowhere.
//
// A device speaks for itself only: who said something is who the connection
// belongs to, and nothing is passed on. FORMAT.md beside this file has the bytes.
package presence

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"cairn/core/id"
)

const (
	// every is how long a peer is left alone after it was told something, and so
	// how far behind a cursor may be.
	every = 100 * time.Millisecond
	// burst is how many frames of a peer may come at once, when the network held
	// them back; more than one in every on top of that are passed over.
	burst = 20
	// beat is how often what still holds is repeated, and life for how long it is
	// believed: two beats may be lost.
	beat = 10 * time.Second
	life = 30 * time.Second
	// entriesMost is how many devices can be here. The workspace of a team has
	// fewer; those beyond are not shown.
	entriesMost = 256

	// FieldMost is the length of a field's name in bytes.
	FieldMost = 64
	// PositionMost is the length of a position in bytes.
	PositionMost = 64
)

// Here is where somebody is.
type Here struct {
	Device   id.Device // whose; Say passes it over
	Document id.Doc
	Field    string    // of the document, or nothing
	Position []byte    // in the field's text, as whoever shows it understands it; nil for none
	Since    time.Time // when they came to the document; Say passes it over
}

// IsZero reports whether h is nowhere.
func (h Here) IsZero() bool { return h.Document.IsZero() }

// Presence is who is here. It is safe for concurrent use.
type Presence struct {
	now  func() time.Time
	stop chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex // guards what follows
	self    Here
	said    uint64 // how often self has changed
	peers   map[id.Device]*peer
	wake    func(id.Device)
	again   chan struct{} // told when something may be due earlier; holds one
	changed chan struct{}
}

// peer is a device that is connected.
type peer struct {
	heard uint64    // what of said it was told last
	told  time.Time // when
	here  Here      // where it is, nowhere at first
	until time.Time // for how long that is believed
	room  float64   // how many more frames are taken in now
	last  time.Time // when room was right
}

// Open returns a Presence in which nobody is anywhere. Close ends it.
func Open(now func() time.Time) *Presence {
	p := &Presence{
		now: now, stop: make(chan struct{}), peers: map[id.Device]*peer{}, wake: func(id.Device) {},
		again: make(chan struct{}, 1), changed: make(chan struct{}),
	}
	p.done.Go(p.run)
	return p
}

// Close ends what Open has started. It is called once.
func (p *Presence) Close() {
	close(p.stop)
	p.done.Wait()
}

// Say tells everybody where this device is, nowhere for the zero Here. A field or
// a position that is too long is left out. It is said at most ten times a
// second; between two times the latest counts.
func (p *Presence) Say(h Here) {
	h.Device, h.Since, h.Position = id.Device{}, time.Time{}, slices.Clone(h.Position)
	if h.IsZero() {
		h = Here{}
	}
	if !isField(h.Field) {
		h.Field, h.Position = "", nil
	}
	if len(h.Position) > PositionMost {
		h.Position = nil
	}
	p.mu.Lock()
	if same(p.self, h) {
		p.mu.Unlock()
		return
	}
	p.self = h
	p.said++
	p.mu.Unlock()
	p.lookAgain()
}

// same reports whether two devices are at the same place.
func same(a, b Here) bool {
	return a.Document == b.Document && a.Field == b.Field && slices.Equal(a.Position, b.Position)
}

// List returns who is somewhere, by document and device. The caller may change
// it.
func (p *Presence) List() []Here {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Here
	for _, o := range p.peers {
		if !o.here.IsZero() {
			h := o.here
			h.Position = slices.Clone(h.Position)
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Here) int {
		return cmp.Or(a.Document.Compare(b.Document), slices.Compare(a.Device[:], b.Device[:]))
	})
	return all
}

// Changed returns a channel that is closed when List answers otherwise than when
// Changed was called.
func (p *Presence) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *Presence) tellLocked() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// lookAgain makes run ask anew what is due.
func (p *Presence) lookAgain() {
	select {
	case p.again <- struct{}{}:
	default: // it will look anyway
	}
}

// run wakes peers when there is something to say to them, and forgets those who
// have not said anything for a while.
func (p *Presence) run() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-p.again:
		case <-timer.C:
		}
		wake, peers, next := p.turn()
		for _, peer := range peers {
			wake(peer)
		}
		timer.Reset(next)
	}
}

// turn forgets who has expired, and returns whom to wake and how long nothing
// is due then.
func (p *Presence) turn() (wake func(id.Device), peers []id.Device, next time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	next = beat
	forgotten := false
	for device, o := range p.peers {
		if !o.here.IsZero() {
			if left := o.until.Sub(now); left > 0 {
				next = min(next, left)
			} else {
				o.here, forgotten = Here{}, true
			}
		}
		switch left, due := p.dueLocked(o, now); {
		case due && left <= 0:
			peers = append(peers, device)
		case due:
			next = min(next, left)
		}
	}
	if forgotten {
		p.tellLocked()
	}
	return p.wake, peers, next
}

// dueLocked reports whether a peer is to be told something, and in how long.
func (p *Presence) dueLocked(o *peer, now time.Time) (left time.Duration, due bool) {
	switch {
	case o.heard != p.said:
		return o.told.Add(every).Sub(now), true
	case !p.self.IsZero():
		return o.told.Add(beat).Sub(now), true
	}
	return 0, false
}
