package blob

import (
	"slices"
	"time"
)

// flight is an object that a peer was asked for.
type flight struct {
	number uint32
	fetch  *fetch
	sheet  *sheet
	entry  int // of the sheet, -1 for the sheet's own manifest
	hash   Hash
	room   int64 // how many bytes it may have, which the pool has set aside
	bytes  []byte
	since  time.Time // when it was asked for
	moved  time.Time // when a piece came
}

// pick chooses what a peer is asked for next, nil for nothing.
func (n *Node) pick(p *peer, now time.Time) *flight {
	if len(p.flights) >= flightsMost || now.Before(p.resting) {
		return nil
	}
	for _, f := range n.order {
		s := f.top()
		if s == nil || !s.looked || now.Before(f.paused) || f.banned[p.device] {
			continue
		}
		h := s.holders[p.device]
		if h == nil || h.state == hasNone {
			continue
		}
		if !s.known {
			if s.keeping || s.asked > 0 && (s.asked > 1 || !n.late(s, -1, p, now)) {
				continue
			}
			if fl := n.fly(p, f, s, -1, now); fl != nil {
				return fl
			}
			continue
		}
		if i := n.rarest(p, s, h, now); i >= 0 {
			if fl := n.fly(p, f, s, i, now); fl != nil {
				return fl
			}
		}
	}
	return nil
}

// rarest returns which entry of a sheet to ask a peer for, -1 for none: of those
// that nobody is asked for the one that the fewest have, and if there is none,
// one that somebody else takes long to send.
func (n *Node) rarest(p *peer, s *sheet, h *holder, now time.Time) int {
	if !s.list.leaf {
		return -1 // manifests are asked for when it is their turn
	}
	rare, size := s.rarity(), len(s.status)
	best, second := -1, -1
	for k, first := 0, n.first(s); k < size; k++ {
		i := (first + k) % size
		switch {
		case s.status[i] > 1 || !h.has(i):
		case s.status[i] == 1:
			if second < 0 && n.late(s, i, p, now) {
				second = i
			}
		case best < 0 || rare[i] < rare[best]:
			best = i
		}
	}
	if best < 0 {
		return second
	}
	return best
}

// late reports whether what is asked of others takes long, and not of p.
func (n *Node) late(s *sheet, entry int, p *peer, now time.Time) bool {
	late := false
	for _, o := range n.peers {
		for _, fl := range o.flights {
			if fl.sheet == s && fl.entry == entry {
				if o == p || now.Sub(fl.since) < slow {
					return false
				}
				late = true
			}
		}
	}
	return late
}

// fly notes that an entry is asked of a peer, nil if there is no room for it.
func (n *Node) fly(p *peer, f *fetch, s *sheet, entry int, now time.Time) *flight {
	fl := &flight{fetch: f, sheet: s, entry: entry, hash: s.hash, room: int64(manifestMost), since: now, moved: now}
	if entry >= 0 {
		fl.hash, fl.room = s.list.entries[entry].Hash, s.list.entries[entry].Size
	}
	if n.pool+fl.room > poolMost {
		return nil
	}
	if entry >= 0 {
		s.status[entry]++
	} else {
		s.asked++
	}
	if len(p.flights) == 0 {
		p.moved = now
	}
	n.pool += fl.room
	p.serial++
	fl.number = p.serial
	p.flights[fl.number] = fl
	return fl
}

// drop gives up a flight. Its entry is to be asked of others.
func (n *Node) drop(p *peer, fl *flight) {
	delete(p.flights, fl.number)
	n.pool -= fl.room
	switch s := fl.sheet; {
	case fl.entry < 0:
		s.asked--
	case s.status[fl.entry] < isTwin:
		s.status[fl.entry]--
	}
}

// dropAll gives up what of a file is asked of a peer.
func (n *Node) dropAll(p *peer, f *fetch) {
	for number, fl := range p.flights {
		if fl.fetch == f {
			p.cancels = append(p.cancels, number)
			n.drop(p, fl)
		}
	}
	slices.Sort(p.cancels)
	n.wake(p)
}

// came takes in a piece of an object.
func (n *Node) came(p *peer, m data, now time.Time) {
	fl := p.flights[m.n]
	if fl == nil || int64(m.offset) < int64(len(fl.bytes)) {
		return // given up, or repeated
	}
	if int64(m.offset) > int64(len(fl.bytes)) { // a piece was lost
		p.cancels = append(p.cancels, m.n)
		n.drop(p, fl)
		n.wakeAll()
		return
	}
	p.moved, fl.moved = now, now
	if int64(len(fl.bytes)+len(m.bytes)) > fl.room {
		n.ban(p, fl)
		return
	}
	if fl.bytes == nil && fl.entry >= 0 {
		fl.bytes = make([]byte, 0, fl.room) // which the pool has set aside
	}
	fl.bytes = append(fl.bytes, m.bytes...)
	if !m.last {
		return
	}
	if fl.entry >= 0 && int64(len(fl.bytes)) != fl.room || HashOf(fl.bytes) != fl.hash {
		n.ban(p, fl)
		return
	}
	p.tired = rest
	n.land(p, fl)
	n.wake(p)
}

// ban takes nothing more of a file from a peer that has sent what nobody asked
// for under the name of what was.
func (n *Node) ban(p *peer, fl *flight) {
	fl.fetch.banned[p.device] = true
	n.dropAll(p, fl.fetch)
	for _, s := range fl.fetch.sheets {
		s.forget(p.device)
	}
	n.wakeAll()
}

// land keeps an object that has come whole.
func (n *Node) land(p *peer, fl *flight) {
	f, s := fl.fetch, fl.sheet
	delete(p.flights, fl.number)
	n.each(func(o *peer) { // nobody needs to send it any more
		for number, other := range o.flights {
			if other.sheet == s && other.entry == fl.entry {
				o.cancels = append(o.cancels, number)
				n.drop(o, other)
				n.wake(o)
			}
		}
	})
	if fl.entry < 0 {
		s.asked--
		s.keeping = true
	} else {
		s.status[fl.entry] = isKeeping
	}
	n.task(Task{what: keep, object: fl.hash, bytes: fl.bytes, then: func(r Result, now time.Time) {
		n.pool -= fl.room
		n.wakeAll() // there is room again
		if !slices.Contains(f.sheets, s) {
			return
		}
		n.kept(f, s, fl.entry, r.err, now)
	}})
}

// kept goes on after an object is durable, or could not be made so.
func (n *Node) kept(f *fetch, s *sheet, entry int, err error, now time.Time) {
	if entry < 0 {
		s.keeping = false
	} else if err != nil {
		s.status[entry] = 0
	}
	if err != nil {
		n.refuse(f, err, now)
		return
	}
	f.err = nil
	if entry < 0 {
		s.looked = false // what it lists may be here already
		n.look(f, s)
		return
	}
	s.here(f, entry)
	for _, twin := range s.twins[entry] {
		s.here(f, twin)
	}
	n.turns++
	n.news(s.hash)
	n.advance(f)
}

// refused takes in that a peer does not have what it was asked for.
func (n *Node) refused(p *peer, number uint32) {
	fl := p.flights[number]
	if fl == nil {
		return
	}
	if h := fl.sheet.holders[p.device]; h != nil {
		switch {
		case fl.entry < 0:
			h.state = hasNone
		case h.state == hasAll:
			h.state, h.bits = hasSome, fullBits(len(fl.sheet.status))
			fallthrough
		default:
			h.bits.clear(fl.entry)
		}
		fl.sheet.rare = nil
	}
	n.drop(p, fl)
	n.wakeAll()
}

func fullBits(n int) bits {
	b := make(bits, (n+7)/8)
	for i := range b {
		b[i] = 0xff
	}
	return b
}
