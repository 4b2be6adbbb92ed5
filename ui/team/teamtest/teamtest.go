// Package teamtest is a made-up team, for tests and pictures of the pages on which
// people work together.
package teamtest

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/core/fault"
	"cairn/ui/team"
)

// Clock is what time it is for the team.
var Clock = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// Now returns it.
func Now() time.Time { return Clock }

// linkText is an invite link, and below it the same as a QR code.
//
//go:embed link.txt
var linkText string

// Link returns an invite link as it is shown.
func Link(right team.Right, holds time.Duration) team.Link {
	lines := strings.Fields(linkText)
	l := team.Link{ID: "i9", Text: lines[0], Right: right, Expires: Clock.Add(holds), Addresses: []string{"192.168.1.14:5758"}}
	for _, row := range lines[1:] {
		modules := make([]bool, len(row))
		for x := range row {
			modules[x] = row[x] == '#'
		}
		l.QR = append(l.QR, modules)
	}
	return l
}

// Team is one in memory: it implements all that the page needs. Set its fields
// before it is used.
type Team struct {
	team.Now
	Broken error    // what every use case fails with
	Did    []string // what was done, as "verb what"
}

// Team implements team.Source.
func (t *Team) Team(context.Context) (team.Now, error) {
	out := t.Now
	out.Members, out.Invites = slices.Clone(out.Members), slices.Clone(out.Invites)
	return out, t.Broken
}

// Deeds returns what can be done with it.
func (t *Team) Deeds() team.Deeds { return team.Deeds{People: t, Laptops: t, Network: t, Invites: t} }

func (t *Team) did(verb string, what ...any) error {
	if t.Broken == nil {
		t.Did = append(t.Did, strings.TrimSpace(verb+" "+fmt.Sprintln(what...)))
	}
	return t.Broken
}

// SetRight implements team.People.
func (t *Team) SetRight(_ context.Context, member string, to team.Right) error {
	for i := range t.Members {
		if t.Members[i].ID == member {
			t.Members[i].Right = to
		}
	}
	return t.did("right", member, to)
}

// RemoveMember implements team.People.
func (t *Team) RemoveMember(_ context.Context, member string) error {
	t.Members = slices.DeleteFunc(t.Members, func(m team.Member) bool { return m.ID == member })
	return t.did("remove", member)
}

// RenameLaptop implements team.Laptops.
func (t *Team) RenameLaptop(_ context.Context, device, name string) error {
	t.each(device, func(l *team.Laptop) { l.Name = name })
	return t.did("rename", device, name)
}

// RemoveLaptop implements team.Laptops.
func (t *Team) RemoveLaptop(_ context.Context, device string) error {
	t.each(device, func(l *team.Laptop) { l.State = team.Removed })
	return t.did("remove", device)
}

func (t *Team) each(device string, change func(*team.Laptop)) {
	for i := range t.Members {
		t.Members[i].Laptops = slices.Clone(t.Members[i].Laptops)
		for j := range t.Members[i].Laptops {
			if t.Members[i].Laptops[j].Device == device {
				change(&t.Members[i].Laptops[j])
			}
		}
	}
}

// Sync implements team.Network.
func (t *Team) Sync(context.Context) error { return t.did("sync") }

// AddAddress implements team.Network. An address with a space in it is refused.
func (t *Team) AddAddress(_ context.Context, address string) error {
	if strings.Contains(address, " ") {
		return fault.New(fault.Invalid, "%q is no address of a laptop.", "Write it as 192.168.1.20:5758, or as a name: ada.local.").With(address)
	}
	t.Addresses = append(slices.Clone(t.Addresses), address)
	return t.did("add", address)
}

// ForgetAddress implements team.Network.
func (t *Team) ForgetAddress(_ context.Context, address string) error {
	t.Addresses = slices.DeleteFunc(slices.Clone(t.Addresses), func(a string) bool { return a == address })
	return t.did("forget", address)
}

// Invite implements team.Invites.
func (t *Team) Invite(_ context.Context, ask team.Ask) (team.Link, error) {
	l := Link(ask.Right, ask.Holds)
	if t.Broken == nil {
		t.Invites = append([]team.Invite{{ID: l.ID, Right: l.Right, Expires: l.Expires, MadeBy: t.Members[0].Name, For: ask.Member}}, t.Invites...)
	}
	return l, t.did("invite", ask.Right, ask.Holds, ask.Member)
}

// Withdraw implements team.Invites.
func (t *Team) Withdraw(_ context.Context, id string) error {
	t.Become(id, team.Invite{State: team.Withdrawn})
	return t.did("withdraw", id)
}

// Become changes what has become of an invite.
func (t *Team) Become(id string, to team.Invite) {
	t.Invites = slices.Clone(t.Invites)
	for i := range t.Invites {
		if t.Invites[i].ID == id {
			t.Invites[i].State, t.Invites[i].UsedBy, t.Invites[i].Laptop = to.State, to.UsedBy, to.Laptop
		}
	}
}
