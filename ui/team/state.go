package team

import (
	"slices"
	"time"

	"cairn/ui/words"
)

// View is all that the page shows.
type View struct {
	Loaded  bool
	Problem string // why it can't be read
	Truth   Truth
	Right   Right // of the person whose window this is
	Members []MemberRow
	Network NetworkRow
	Invites []InviteRow // those that are open
	Syncing bool        // somebody asked for it, and it is being begun
	Sheet   Sheet
}

// MemberRow is a person as they are shown.
type MemberRow struct {
	ID, Name  string
	You       bool
	Roles     string
	Right     Right
	Laptops   []LaptopRow
	Summary   string // how many of their laptops are connected
	MaySet    bool   // this person may set their right …
	MayRemove bool   // … and take them out
	MayAdd    bool   // … and invite a further laptop of theirs
}

// LaptopRow is a laptop as it is shown.
type LaptopRow struct {
	Device, Name string
	Owner        string // name of a person
	This         bool
	State        State
	StateName    string
	Line         string // how it stands with it
	Reason       string // why it is not connected, and what to do
	Clock        string // that its clock goes wrong
	Address      string
	MayRename    bool
	MayRemove    bool
	Removed      bool
}

// NetworkRow is how this laptop reaches others.
type NetworkRow struct {
	This      string // the name of this laptop
	Device    string // and its ID
	Listening []string
	LAN       bool
	LANSaid   string
	Relay     RelayState
	RelaySaid string
	Addresses []string
}

// InviteRow is an open invite.
type InviteRow struct {
	ID, Title, Line string
	MayWithdraw     bool
}

// MayInvite reports whether this person may let others in.
func (v *View) MayInvite() bool { return v.Right == Admin }

// view returns what of n is shown.
func view(at time.Time, n Now) View {
	me := n.Me()
	v := View{Loaded: true, Truth: n.Truth(), Right: me.Right}
	admins := 0
	for _, m := range n.Members {
		if m.Right == Admin {
			admins++
		}
	}
	for _, m := range n.Members {
		only := m.Right == Admin && admins == 1
		row := MemberRow{
			ID: m.ID, Name: m.Name, You: m.You, Roles: roles(m.Roles), Right: m.Right,
			MaySet: v.MayInvite() && !only, MayRemove: v.MayInvite() && !m.You, MayAdd: m.You,
		}
		for _, l := range sorted(m.Laptops) {
			row.Laptops = append(row.Laptops, laptopRow(at, v, m, l))
		}
		row.Summary = summary(m)
		v.Members = append(v.Members, row)
	}
	v.Network = network(n, me)
	for _, i := range n.Invites {
		if i.State == Open && i.Expires.After(at) {
			v.Invites = append(v.Invites, inviteRow(at, n, v, i))
		}
	}
	return v
}

// sorted puts this laptop first and those that are removed last.
func sorted(laptops []Laptop) []Laptop {
	rank := func(l Laptop) int {
		switch {
		case l.This:
			return 0
		case l.State == Removed:
			return 2
		default:
			return 1
		}
	}
	out := slices.Clone(laptops)
	slices.SortStableFunc(out, func(a, b Laptop) int { return rank(a) - rank(b) })
	return out
}

func laptopRow(at time.Time, v View, m Member, l Laptop) LaptopRow {
	row := LaptopRow{
		Device: l.Device, Name: l.Name, Owner: m.Name, This: l.This, State: l.State, StateName: stateName(l),
		Line: standing(at, l), Clock: clock(l), Address: l.Address, Removed: l.State == Removed,
	}
	if l.State == Away || l.State == Connecting {
		row.Reason = l.Reason
		if l.Reason != "" && l.Hint != "" {
			row.Reason += " " + l.Hint
		}
	}
	if !row.Removed {
		row.MayRename = m.You || v.MayInvite()
		row.MayRemove = !l.This && (m.You || v.MayInvite())
	}
	return row
}

func summary(m Member) string {
	on, of := 0, 0
	for _, l := range m.Laptops {
		if l.State == Removed {
			continue
		}
		of++
		if l.This || l.State == Connected {
			on++
		}
	}
	switch of {
	case 0:
		return words.T("No laptop yet")
	case 1:
		return ""
	default:
		return words.T("%d of %d laptops connected", on, of)
	}
}

func network(n Now, me Member) NetworkRow {
	row := NetworkRow{Listening: n.Listening, LAN: n.LAN.On, Relay: n.Relay.State, Addresses: n.Addresses}
	for _, l := range me.Laptops {
		if l.This {
			row.This, row.Device = l.Name, l.Device
		}
	}
	switch {
	case n.Offline:
		row.LAN, row.LANSaid = false, words.T("This laptop is in no network.")
	case n.LAN.On:
		row.LANSaid = words.T("Laptops in the same network find each other.")
	case n.LAN.Reason != "":
		row.LANSaid = n.LAN.Reason
	default:
		row.LANSaid = words.T("It is switched off on this laptop.")
	}
	switch {
	case n.Relay.State == RelayConnected:
		row.RelaySaid = words.T("Changes pass through %s, sealed: it can't read them.", n.Relay.URL)
	case n.Relay.State == RelayDown && n.Relay.Reason != "":
		row.RelaySaid = n.Relay.Reason
	case n.Relay.State == RelayDown:
		row.RelaySaid = words.T("%s does not answer. Laptops that reach each other go on without it.", n.Relay.URL)
	default:
		row.RelaySaid = words.T("Without one, two laptops have to be on at the same time to sync.")
	}
	return row
}

func inviteRow(at time.Time, n Now, v View, i Invite) InviteRow {
	row := InviteRow{ID: i.ID, Title: words.T("New person · %s", i.Right.Name()), MayWithdraw: v.MayInvite()}
	if i.For != "" {
		row.Title = words.T("Another laptop")
		for _, m := range n.Members {
			if m.ID == i.For {
				row.Title = words.T("Another laptop of %s", m.Name)
				row.MayWithdraw = row.MayWithdraw || m.You
			}
		}
	}
	row.Line = words.T("Expires %s", words.Until(at, i.Expires))
	if i.MadeBy != "" {
		row.Line += " · " + words.T("made by %s", i.MadeBy)
	}
	return row
}
