package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// ListMembers lists who is in the workspace.
var ListMembers = Call[ListMembersRequest, []Member]{"member/list", "Lists who is in the workspace, what they may do and how they work in it, by name.", (*App).listMembers}

// ListMembersRequest asks for the members.
type ListMembersRequest struct{}

// Member is a person in the workspace.
type Member struct {
	ID       id.Doc    `json:"id"`
	Name     string    `json:"name"`
	Roles    []string  `json:"roles"`   // of the lifecycle
	Right    string    `json:"right"`   // viewer, contributor, approver or admin; none once removed
	Devices  int       `json:"devices"` // that are not removed
	You      bool      `json:"you,omitempty"`
	Machines []Machine `json:"machines"` // all that were ever theirs, the latest last
}

// Machine is a device of a person.
type Machine struct {
	Device   id.Device `json:"device"`
	Name     string    `json:"name"` // empty while nobody has named it
	Platform string    `json:"platform,omitempty"`
	Person   id.Doc    `json:"person"`
	Owner    string    `json:"owner"` // the person's name
	This     bool      `json:"this,omitempty"`
	Removed  bool      `json:"removed,omitempty"`
	Added    time.Time `json:"added"`
}

func (a *App) listMembers(context.Context, ListMembersRequest) ([]Member, error) {
	out := []Member{}
	members := a.journal.Members()
	if members == nil {
		return out, nil
	}
	for _, p := range members.Persons() {
		if p.Role != member.None {
			out = append(out, a.member(members, p))
		}
	}
	slices.SortFunc(out, func(x, y Member) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}

func (a *App) member(members *member.Table, p member.Person) Member {
	m := Member{ID: p.ID, Roles: []string{}, Right: p.Role.String(), You: p.ID == a.self().ID, Machines: []Machine{}}
	if d, err := a.journal.Doc(p.ID); err == nil {
		view := noun.Persons.View(d)
		m.Name, m.Roles = view.Name, append(m.Roles, view.Roles...)
	}
	for _, d := range members.Devices() {
		if d.Person != p.ID {
			continue
		}
		m.Machines = append(m.Machines, a.machine(d))
		if !d.Removed {
			m.Devices++
		}
	}
	slices.SortStableFunc(m.Machines, func(x, y Machine) int { return x.Added.Compare(y.Added) })
	return m
}

// SetRight changes what a member may do.
var SetRight = Call[SetRightRequest, Member]{"member/role", "Changes what a member may do.", (*App).setRight}

// SetRightRequest says whose right becomes what.
type SetRightRequest struct {
	Member string `json:"member"` // ID, the first digits of it, or name
	Right  string `json:"right"`  // viewer, contributor, approver or admin
}

func (a *App) setRight(ctx context.Context, r SetRightRequest) (Member, error) {
	members, person, err := a.findMember(r.Member)
	if err != nil {
		return Member{}, err
	}
	role, err := parseRight(r.Right)
	if err != nil {
		return Member{}, err
	}
	if members.Role(person) == role {
		return a.memberNow(person), nil
	}
	act := member.SetRole{Person: person, Role: role}
	if role < member.Contributor {
		act.Cut = a.cut(members, func(d member.Device) bool { return d.Person == person })
	}
	if err := a.journal.Act(ctx, act); err != nil {
		return Member{}, err
	}
	return a.memberNow(person), nil
}

// RemoveMember ends a person's membership.
var RemoveMember = Call[MemberRequest, Member]{"member/remove", "Removes a member and all devices of theirs: what they wrote stays, what they write from now on does not count.", (*App).removeMember}

// MemberRequest names a member.
type MemberRequest struct {
	Member string `json:"member"` // ID, the first digits of it, or name
}

func (a *App) removeMember(ctx context.Context, r MemberRequest) (Member, error) {
	members, person, err := a.findMember(r.Member)
	if err != nil {
		return Member{}, err
	}
	if person == a.self().ID {
		// Whoever removes makes the key that the removed must not have.
		return Member{}, fault.New(fault.Conflict, "You can't remove yourself.", "Ask another administrator to remove you.")
	}
	theirs := func(d member.Device) bool { return d.Person == person }
	err = a.remove(ctx, members, member.RemovePerson{Person: person, Cut: a.cut(members, theirs)}, theirs)
	if err != nil {
		return Member{}, err
	}
	return a.memberNow(person), nil
}

// remove does an act that ends what devices may do, and makes a key that they
// do not have, in one batch.
func (a *App) remove(ctx context.Context, members *member.Table, act member.Act, gone func(member.Device) bool) error {
	if err := members.Check(a.Device().Short(), act); err != nil {
		return err
	}
	admin := members.MayAdmin(a.Device().Short()) == nil
	due := admin || members.KeyDue()
	for _, d := range members.Devices() {
		due = due || gone(d) && members.Holds(d.ID.Short())
	}
	if !due {
		return a.journal.Act(ctx, act)
	}
	acts, err := a.nextKey(members, gone)
	if err != nil {
		return err
	}
	if !admin && len(acts) > 1 {
		acts = acts[:1] // an administrator hands it to the others
	}
	return a.journal.Act(ctx, append([]member.Act{act}, acts...)...)
}

// cut returns how much of the data logs of devices is here: what of them counts
// after a removal.
func (a *App) cut(members *member.Table, of func(member.Device) bool) []oplog.Dep {
	var cut []oplog.Dep
	for log, head := range a.journal.Heads() {
		if d, ok := members.Device(log.Device); ok && of(d) && !a.journal.Control(log) {
			cut = append(cut, oplog.Dep{Log: log, Next: head.Next})
		}
	}
	oplog.SortDeps(cut)
	return cut
}

// memberNow returns a person as the membership has them now.
func (a *App) memberNow(person id.Person) Member {
	members := a.journal.Members()
	return a.member(members, member.Person{ID: person, Role: members.Role(person)})
}

// findMember returns the member called text: an ID, the first digits of one, or
// a name.
func (a *App) findMember(text string) (*member.Table, id.Person, error) {
	members := a.journal.Members()
	if members == nil {
		return nil, id.Person{}, notFounded()
	}
	text = strings.TrimSpace(text)
	var found []string
	var person id.Person
	for _, p := range members.Persons() {
		digits := p.ID.String()
		named := strings.EqualFold(a.personName(p.ID), text)
		if p.Role != member.None && (named || len(text) >= minPrefix && strings.HasPrefix(digits, strings.ToLower(text))) {
			found, person = append(found, digits), p.ID
		}
	}
	switch len(found) {
	case 1:
		return members, person, nil
	case 0:
		return nil, person, fault.New(fault.NotFound, "There is no member called %q.", "`cairn member list` shows the members.").With(clip(text))
	}
	return nil, person, fault.New(fault.Conflict, "%q fits several members: %s.", "Give the ID instead.").With(clip(text), strings.Join(found[:min(len(found), shownMatches)], ", "))
}

// parseRight reads what a member may do.
func parseRight(text string) (member.Role, error) {
	role, err := member.ParseRole(strings.TrimSpace(text))
	if err != nil {
		return role, fault.Wrap(err, fault.Invalid, "There is no right called %q.", "The rights are viewer, contributor, approver and admin.").With(clip(text))
	}
	return role, nil
}

func notFounded() error {
	return fault.New(fault.Unavailable, "This folder has no workspace yet.", "Make one with `cairn init`, or join one with `cairn join`.")
}
