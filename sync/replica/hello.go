package replica

import (
	"crypto/hmac"
	"time"

	"cairn/core/fault"
	"cairn/core/oplog"
)

const (
	// helloRepeat is how long an answer to Hello is waited for before it is
	// said again, and helloTimeout how long in all.
	helloRepeat  = time.Second
	helloTimeout = 10 * time.Second
)

// nextHello returns our Hello, until the peer's is here and it has ours.
func (s *Session) nextHello(now time.Time) (Hello, bool) {
	if !s.sent.IsZero() && !s.unheardOf && (s.greeted || now.Before(s.sent.Add(helloRepeat))) {
		return Hello{}, false
	}
	s.unheardOf = false
	return Hello{
		Heard: s.greeted,
		Min:   VersionMin, Max: VersionMax, Level: oplog.Level, Wall: now,
		Workspace: TagOf(s.n.Workspace, s.n.Device, s.peer),
	}, true
}

func (s *Session) hearHello(m Hello, now time.Time) error {
	if s.greeted {
		s.unheardOf = s.unheardOf || !m.Heard
		return nil
	}
	if m.Max < VersionMin || m.Min > VersionMax {
		s.bye = &Bye{Reason: OtherSpeak}
		s.end(fault.New(fault.Newer, "The other device has a version of Cairn that this one can't sync with.",
			"Update Cairn on both devices."), now)
		return s.err
	}
	want := TagOf(s.n.Workspace, s.peer, s.n.Device)
	if !hmac.Equal(m.Workspace[:], want[:]) {
		s.bye = &Bye{Reason: OtherSpace}
		s.end(fault.New(fault.Invalid, "The other device has another workspace open.",
			"Open the same workspace on both devices."), now)
		return s.err
	}
	s.greeted, s.hello, s.ahead = true, m, m.Wall.Sub(now)
	return nil
}
