package replica

import (
	"slices"

	"cairn/core/oplog"
)

// serving is what the peer has asked for and not been sent yet.
type serving struct {
	wanted []oplog.Range // in order; nothing is queued but these
	served uint32        // round
	credit uint64        // bytes that may be sent in the round
	used   uint64        // bytes that were
	short  bool          // the credit does not reach for the next batch
}

// hearWant takes in what the peer asks for.
func (s *Session) hearWant(m Want) {
	switch {
	case m.Round < s.served:
		return // late
	case m.Round > s.served:
		s.serving = serving{served: m.Round}
	}
	s.credit = max(s.credit, m.Limit)
	s.short = false
	for _, r := range m.Ranges {
		s.wanted = slices.DeleteFunc(s.wanted, func(o oplog.Range) bool { return o.Log == r.Log })
		s.wanted = append(s.wanted, r)
		s.missed(r.Log, r.From)
	}
	// A peer has no more than MaxRanges open. What is above it has come to it by
	// another way.
	s.wanted = s.wanted[max(0, len(s.wanted)-MaxRanges):]
}

// nextServed returns the next message of what the peer asked for.
func (s *Session) nextServed() (Batches, bool) {
	for len(s.wanted) > 0 && !s.short && s.used < s.credit {
		r := &s.wanted[0]
		offer := s.n.offers[r.Log]
		r.To = min(r.To, offer.Next)
		if r.From >= r.To || !s.sees(s.n.Store.Control(r.Log)) {
			s.wanted = s.wanted[1:]
			continue
		}
		m, end := s.load(*r, int(min(s.credit-s.used, BatchBytes)))
		size := uint64(sizeOf(m.Raw))
		if size == 0 {
			s.wanted = s.wanted[1:]
			continue
		}
		if s.used+size > s.credit {
			s.short = true
			break
		}
		s.used += size
		m.Round = s.served
		if r.From = end; end >= r.To {
			log := r.Log
			s.wanted = s.wanted[1:]
			s.servedUpTo(log, end)
		}
		return m, true
	}
	return Batches{}, false
}
