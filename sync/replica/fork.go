package replica

import (
	"errors"
	"maps"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// probing is the search for the place where a log of the peer and ours part.
type probing struct {
	probe    *probe
	suspects []id.Log // to be searched next
	cleared  map[id.Log]oplog.Head
}

// probe is one such search, by halves: below low both histories are the same,
// the batches at high differ.
type probe struct {
	log       id.Log
	low, high uint64
	mid       uint64 // the operation whose batch the peer is asked for
	proof     Proof  // the lowest pair found so far
}

// suspectsMost bounds the searches that wait.
const suspectsMost = 64

// suspect searches for the place where the peer's log parts from ours, if it is
// another history.
func (s *Session) suspect(log id.Log, now time.Time) {
	if s.err != nil || s.n.members == nil || s.doubts(log) || len(s.suspects) >= suspectsMost {
		return
	}
	if s.cleared[log] == s.n.offers[log] && s.cleared[log].Next > 0 {
		return // it was searched as it stands, and nothing found
	}
	s.suspects = append(s.suspects, log)
	if p := s.n.pulls[log]; p != nil && p.from == s {
		s.n.release(log)
	}
	s.search(now)
}

// parts reports whether what the peer hands out of a log can't be of the history
// that is here: it ends in the same place with another batch, or in the middle of
// one that is not handed out because it reaches beyond what counts.
func (s *Session) parts(c Claim) bool {
	offer := s.n.offers[c.Log]
	within := c.Head.Next <= s.n.limit(c.Log, c.Control)
	return oplog.Forks(c.Head, offer) || within && c.Head.Next > offer.Next && c.Head.Next <= s.n.heads[c.Log].Next
}

// searched returns up to where a log is searched for the place where it parts.
func (n *Node) searched(log id.Log, control bool) uint64 {
	return max(n.offers[log].Next, min(n.heads[log].Next, n.limit(log, control)))
}

// doubts reports whether log is being searched or waits for it.
func (s *Session) doubts(log id.Log) bool {
	return s.probe != nil && s.probe.log == log || slices.Contains(s.suspects, log)
}

// search starts the next search if none is under way.
func (s *Session) search(now time.Time) {
	for s.probe == nil && len(s.suspects) > 0 {
		log := s.suspects[0]
		s.suspects = s.suspects[1:]
		p := &probe{log: log, high: min(s.theirs[log].Head.Next, s.n.searched(log, s.theirs[log].Control))}
		if p.high == 0 {
			continue
		}
		s.probe = p
		s.progress = now
		s.probeAt(p.high - 1) // forks are young, as a rule
	}
}

func (s *Session) probeAt(at uint64) {
	s.probe.mid = at
	s.asks = slices.DeleteFunc(s.asks, func(r oplog.Range) bool { return r.Log == s.probe.log })
	s.asks = append(s.asks, oplog.Range{Log: s.probe.log, From: at, To: at + 1})
}

// checkProbe gives up a search for something that the peer no longer hands out,
// and looks whether what it does is another history still.
func (s *Session) checkProbe(c Claim, now time.Time) {
	if p := s.probe; p != nil && p.log == c.Log && c.Head.Next <= p.mid {
		s.probe = nil
		s.search(now)
	}
}

// probed takes in a batch if the search waits for it.
func (s *Session) probed(h oplog.Header, theirs []byte, now time.Time) bool {
	p := s.probe
	if p == nil || h.Log != p.log || p.mid < h.First || p.mid >= h.End() {
		return false
	}
	s.progress = now
	ours, err := s.n.oneOf(p.log, p.mid)
	if err != nil {
		s.unreadable(p.log, err)
		s.searched(now)
		return true
	}
	if hashOf(ours) == hashOf(theirs) {
		p.low = h.End()
	} else if key, known := s.n.members.Key(p.log.Device); known {
		proof, err := Prove(ours, theirs, key)
		if err != nil {
			_ = s.fail(Malformed, now, "%w", err)
			return true
		}
		p.proof, p.high = proof, proof.At
	}
	if p.low < p.high {
		s.probeAt(p.low + (p.high-p.low)/2)
		return true
	}
	proof := p.proof
	s.searched(now)
	if proof.One != nil {
		s.n.stop(proof, now)
	}
	return true
}

// searched ends the search that is under way and begins the next.
func (s *Session) searched(now time.Time) {
	log := s.probe.log
	if s.cleared == nil {
		s.cleared = map[id.Log]oplog.Head{}
	}
	s.cleared[log] = s.n.offers[log]
	s.probe = nil
	s.compare(log)
	s.search(now)
}

// stop hands out and takes in no more of a forked log than what comes before
// the fork.
func (n *Node) stop(proof Proof, now time.Time) {
	if !n.note(proof) {
		return
	}
	n.offer(proof.Log)
	n.release(proof.Log)
	n.changed(proof.Log, now)
	for _, s := range n.sessions {
		s.prove(proof.Log)
		if s.parts(s.theirs[proof.Log]) {
			s.suspect(proof.Log, now)
		}
	}
	n.event(Event{Kind: Forked, Log: proof.Log, At: proof.At})
	if proof.Log.Device == n.Device.Short() {
		n.leave(proof.Log)
	}
}

// note notes a fork, and reports whether it is one that changes anything.
func (n *Node) note(proof Proof) bool {
	known, ok := n.stopped[proof.Log]
	if ok && known.At <= proof.At {
		return false
	}
	if !ok && n.heads[proof.Log].Next == 0 {
		if n.perShort[proof.Log.Device] >= MaxLogsOfDevice {
			return false // it will not be taken in anyway
		}
		n.perShort[proof.Log.Device]++
	}
	n.proofs -= len(known.One) + len(known.Other)
	if size := len(proof.One) + len(proof.Other); n.proofs+size > proofsMost {
		proof.One, proof.Other = nil, nil
	} else {
		n.proofs += size
	}
	n.stopped[proof.Log] = proof
	return true
}

// Forks returns the logs that have forked, with the proof of the first place
// known, sorted. Beyond the first few the batches are not kept.
func (n *Node) Forks() []Proof {
	var out []Proof
	for _, log := range slices.SortedFunc(maps.Keys(n.stopped), id.Log.Compare) {
		out = append(out, n.stopped[log])
	}
	return out
}

// nextFork returns the next proof to be passed on.
func (s *Session) nextFork() (Fork, bool) {
	for len(s.proofs) > 0 {
		log := s.proofs[0]
		s.proofs = s.proofs[1:]
		proof := s.n.stopped[log]
		if proof.One != nil && s.sees(s.n.Store.Control(log)) {
			return Fork{One: proof.One, Other: proof.Other}, true
		}
	}
	return Fork{}, false
}

// prove passes the proof on that a log has forked.
func (s *Session) prove(log id.Log) {
	if !slices.Contains(s.proofs, log) {
		s.proofs = append(s.proofs, log)
	}
}

// unaware reports whether the peer hands out more than it would if it knew of a
// fork: the proof has been lost, or has not arrived yet.
func (s *Session) unaware(c Claim) bool {
	proof, forked := s.n.stopped[c.Log]
	return forked && c.Head.Next > proof.At
}

// remind passes proofs on again to a peer that does not act on them.
func (s *Session) remind() {
	for _, proof := range s.n.Forks() {
		if s.unaware(s.theirs[proof.Log]) {
			s.prove(proof.Log)
		}
	}
}

// hearFork takes a proof in.
func (s *Session) hearFork(m Fork, now time.Time) error {
	if !s.excess.spend(len(m.One)+len(m.Other), now) {
		return s.flooded()
	}
	h, err := oplog.ReadHeader(m.One)
	other, otherErr := oplog.ReadHeader(m.Other)
	err = errors.Join(err, otherErr)
	if errors.Is(err, oplog.ErrNewer) || s.n.members == nil {
		return nil
	}
	if err != nil {
		return s.fail(Malformed, now, "%w", err)
	}
	key, known := s.n.members.Key(h.Log.Device)
	if old, ok := s.n.stopped[h.Log]; !known || ok && old.At <= min(h.First, other.First) {
		return nil
	}
	proof, err := Prove(m.One, m.Other, key)
	switch {
	case !s.n.owns(m.One) || !s.n.owns(m.Other):
		return nil
	case errors.Is(err, oplog.ErrNewer):
		return nil
	case err != nil:
		return s.fail(Malformed, now, "%w", err)
	}
	s.n.stop(proof, now)
	return nil
}

// owns reports whether a batch is of the workspace. The one that founded it is
// left out: there is no other with its name.
func (n *Node) owns(raw []byte) bool {
	h, err := oplog.ReadHeader(raw)
	return err == nil && h.Workspace == n.Workspace.Prefix()
}
