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
	due     map[id.Log]bool     // something of the log is to be sent
	upTo    map[id.Log]uint64   // own log → end of what was sent last, asked for or not
	said    map[id.Log]uint64   // own log → what of it was claimed last
	unheard map[id.Log][]pushed // sent unasked and not acknowledged, in order
	bytes   int                 // in unheard
}

// pushed is the end of what was sent of a log in one message.
type pushed struct {
	end   uint64
	bytes int
	at    time.Time
}

// reached returns how far the peer has log, or was sent it.
func (s *Session) reached(log id.Log) uint64 { return max(s.theirs[log].Head.Next, s.upTo[log]) }

// push notes that this device has written to log, and reports whether the peer
// gets it unasked: not when it will ask, because it was told of more than it was
// sent or has asked for some of it, nor when it has too much to acknowledge. The
// peer is told in any case, so nothing depends on a push to arrive.
func (s *Session) push(log id.Log) bool {
	if !s.greeted || !s.whole || s.bytes >= pushWindow || s.said[log] > s.reached(log) || s.asksFor(log) {
		return false
	}
	s.due[log] = true
	return true
}

// asksFor reports whether some of log is still to be sent because the peer has
// asked for it.
func (s *Session) asksFor(log id.Log) bool {
	return slices.ContainsFunc(s.wanted, func(r oplog.Range) bool { return r.Log == log })
}

// nextPush returns the next message that nobody asked for.
func (s *Session) nextPush(now time.Time) (Batches, bool) {
	if len(s.due) == 0 {
		return Batches{}, false
	}
	for _, log := range slices.SortedFunc(maps.Keys(s.due), id.Log.Compare) {
		delete(s.due, log)
		s.changed(log, now)
		from, to := s.reached(log), s.n.offers[log].Next
		if from >= to || s.asksFor(log) || !s.sees(s.n.Store.Control(log)) {
			continue
		}
		m, end := s.load(oplog.Range{Log: log, From: from, To: to}, pushWindow-s.bytes)
		size := sizeOf(m.Raw)
		if size == 0 || s.bytes+size > pushWindow {
			continue // it will be asked for
		}
		s.bytes += size
		s.unheard[log] = append(s.unheard[log], pushed{end: end, bytes: size, at: now})
		s.upTo[log] = end
		if end < to {
			s.due[log] = true
		}
		return m, true
	}
	return Batches{}, false
}

// acknowledged notes that the peer has log up to next on disk.
func (s *Session) acknowledged(log id.Log, next uint64) {
	s.forget(log, func(p pushed) bool { return p.end <= next })
}

// missed notes that the peer asks for log from next on: what was sent of it has
// not arrived. Nothing more is pushed before it is served.
func (s *Session) missed(log id.Log, next uint64) {
	if s.upTo[log] > next {
		s.upTo[log] = next
	}
	s.forget(log, func(pushed) bool { return true })
}

// servedUpTo notes that the peer was sent log up to next because it asked. What
// this device has written meanwhile follows at once.
func (s *Session) servedUpTo(log id.Log, next uint64) {
	if log.Device != s.n.Device.Short() {
		return
	}
	s.upTo[log] = next
	if next < s.n.offers[log].Next {
		s.push(log)
	}
}

// claimed notes what the peer was told of log.
func (s *Session) claimed(log id.Log) {
	if log.Device == s.n.Device.Short() {
		s.said[log] = s.n.offers[log].Next
	}
}

// forgetPushed gives up on acknowledgements that are overdue.
func (s *Session) forgetPushed(now time.Time) {
	for log := range s.unheard {
		s.forget(log, func(p pushed) bool { return !now.Before(p.at.Add(pushTimeout)) })
	}
}

// forget takes what was pushed of log out of what is to be acknowledged, up to
// the first that does not count.
func (s *Session) forget(log id.Log, counts func(pushed) bool) {
	list, n := s.unheard[log], 0
	for n < len(list) && counts(list[n]) {
		s.bytes -= list[n].bytes
		n++
	}
	if list = slices.Delete(list, 0, n); len(list) == 0 {
		delete(s.unheard, log)
		return
	}
	s.unheard[log] = list
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
