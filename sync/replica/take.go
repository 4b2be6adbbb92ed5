package replica

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// hashOf returns the name of a sealed batch: the hash of all but the signature.
func hashOf(raw []byte) oplog.Hash { return sha256.Sum256(raw[:len(raw)-ed25519.SignatureSize]) }

// hearBatches takes in batches that were asked for or pushed.
func (s *Session) hearBatches(m Batches, now time.Time) error {
	asked := m.Round != 0 && m.Round == s.round && !s.renew
	useless := messageCost
	var came bool
	for _, raw := range m.Raw {
		h, err := oplog.ReadHeader(raw)
		switch {
		case errors.Is(err, oplog.ErrNewer):
			s.passOver(err)
		case err != nil:
			return s.fail(Malformed, now, "%w", err)
		}
		used := err == nil && s.take(h, raw, m.Round, now)
		if !used {
			useless += len(raw)
			if asked {
				s.freed += uint64(len(raw))
			}
		}
		came = came || used
	}
	if came && asked {
		s.progress, s.failures = now, 0
	}
	if useless > messageCost && !s.excess.spend(useless, now) {
		return s.flooded()
	}
	return nil
}

// passOver leaves the log out whose turn it is: what it has sent only a later
// version of Cairn can read.
func (s *Session) passOver(err error) {
	var log id.Log
	turn := s.turns + 1
	for l, p := range s.n.pulls {
		if p.from == s && p.turn < turn {
			log, turn = l, p.turn
		}
	}
	if log.IsZero() {
		return // pushed; it will be asked for
	}
	s.newer[log] = true
	s.n.release(log)
	s.n.event(Event{Kind: Newer, Peer: s.peer, Log: log, Err: err})
}

// take sends a batch on its way to the disk if it is the next of its log. It
// reports whether the batch was of use.
func (s *Session) take(h oplog.Header, raw []byte, round uint32, now time.Time) bool {
	n := s.n
	if s.probed(h, raw, now) {
		if round == s.round && !s.renew {
			s.freed += uint64(len(raw)) // it is not kept
		}
		return true
	}
	founding := h.Control() && h.Workspace == [8]byte{} && id.Workspace(hashOf(raw)) == n.Workspace
	if h.Workspace != n.Workspace.Prefix() && !founding {
		return false
	}
	if s.may == nothing && !h.Control() || !n.admits(h.Log, h.Control()) || n.held[h.Log] ||
		h.End() > n.limit(h.Log, h.Control()) || s.queued+len(raw) > window+pushWindow {
		return false
	}
	tip := n.tip(h.Log)
	if h.End() <= tip.Next || n.heads[h.Log].Next > 0 && n.Store.Control(h.Log) != h.Control() {
		return false
	}
	err := oplog.Follows(h, tip)
	switch p := n.pulls[h.Log]; {
	case err == nil:
		s.enqueue(h, raw, round)
		return true
	case errors.Is(err, oplog.ErrGap):
		if p != nil && p.from == s {
			s.askOn(h.Log, p, now)
		}
	case errors.Is(err, oplog.ErrFork):
		// What is on its way has not been verified: it may be what is wrong.
		if _, queued := n.tips[h.Log]; !queued {
			s.suspect(h.Log, now)
		}
	}
	return false
}

// enqueue sends a batch on its way to the disk.
func (s *Session) enqueue(h oplog.Header, raw []byte, round uint32) {
	n := s.n
	t := taken{Header: h, head: h.Head(hashOf(raw)), round: round, size: len(raw)}
	n.tips[h.Log] = t.head
	s.queued += len(raw)
	n.queueFor(s).add(t, raw)
	if p := n.pulls[h.Log]; p == nil || t.head.Next >= p.to {
		n.release(h.Log)
	}
}

func (o *outstanding) add(t taken, raw []byte) {
	o.headers = append(o.headers, t)
	o.Raw = append(o.Raw, raw)
}

// appendMost is how many batches one Append carries at most, so that one that
// is refused keeps few others waiting.
const appendMost = 256

// queueFor returns the Append that the next batch of s goes to: the last one,
// if it is not handed out yet and is of s.
func (n *Node) queueFor(s *Session) *outstanding {
	if last := len(n.queue) - 1; last >= n.handed {
		if o := &n.queue[last]; o.from == s && len(o.Raw) < appendMost {
			return o
		}
	}
	n.appends++
	n.queue = append(n.queue, outstanding{Append: Append{ID: n.appends, Peer: s.peer}, from: s})
	return &n.queue[len(n.queue)-1]
}

// Appends returns what is to be made durable since it was last called.
func (n *Node) Appends() []Append {
	if n.handed == len(n.queue) {
		return nil
	}
	out := make([]Append, 0, len(n.queue)-n.handed)
	for _, o := range n.queue[n.handed:] {
		out = append(out, Append{ID: o.ID, Peer: o.Peer, Raw: slices.Clip(o.Raw)})
	}
	n.handed = len(n.queue)
	return out
}
