package link

import "time"

const (
	// lookout is how often it is looked whether the machine has slept, as long as
	// there is somebody to reach. A timer that stood still with the machine goes
	// off too late for that.
	lookout = 5 * time.Second
	// sleepLeast is how far the clock on the wall has to run ahead for the machine
	// to have slept, and sleepLong from when on peers have given up on this device:
	// its connections are dead, though nothing has told it so.
	sleepLeast = 10 * time.Second
	sleepLong  = 45 * time.Second
)

// sleep notices that the machine has slept: the wall's clock went on, and the
// clock of the machine stood still or its timers did.
type sleep struct{ wall, machine time.Time }

func wakeful(wall time.Time) sleep { return sleep{wall.Round(0), time.Now()} }

// check returns for how long the machine has slept since the last call. Meant is
// when the caller was to be woken.
func (s *sleep) check(wall, meant time.Time) time.Duration {
	was := *s
	*s = wakeful(wall)
	stood := s.wall.Sub(was.wall) - s.machine.Sub(was.machine)
	if meant.IsZero() {
		return stood
	}
	return max(stood, wall.Sub(meant))
}

// clockwork does what is due by the time, and what Wrote and Again ask for.
func (h *Host) clockwork() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-h.ctx.Done():
			return
		case <-timer.C:
		case <-h.due:
		case <-h.wrote:
			h.advance()
		}
		h.lookAround()
		if next := h.tick(); next.IsZero() {
			timer.Stop()
		} else {
			timer.Reset(max(0, next.Sub(h.config.Now())))
		}
	}
}

// advance tells the Node how far the logs have grown.
func (h *Host) advance() {
	heads := h.config.Store.Heads()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.node.Advance(h.movedLocked(heads), h.nowLocked())
	h.settleLocked()
}

// tick does what is due, and returns when it has to be called again.
func (h *Host) tick() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.nowLocked()
	if slept := h.asleep.check(h.config.Now(), h.planned); slept >= sleepLeast {
		h.wakeLocked(slept)
	}
	h.planned = time.Time{}
	if due := h.node.Due(); !due.IsZero() && !due.After(now) {
		h.node.Tick(now)
		h.settleLocked()
	}
	next := h.dialLocked(now)
	next = sooner(next, h.node.Due())
	next = sooner(next, h.tellLocked(now))
	if len(h.conns) > 0 || h.anyWanted() {
		next = sooner(next, now.Add(lookout))
	}
	h.planned = next
	return next
}

func (h *Host) anyWanted() bool {
	for _, p := range h.peers {
		if p.wanted {
			return true
		}
	}
	return false
}

// wakeLocked does what makes sense when the machine has slept.
func (h *Host) wakeLocked(slept time.Duration) {
	h.config.Log.Info("the machine has slept", "for", slept)
	if slept >= sleepLong {
		for _, c := range h.conns {
			c.endLocked(errSlept, nil)
		}
	}
	h.againLocked()
}

// sooner returns the earlier of two times, of which each may be none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
