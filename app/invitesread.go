package app

import (
	"context"
	"time"

	"cairn/core/id"
	"cairn/sync/discovery"
)

// ReadInvite tells what a link says.
var ReadInvite = Call[ReadInviteRequest, InviteLink]{"invite/read", "Tells what an invite link says. It asks no other device: whether the invite still holds, who made it knows.", (*App).readInvite}

// ReadInviteRequest has a link.
type ReadInviteRequest struct {
	Link string `json:"link"`
}

// InviteLink is what an invite link says, but for its secret.
type InviteLink struct {
	Workspace id.Workspace `json:"workspace"`
	Here      bool         `json:"here,omitempty"` // it is the workspace at hand
	Inviter   id.Device    `json:"inviter"`        // that made it
	Machine   string       `json:"machine,omitempty"`
	Person    string       `json:"person,omitempty"` // whose that is; both are known of the workspace at hand only
	Right     string       `json:"right"`            // of who comes in
	Expires   time.Time    `json:"expires"`
	Expired   bool         `json:"expired,omitempty"` // by the clock of this device
	Addresses []string     `json:"addresses"`         // at which the inviter may be
	Relay     bool         `json:"relay,omitempty"`   // one can come in through a relay, too
}

// LinkOf reads an invite link. The faults are those of discovery.Parse.
func LinkOf(text string, now time.Time) (InviteLink, error) {
	link, err := discovery.Parse(text)
	if err != nil {
		return InviteLink{}, err
	}
	return InviteLink{
		Workspace: link.Workspace, Inviter: link.Inviter, Right: link.Role.String(), Expires: link.Expires,
		Expired: outlived(link, now), Addresses: append([]string{}, link.Addresses...), Relay: link.Relay != "",
	}, nil
}

// outlived reports whether nobody would let somebody in with a link any more.
func outlived(link discovery.Link, now time.Time) bool {
	return !link.Expires.IsZero() && !now.Before(link.Expires.Add(clockSlack))
}

func (a *App) readInvite(_ context.Context, r ReadInviteRequest) (InviteLink, error) {
	out, err := LinkOf(r.Link, a.opts.Now())
	if err != nil || out.Workspace != a.journal.Workspace() {
		return out, err
	}
	out.Here, out.Machine = true, a.deviceName(out.Inviter)
	if members := a.journal.Members(); members != nil {
		if d, known := members.Device(out.Inviter.Short()); known && d.ID == out.Inviter {
			out.Person = a.personName(d.Person)
		}
	}
	return out, nil
}
