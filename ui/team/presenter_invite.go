package team

import (
	"context"
	"time"

	"cairn/ui/words"
)

// Sheet is the sheet on which somebody is invited.
type Sheet struct {
	Busy    bool
	Problem string // why there is no link
	Link    *Link  // once there is one
	Lets    string // what it lets somebody do
	Holds   string // until when, and how often
	Reach   string // how the newcomer reaches this laptop
	Joined  string // who has joined with it
	Void    string // why it lets nobody in any more
}

// sheet is what the presenter holds of it.
type sheet struct {
	ask    Ask
	busy   bool
	broken error
	link   *Link
}

// Spans are how long an invite can hold.
var Spans = []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}

// SpanName returns what one of Spans is called.
func SpanName(d time.Duration) string {
	const day = 24 * time.Hour
	if d < day {
		return words.N("%d hour", "%d hours", int(d/time.Hour))
	}
	return words.N("%d day", "%d days", int(d/day))
}

// Begin forgets the invite that was made last: its link opens the workspace, and
// need not stay in memory.
func (p *Presenter) Begin() { p.change(func() { p.sheet = sheet{} }) }

// Invite makes an invite. It does one at a time.
func (p *Presenter) Invite(ctx context.Context, ask Ask) {
	taken := false
	p.change(func() {
		taken = p.sheet.busy
		p.sheet = sheet{ask: ask, busy: true}
	})
	if taken {
		return
	}
	link, err := p.do.Invite(ctx, ask)
	p.change(func() {
		p.sheet.busy, p.sheet.broken = false, err
		if err == nil {
			p.sheet.link = &link
		}
	})
	p.Load(ctx)
}

func (s *sheet) view(now time.Time, n *Now) Sheet {
	v := Sheet{Busy: s.busy, Link: s.link}
	if s.broken != nil {
		v.Problem = words.Fault(s.broken)
	}
	if s.link == nil {
		return v
	}
	v.Lets = words.T("Lets one person in as %s.", s.link.Right.Name()) + " " + s.link.Right.Says()
	if s.ask.Member != "" {
		v.Lets = words.T("Adds one laptop of yours, which may do what you may.")
	}
	v.Holds = words.T("Works once, and expires %s.", words.Until(now, s.link.Expires))
	v.Reach = words.T("This laptop has to be on and in a network when it is used.")
	if s.link.Relay {
		v.Reach = words.T("This laptop has to be on when it is used, in the same network or at the relay.")
	}
	for _, i := range n.Invites {
		if i.ID == s.link.ID {
			v.Joined, v.Void = joined(i, s.ask.Member != ""), void(i)
		}
	}
	if v.Joined == "" && v.Void == "" && !s.link.Expires.After(now) {
		v.Void = words.T("The invite has expired. Make another.")
	}
	return v
}

func joined(i Invite, further bool) string {
	switch {
	case i.State != Used:
		return ""
	case further && i.Laptop != "":
		return words.T("%s is in", i.Laptop)
	case i.UsedBy == "":
		return words.T("Somebody has joined")
	default:
		return words.T("%s has joined", i.UsedBy)
	}
}

func void(i Invite) string {
	switch i.State {
	case Withdrawn:
		return words.T("The invite was withdrawn. Make another.")
	case Expired:
		return words.T("The invite has expired. Make another.")
	default:
		return ""
	}
}
