package link

import (
	"errors"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// What the Store is given in one call at most, and how many calls are under way
// at a time. While one is synced to the disk, the next is verified, and what the
// call before has freed is on its way here: a peer's credit is several calls.
const (
	groupBytes   = 256 << 10
	groupBatches = 2048
	callsAhead   = 4
)

// storing is a call of the Store that is under way.
type storing struct {
	group []replica.Append
	wait  func() (stored int, err error)
}

// appendLoop carries what has arrived to the Store, in order.
func (h *Host) appendLoop() {
	defer close(h.underWay)
	for {
		select {
		case <-h.ctx.Done():
			return
		case <-h.appendable:
		}
		for group := h.nextGroup(); len(group) > 0 && h.ctx.Err() == nil; group = h.nextGroup() {
			h.underWay <- h.store(group)
		}
	}
}

// answerLoop waits for what is under way, in order.
func (h *Host) answerLoop() {
	for s := range h.underWay {
		h.finish(s)
	}
}

// store begins to store Appends together.
func (h *Host) store(group []replica.Append) storing {
	var raws [][]byte
	for _, a := range group {
		raws = append(raws, a.Raw...)
	}
	return storing{group, h.config.Store.Begin(h.ctx, raws)}
}

// finish answers Appends as far as they are stored. Those behind one that is
// refused are stored without it, so that a bad one keeps none of the others.
func (h *Host) finish(s storing) {
	for {
		stored, err := s.wait()
		if h.ctx.Err() != nil {
			return // the error may be that of the end
		}
		whole := len(s.group)
		if err != nil {
			whole = 0
			for whole < len(s.group) && len(s.group[whole].Raw) <= stored {
				stored -= len(s.group[whole].Raw)
				whole++
			}
		}
		h.answer(s.group[:whole], nil)
		if whole == len(s.group) {
			return
		}
		h.answer(s.group[whole:whole+1], &refusal{stored, err})
		if whole++; whole == len(s.group) {
			return
		}
		s = h.store(s.group[whole:])
	}
}

// nextGroup takes the Appends that are stored together from the queue.
func (h *Host) nextGroup() []replica.Append {
	h.mu.Lock()
	defer h.mu.Unlock()
	bytes, batches, n := 0, 0, 0
	for n < len(h.appends) {
		for _, raw := range h.appends[n].Raw {
			bytes += len(raw)
		}
		batches += len(h.appends[n].Raw)
		if n > 0 && (bytes > groupBytes || batches > groupBatches) {
			break
		}
		n++
	}
	group := slices.Clone(h.appends[:n])
	h.appends = slices.Delete(h.appends, 0, n)
	return group
}

// refusal is how far an Append was stored, and what kept the rest.
type refusal struct {
	stored int
	err    error
}

// answer tells the Node what has become of Appends: all is durable, unless r
// says how far one was stored.
func (h *Host) answer(group []replica.Append, r *refusal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.nowLocked()
	for _, a := range group {
		stored, err := len(a.Raw), error(nil)
		if r != nil {
			stored, err = r.stored, r.err
		}
		h.count(a.Raw, h.inFlight, -1)
		h.measure(a.Raw[:stored])
		h.node.Appended(a.ID, stored, err, now)
		if err != nil && !errors.Is(err, oplog.ErrGap) {
			h.config.Log.Warn("batches of a peer were not stored", "peer", a.Peer.Short(), "stored", stored, "of", len(a.Raw), "cause", err)
		}
	}
	h.settleLocked()
	if h.skipped && len(h.inFlight) == 0 {
		h.skipped = false
		look(h.wrote)
	}
}

// count adds to how many Appends hold batches of each log.
func (*Host) count(raws [][]byte, logs map[id.Log]int, by int) {
	var last id.Log
	for _, raw := range raws {
		header, err := oplog.ReadHeader(raw)
		if err != nil || header.Log == last {
			continue // the Node has read it already
		}
		last = header.Log
		if logs[last] += by; logs[last] == 0 {
			delete(logs, last)
		}
	}
}

// meanSize is what operations weigh, measured by what passes.
type meanSize struct{ bytes, operations uint64 }

func (m *meanSize) measure(raws [][]byte) {
	for _, raw := range raws {
		if header, err := oplog.ReadHeader(raw); err == nil {
			m.bytes += uint64(len(raw))
			m.operations += uint64(header.Count)
		}
	}
}

// sampleLogs is how many logs are looked at for what operations weigh, before
// anything has passed.
const sampleLogs = 8

// sample measures the last batch of some logs.
func (h *Host) sample() (m meanSize) {
	looked := 0
	for log, head := range h.config.Store.Heads() {
		if looked == sampleLogs {
			break
		}
		if head.Next == 0 || h.config.Store.Control(log) {
			continue
		}
		looked++
		if raws, err := h.config.Store.Batches(log, head.Next-1, 1); err == nil {
			m.measure(raws[:min(len(raws), 1)])
		}
	}
	return m
}
