package replica

import (
	"maps"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// pushing is what is sent to a peer unasked: what this device writes.
type pushing struct {
	from    map[id.Log]uint64 // log → first operation that is to be sent
	unheard map[id.Log]pushed // sent and not acknowledged
	bytes   int               // in unheard
}

// pushed is the end of what was sent of a log.
type pushed struct {
	end   uint64
	bytes int
	at    time.Time
}

// push notes that this device has written to log from operation from on, and
// reports whether the peer gets it unasked: not when it lacks what comes
// before, or has too much to acknowledge. The peer is told in any case, so
// nothing depends on a push to arrive.
func (s *Session) push(log id.Log, from uint64) bool {
	if !s.greeted || !s.whole || s.bytes >= pushWindow {
		return false
	}
	if _, waits := s.from[log]; waits {
		return true
	}
	if max(s.theirs[log].Head.Next, s.unheard[log].end) != from {
		return false
	}
	s.from[log] = from
	return true
}

// nextPush returns the next message that nobody asked for.
func (s *Session) nextPush(now time.Time) (Batches, bool) {
	if len(s.from) == 0 {
		return Batches{}, false
	}
	for _, log := range slices.SortedFunc(maps.Keys(s.from), id.Log.Compare) {
		from := s.from[log]
		delete(s.from, log)
		s.changed(log, now)
		if !s.sees(s.n.Store.Control(log)) {
			continue
		}
		m, end := s.load(oplog.Range{Log: log, From: from, To: s.n.offers[log].Next}, pushWindow-s.bytes)
		size := sizeOf(m.Raw)
		if size == 0 || s.bytes+size > pushWindow {
			continue // it will be asked for
		}
		s.bytes += size
		s.unheard[log] = pushed{end: end, bytes: s.unheard[log].bytes + size, at: now}
		if end < s.n.offers[log].Next {
			s.from[log] = end
		}
		return m, true
	}
	return Batches{}, false
}

// acknowledged notes that the peer has log up to next on disk.
func (s *Session) acknowledged(log id.Log, next uint64) {
	if p, ok := s.unheard[log]; ok && next >= p.end {
		s.bytes -= p.bytes
		delete(s.unheard, log)
	}
}

// forgetPushed gives up on acknowledgements that are overdue.
func (s *Session) forgetPushed(now time.Time) {
	for log, p := range s.unheard {
		if !now.Before(p.at.Add(pushTimeout)) {
			s.bytes -= p.bytes
			delete(s.unheard, log)
		}
	}
}

// load reads one message of batches of r. The end is that of the last of them.
func (s *Session) load(r oplog.Range, bytes int) (m Batches, end uint64) {
	raws, err := s.n.Store.Batches(r.Log, r.From, min(bytes, BatchBytes))
	if err != nil {
		s.unreadable(r.Log, err)
		return m, r.To
	}
	end = r.To
	for i, raw := range raws[:min(len(raws), MaxBatches)] {
		h, err := oplog.ReadHeader(raw)
		if err != nil {
			s.unreadable(r.Log, err)
			return m, r.To
		}
		if h.First >= r.To || i > 0 && h.End() > r.To {
			break
		}
		m.Raw = append(m.Raw, raw)
		end = h.End()
	}
	return m, end
}

func sizeOf(raws [][]byte) (bytes int) {
	for _, raw := range raws {
		bytes += len(raw)
	}
	return bytes
}
