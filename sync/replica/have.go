package replica

import (
	"maps"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// claiming is what a session has told the peer and what it has still to.
type claiming struct {
	dirty  map[id.Log]bool // claimed otherwise than it is now
	since  time.Time       // the first of dirty got so
	fresh  bool            // nothing is claimed yet, or everything is to be claimed anew
	more   bool            // the last Have was only a part
	seq    uint32
	remade time.Time // the last time that everything was claimed anew, because the peer asked
}

// hearing is what the peer has told.
type hearing struct {
	theirs  map[id.Log]Claim
	lacking map[id.Log]bool // logs of which the peer has more, or had when last compared
	heardTo uint32          // Seq
	whole   bool            // all claims are here
	again   bool            // some are not
	asked   time.Time       // the last Again
}

// changed notes that another part of log is handed out than was claimed.
func (s *Session) changed(log id.Log, now time.Time) {
	s.compare(log)
	if s.fresh {
		return
	}
	if len(s.dirty) == 0 {
		s.since = now
	}
	s.dirty[log] = true
}

// claimAll makes all claims anew.
func (s *Session) claimAll(now time.Time) {
	s.fresh, s.since = true, now
	clear(s.dirty)
}

// nextHave returns the next Have: claims that have waited long enough, or a
// sign of life.
func (s *Session) nextHave(now time.Time) (Have, bool) {
	fresh := s.fresh
	if fresh {
		s.fresh = false
		for log := range s.n.offers {
			s.dirty[log] = true
		}
	}
	maps.DeleteFunc(s.dirty, func(log id.Log, _ bool) bool { return !s.sees(s.n.Store.Control(log)) })
	// Claims are gathered for a moment, but not once a part of them is out.
	due := fresh || s.more || len(s.dirty) > 0 && !now.Before(s.since.Add(claimDelay))
	if !due {
		if len(s.dirty) > 0 || now.Before(s.sent.Add(beat)) {
			return Have{}, false
		}
		s.remind()
		return Have{Seq: s.seq}, true
	}
	s.seq++
	m := Have{Seq: s.seq, Fresh: fresh}
	logs := slices.SortedFunc(maps.Keys(s.dirty), id.Log.Compare)
	for _, log := range logs[:min(len(logs), MaxClaims)] {
		delete(s.dirty, log)
		s.claimed(log)
		m.Claims = append(m.Claims, Claim{Log: log, Head: s.n.offers[log], Control: s.n.Store.Control(log)})
	}
	s.more = len(s.dirty) > 0
	m.More = s.more
	return m, true
}

func (s *Session) hearHave(m Have, now time.Time) error {
	says := m.Fresh || m.More || len(m.Claims) > 0
	switch {
	case m.Fresh && m.Seq > s.heardTo:
		s.theirs, s.lacking = map[id.Log]Claim{}, map[id.Log]bool{}
		s.again = false
	case m.Seq > s.heardTo && (!says || m.Seq > s.heardTo+1):
		s.again = true
		return nil
	case m.Seq <= s.heardTo:
		return nil // late, repeated, or a sign of life
	}
	s.heardTo, s.whole = m.Seq, !m.More
	for _, c := range m.Claims {
		s.hearClaim(c, now)
	}
	if len(s.theirs) > oplog.MaxLogs {
		return s.fail(Malformed, now, "claims more than %d logs", oplog.MaxLogs)
	}
	return nil
}

func (s *Session) hearClaim(c Claim, now time.Time) {
	if c.Head.Next == 0 {
		delete(s.theirs, c.Log)
		delete(s.lacking, c.Log)
		s.checkProbe(c, now)
		return
	}
	s.theirs[c.Log] = c
	s.checkProbe(c, now)
	s.acknowledged(c.Log, c.Head.Next)
	s.n.compareOwn(s, c)
	if s.unaware(c) {
		s.prove(c.Log)
	}
	if s.parts(c) {
		s.suspect(c.Log, now)
	}
	s.compare(c.Log)
}

// compare looks whether the peer has something of log that is missing here.
func (s *Session) compare(log id.Log) {
	c, ok := s.theirs[log]
	if ok && min(c.Head.Next, s.n.limit(log, c.Control)) > s.n.tip(log).Next {
		s.lacking[log] = true
		s.replan = s.replan || s.n.pulls[log] == nil
		return
	}
	delete(s.lacking, log)
}

// nextAgain reports whether to ask for all claims anew.
func (s *Session) nextAgain(now time.Time) bool {
	if !s.again || now.Before(s.asked.Add(againDelay)) {
		return false
	}
	s.asked = now
	return true
}

// hearAgain makes all claims anew, not more often than makes sense.
func (s *Session) hearAgain(now time.Time) {
	if now.Before(s.remade.Add(againDelay)) {
		return
	}
	s.remade = now
	s.claimAll(now)
}
