package replica

import (
	"time"
)

// Tick does what is due by the time: it gives up on peers that are silent and
// on what does not come.
func (n *Node) Tick(now time.Time) {
	for _, s := range n.sessions {
		if s.err != nil {
			continue
		}
		until := s.heard.Add(silence)
		if !s.greeted {
			until = s.opened.Add(helloTimeout)
		}
		if !now.Before(until) {
			s.end(errSilent, now)
			s.bye = &Bye{Reason: Silent}
			continue
		}
		s.checkPulls(now)
		s.forgetPushed(now)
	}
}

// Due returns when Tick has something to do, if nothing else happens before. It
// is zero when there are no sessions.
func (n *Node) Due() time.Time {
	var due time.Time
	for _, s := range n.sessions {
		if s.err != nil {
			continue
		}
		if !s.greeted {
			due = sooner(due, s.opened.Add(helloTimeout))
			continue
		}
		due = sooner(due, s.heard.Add(silence))
		if (s.active > 0 || s.probe != nil) && s.queued == 0 {
			due = sooner(due, s.progress.Add(pullTimeout))
		}
		for _, list := range s.unheard {
			due = sooner(due, list[0].at.Add(pushTimeout))
		}
	}
	return due
}

// Due returns when Next, which has just had nothing to give, has to be asked
// again if nothing else happens before. It is zero when the session is over.
func (s *Session) Due(now time.Time) time.Time {
	if s.err != nil {
		return time.Time{}
	}
	if !s.greeted {
		return s.sent.Add(helloRepeat)
	}
	due := s.sent.Add(beat)
	if len(s.dirty) > 0 {
		due = s.since.Add(claimDelay) // a claim is a sign of life too
	}
	if s.again {
		due = sooner(due, s.asked.Add(againDelay))
	}
	if s.replan {
		for _, waits := range []time.Time{s.resting, s.n.paused} {
			if waits.After(now) {
				due = sooner(due, waits)
			}
		}
	}
	return due
}

// sooner returns the earlier of two times, of which a may be none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
