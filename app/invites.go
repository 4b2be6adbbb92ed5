package app

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/discovery"
)

const (
	// inviteHours is how long an invite lasts when nobody says: a week.
	inviteHours = 7 * 24
	// maxInviteHours bounds it: what nobody used in a year is forgotten somewhere.
	maxInviteHours = 366 * 24
	// inviteDigits is how many bytes of its key name an invite.
	inviteDigits = 8
)

// InviteSecret is what whoever is invited needs to know. It is shown once, and
// stored nowhere.
type InviteSecret struct {
	Workspace id.Workspace
	Secret    [ed25519.SeedSize]byte
	Inviter   id.Device
	Role      member.Role // None for a further device of somebody
	Expires   time.Time
}

// Key returns the key pair by which the secret lets a device in.
func (s InviteSecret) Key() ed25519.PrivateKey { return member.InviteKey(s.Secret) }

// MakeInvite invites somebody.
var MakeInvite = Call[MakeInviteRequest, Invited]{"invite/make", "Invites a person, or a further device of one. The secret in the answer is shown once.", (*App).makeInvite}

// MakeInviteRequest says whom to invite.
type MakeInviteRequest struct {
	Right  string `json:"right,omitempty"`  // of a new person: viewer, contributor, approver or admin; contributor when empty
	Hours  int    `json:"hours,omitempty"`  // until it expires; a week when 0
	Member string `json:"member,omitempty"` // whose further device it is for: ID, the first digits of it, or name
}

// Invited is an invite that was just made.
type Invited struct {
	ID        string    `json:"id"`
	Link      string    `json:"link"`      // with which somebody gets in
	Secret    string    `json:"secret"`    // 64 hexadecimal digits: whoever has them gets in
	Right     string    `json:"right"`     // of who comes in
	Member    string    `json:"member"`    // whose further device it is for, by name; empty for a new person
	Expires   time.Time `json:"expires"`   // to the millisecond
	Addresses []string  `json:"addresses"` // at which this node can be reached
	Relay     string    `json:"relay,omitempty"`
}

func (a *App) makeInvite(ctx context.Context, r MakeInviteRequest) (Invited, error) {
	if err := (discovery.Link{Role: member.Viewer, Relay: a.network.RelayURL()}).Check(); err != nil {
		return Invited{}, err // before anything is written
	}
	secret, person, err := a.invite(ctx, r)
	if err != nil {
		return Invited{}, err
	}
	key, _ := secret.Key().Public().(ed25519.PublicKey)
	out := Invited{
		ID: inviteID(key), Secret: hex.EncodeToString(secret.Secret[:]),
		Right: secret.Role.String(), Expires: secret.Expires, Addresses: []string{},
	}
	if !person.IsZero() {
		secret.Role = a.journal.Members().Role(person)
		out.Right, out.Member = secret.Role.String(), a.personName(person)
	}
	if err := a.keepInviteKey(secret); err != nil {
		return Invited{}, err
	}
	a.expect() // so that it listens, and has addresses
	state := a.network.State()
	link := discovery.Link{
		Workspace: secret.Workspace, Secret: secret.Secret, Inviter: secret.Inviter, Role: secret.Role,
		Expires: secret.Expires, Addresses: state.Listening, Relay: a.network.RelayURL(),
	}
	out.Link, out.Addresses = link.String(), append(out.Addresses, state.Listening...)
	if state.Relay != nil {
		out.Relay = state.Relay.URL
	}
	return out, nil
}

// invite makes an invite. The person is whose further device it is for, zero for
// a new person.
func (a *App) invite(ctx context.Context, r MakeInviteRequest) (s InviteSecret, person id.Person, err error) {
	act := member.Invite{}
	switch {
	case r.Member != "" && r.Right != "":
		return s, person, fault.New(fault.Invalid, "A further device has the right of its owner.", "Give a right or a member, not both.")
	case r.Member != "":
		if _, act.Person, err = a.findMember(r.Member); err != nil {
			return s, person, err
		}
	case r.Right == "":
		act.Role = member.Contributor
	default:
		if act.Role, err = parseRight(r.Right); err != nil {
			return s, person, err
		}
	}
	if r.Hours < 0 || r.Hours > maxInviteHours {
		return s, person, fault.New(fault.Invalid, "An invite can't last %d hours.", "Choose between an hour and a year.").With(r.Hours)
	}
	if r.Hours == 0 {
		r.Hours = inviteHours
	}
	s = InviteSecret{
		Workspace: a.journal.Workspace(), Inviter: a.Device(), Role: act.Role,
		Expires: a.opts.Now().Add(time.Duration(r.Hours) * time.Hour).Truncate(time.Millisecond).UTC(),
	}
	if _, err := io.ReadFull(a.opts.Rand, s.Secret[:]); err != nil {
		return s, person, fmt.Errorf("read randomness for an invite: %w", err)
	}
	act.Key, _ = s.Key().Public().(ed25519.PublicKey)
	act.Expires = s.Expires
	return s, act.Person, a.journal.Act(ctx, act)
}

func inviteID(key ed25519.PublicKey) string { return hex.EncodeToString(key[:inviteDigits]) }

// ListInvites lists invites.
var ListInvites = Call[ListInvitesRequest, []Invite]{"invite/list", "Lists the invites that were ever made, the latest first, and what became of each.", (*App).listInvites}

// ListInvitesRequest asks for the invites.
type ListInvitesRequest struct{}

// Invite is an invite as others see it: without its secret.
type Invite struct {
	ID      string    `json:"id"`
	Right   string    `json:"right"`            // of who comes in
	Member  string    `json:"member,omitempty"` // whose further device it is for, by name …
	Person  string    `json:"person,omitempty"` // … and by ID
	Expires time.Time `json:"expires"`
	State   string    `json:"state"`             // open, used, withdrawn or expired
	UsedBy  string    `json:"used_by,omitempty"` // the name of who came in
	Device  string    `json:"device,omitempty"`  // and what the device is called with which they did
	MadeBy  string    `json:"made_by"`
}

func (a *App) listInvites(context.Context, ListInvitesRequest) ([]Invite, error) {
	out := []Invite{}
	members := a.journal.Members()
	if members == nil {
		return out, nil
	}
	for _, i := range slices.Backward(members.Invites()) {
		out = append(out, a.inviteOf(members, i))
	}
	return out, nil
}

func (a *App) inviteOf(members *member.Table, i member.InviteState) Invite {
	out := Invite{ID: inviteID(i.Key), Right: i.Role.String(), Expires: i.Expires, State: "open"}
	if maker, ok := members.Device(i.By); ok {
		out.MadeBy = a.personName(maker.Person)
	}
	if !i.Person.IsZero() {
		out.Right, out.Member, out.Person = members.Role(i.Person).String(), a.personName(i.Person), i.Person.String()
	}
	switch {
	case i.Status == member.InviteUsed:
		out.State, out.UsedBy, out.Device = "used", a.personName(i.Admitted), a.deviceName(i.Device)
	case i.Status == member.InviteWithdrawn:
		out.State = "withdrawn"
	case a.expired(i):
		out.State = "expired"
	}
	return out
}

func (a *App) expired(i member.InviteState) bool { return !a.opts.Now().Before(i.Expires) }

// WithdrawInvite ends an invite.
var WithdrawInvite = Call[InviteRequest, Invite]{"invite/withdraw", "Ends an invite that nobody has used yet.", (*App).withdrawInvite}

// InviteRequest names an invite.
type InviteRequest struct {
	ID string `json:"id"` // or the first digits of it
}

func (a *App) withdrawInvite(ctx context.Context, r InviteRequest) (Invite, error) {
	members := a.journal.Members()
	if members == nil {
		return Invite{}, notFounded()
	}
	text := strings.ToLower(strings.TrimSpace(r.ID))
	var found []member.InviteState
	for _, i := range members.Invites() {
		if len(text) >= minPrefix && strings.HasPrefix(inviteID(i.Key), text) {
			found = append(found, i)
		}
	}
	switch {
	case len(found) == 0:
		return Invite{}, fault.New(fault.NotFound, "There is no invite %q.", "`cairn invite list` shows the invites.").With(clip(text))
	case len(found) > 1:
		return Invite{}, fault.New(fault.Conflict, "%q fits several invites.", "Give more of the ID.").With(clip(text))
	}
	if err := a.journal.Act(ctx, member.Withdraw{Invite: found[0].Key}); err != nil {
		return Invite{}, err
	}
	members = a.journal.Members()
	now, _ := members.Invite(found[0].Key)
	return a.inviteOf(members, now), nil
}
