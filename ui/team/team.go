// Package team is the page on who is in the workspace, on which laptops, and how
// this laptop stands to each of them: the truth in a sentence at the top, why a
// laptop is not connected and what to do, and the invites that let others in.
package team

import (
	"context"
	"time"
)

// Source is what the page needs to know.
type Source interface {
	// Team returns who is in the workspace, and how this laptop stands to all
	// others as far as it knows. It asks no other laptop.
	Team(ctx context.Context) (Now, error)
}

// People changes who may do what.
type People interface {
	SetRight(ctx context.Context, member string, to Right) error
	// RemoveMember takes a person with all their laptops out of the workspace.
	RemoveMember(ctx context.Context, member string) error
}

// Laptops changes which laptops people work on.
type Laptops interface {
	RenameLaptop(ctx context.Context, device, name string) error
	RemoveLaptop(ctx context.Context, device string) error
}

// Network reaches other laptops.
type Network interface {
	// Sync looks for every laptop anew, now.
	Sync(ctx context.Context) error
	// AddAddress has this laptop try an address from now on. It returns once the
	// address is kept, whether somebody answers there or not.
	AddAddress(ctx context.Context, address string) error
	ForgetAddress(ctx context.Context, address string) error
}

// Invites lets others in.
type Invites interface {
	Invite(ctx context.Context, ask Ask) (Link, error)
	Withdraw(ctx context.Context, id string) error
}

// Right is what a person may do, by the name that is stored.
type Right string

// The rights, each with all of those before it.
const (
	Viewer      Right = "viewer"
	Contributor Right = "contributor"
	Approver    Right = "approver"
	Admin       Right = "admin"
)

// Rights lists them, the least first.
var Rights = []Right{Viewer, Contributor, Approver, Admin}

// Now is what this laptop knows of the team.
type Now struct {
	Members []Member // by name
	Invites []Invite // of any state, the latest first
	// Offline says that this laptop has no network at all, as far as the system
	// tells.
	Offline   bool
	Listening []string // addresses at which others reach this laptop
	LAN       LAN
	Relay     Relay
	Addresses []string // that were added by hand
}

// Member is a person with their laptops. Roles are those of the lifecycle, as
// stored.
type Member struct {
	ID, Name string
	Roles    []string
	Right    Right
	You      bool
	Laptops  []Laptop // with those that are removed
}

// State is how a laptop is reached.
type State int

// The states.
const (
	Away State = iota
	Connecting
	Connected
	Removed
)

// Laptop is one on which a person works. Of this one, only the names and Added
// say something.
type Laptop struct {
	Device string // ID
	Name   string
	This   bool
	Added  time.Time
	State  State
	Since  time.Time // of the state
	// Known says that the laptop has told all that it has. Behind and Ahead say
	// nothing before: how many changes are to come from there, with their size in
	// bytes, and how many it does not have yet, as far as this laptop knows.
	Known       bool
	Behind      uint64
	BehindBytes uint64
	Ahead       uint64
	LastSeen    time.Time // zero for never
	Address     string    // at which it was reached last, or is tried
	Reason      string    // why it is not connected, in the language of the window
	Hint        string    // and what to do
	ClockAhead  time.Duration

	owner string // whose it is, where it stands among others'
}

// LAN is whether laptops find each other in the network around them.
type LAN struct {
	On     bool
	Reason string // why not, in the language of the window
}

// RelayState is how it stands with the relay.
type RelayState int

// The states of a relay.
const (
	NoRelay RelayState = iota
	RelayConnected
	RelayDown
)

// Relay passes sealed changes on between laptops that are not on at the same time.
type Relay struct {
	URL    string
	State  RelayState
	Reason string // why it is down, in the language of the window
}

// InviteState is what has become of an invite.
type InviteState int

// The states of an invite.
const (
	Open InviteState = iota
	Used
	Withdrawn
	Expired
)

// Invite is one that was made, here or on another laptop of the workspace.
type Invite struct {
	ID      string
	Right   Right
	Expires time.Time
	State   InviteState
	MadeBy  string // name of a person
	UsedBy  string // name of who joined with it
	Laptop  string // and of their laptop
	For     string // ID of a member that it is a further laptop of, empty for a new one
}

// Ask says what an invite is to allow, and for how long.
type Ask struct {
	Right  Right
	Holds  time.Duration
	Member string // ID of a member whose further laptop it is for, empty for a new one
}

// Link is what a person is handed to come in. QR is the same as a picture, a row of
// modules each, true for dark.
type Link struct {
	ID, Text  string
	QR        [][]bool
	Right     Right
	Expires   time.Time
	Addresses []string // at which the newcomer looks for this laptop
	Relay     bool     // the newcomer can come in through the relay, too
}

// Me returns the person whose window this is.
func (n *Now) Me() Member {
	for _, m := range n.Members {
		if m.You {
			return m
		}
	}
	return Member{}
}

// Others returns the laptops beside this one that count: not those removed.
func (n *Now) Others() []Laptop {
	var out []Laptop
	for _, m := range n.Members {
		for _, l := range m.Laptops {
			if !l.This && l.State != Removed {
				l.owner = m.Name
				out = append(out, l)
			}
		}
	}
	return out
}

// Level reports whether this laptop and l are known to hold the same, now.
func (l *Laptop) Level() bool {
	return l.State == Connected && l.Known && l.Behind == 0 && l.Ahead == 0
}
