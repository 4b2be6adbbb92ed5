package app_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
)

// guest is a device that asks to be let in.
type guest struct {
	*apptest.Node
	key ed25519.PrivateKey // of the invite
}

// come starts a device that holds an invite to the workspace of host.
func come(t *testing.T, seed uint64, host *apptest.Node, made app.Invited) guest {
	t.Helper()
	secret, err := hex.DecodeString(made.Secret)
	if err != nil || len(secret) != ed25519.SeedSize {
		t.Fatalf("secret %q: %v", made.Secret, err)
	}
	return guest{apptest.Apart(t, seed, host), member.InviteKey([ed25519.SeedSize]byte(secret))}
}

// ask asks a device of the workspace to let g in.
func (g guest) ask(t *testing.T, host *apptest.Node, name, device string) (id.Person, error) {
	t.Helper()
	public, _ := g.key.Public().(ed25519.PublicKey)
	signature := ed25519.Sign(g.key, member.JoinText(host.Journal().Workspace(), g.PublicKey()))
	return host.AdmitInvited(t.Context(), public, g.PublicKey(), signature, name, device)
}

// join lets g in.
func (g guest) join(t *testing.T, host *apptest.Node, name, device string) *apptest.Node {
	t.Helper()
	if _, err := g.ask(t, host, name, device); err != nil {
		t.Fatalf("let %s in: %v", name, err)
	}
	g.Pull(host)
	return g.Node
}

func invite(n *apptest.Node, req app.MakeInviteRequest) app.Invited {
	return apptest.Do(n, app.MakeInvite, req)
}

func stateHash(n *apptest.Node) string {
	return apptest.Do(n, app.GetStatus, app.StatusRequest{}).StateHash
}

func memberCalled(t *testing.T, n *apptest.Node, name string) app.Member {
	t.Helper()
	for _, m := range apptest.Do(n, app.ListMembers, app.ListMembersRequest{}) {
		if m.Name == name {
			return m
		}
	}
	t.Fatalf("there is no member %s", name)
	return app.Member{}
}

// TestFromInviteToRemoval follows somebody into the workspace and out of it.
func TestFromInviteToRemoval(t *testing.T) {
	ada := apptest.Found(t, 1)
	cho := apptest.Join(t, 3, ada, "Cho", member.Contributor)
	made := invite(ada, app.MakeInviteRequest{Right: "contributor"})
	ben := come(t, 2, ada, made).join(t, ada, "Ben", "Ben's laptop")
	cho.Pull(ada)

	who := memberCalled(t, cho, "Ben")
	if who.Right != "contributor" || len(who.Machines) != 1 || who.Machines[0].Name != "Ben's laptop" || who.Machines[0].Added.IsZero() {
		t.Errorf("Ben is %+v, want a contributor with a laptop", who)
	}
	if list := apptest.Do(cho, app.ListInvites, app.ListInvitesRequest{}); len(list) != 1 || list[0].State != "used" || list[0].UsedBy != "Ben" || list[0].MadeBy != "Ada" {
		t.Errorf("invites = %+v, want one of Ada's, used by Ben", list)
	}
	before := apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	apptest.Settle(ada, ben, cho)
	for _, n := range []*apptest.Node{ada, ben, cho} {
		if keys, err := n.SealKeys(); err != nil || len(keys) != 1 {
			t.Errorf("%d keys, %v, want the first", len(keys), err)
		}
	}

	apptest.Do(ada, app.RemoveMember, app.MemberRequest{Member: "Ben"})
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Fraud"}) // Ben does not know yet
	cho.Pull(ben)                                                               // nor does Cho
	cho.Pull(ada)
	ada.Pull(ben)
	ben.Pull(ada)
	apptest.Settle(ada, cho)
	for name, n := range map[string]*apptest.Node{"ada": ada, "cho": cho, "ben": ben} {
		projects := apptest.Do(n, app.ListProjects, app.ListProjectsRequest{})
		if len(projects) != 1 || projects[0].ID != before.ID {
			t.Errorf("%s has %+v, want the project from before the removal alone", name, projects)
		}
	}
	if a, c := stateHash(ada), stateHash(cho); a != c {
		t.Errorf("state hashes %s and %s, want one", a, c)
	}
	if status := apptest.Do(ben, app.GetStatus, app.StatusRequest{}); status.Person.Right != "none" {
		t.Errorf("Ben's own device says %q, want none", status.Person.Right)
	}
	_, err := app.CreateProject.Do(t.Context(), ben.App, app.CreateProjectRequest{Name: "Again"})
	if fault.KindOf(err) != fault.Denied || fault.Message(err) != "This device was removed from the workspace." {
		t.Errorf("Ben writes: %v, want to be told of the removal", err)
	}
	if _, err := ben.SealKeys(); fault.KindOf(err) != fault.Denied {
		t.Errorf("Ben's keys: %v, want denied", err)
	}
	if _, ok := ben.Ring().Current(); ok {
		t.Error("Ben's device opens the key made at the removal")
	}
	for _, n := range []*apptest.Node{ada, cho} {
		if keys, err := n.SealKeys(); err != nil || len(keys) != 2 {
			t.Errorf("%d keys, %v, want the new one and the first", len(keys), err)
		}
	}
}

func TestInviteIsRefusedInWords(t *testing.T) {
	ada := apptest.Found(t, 1)
	cho := apptest.Join(t, 3, ada, "Cho", member.Contributor)
	used, withdrawn := invite(ada, app.MakeInviteRequest{}), invite(ada, app.MakeInviteRequest{})
	late, open := invite(ada, app.MakeInviteRequest{Hours: 1}), invite(ada, app.MakeInviteRequest{Hours: 100})
	come(t, 4, ada, used).join(t, ada, "Dan", "")
	apptest.Do(ada, app.WithdrawInvite, app.InviteRequest{ID: withdrawn.ID})
	cho.Pull(ada)
	ada.Clock.Advance(time.Hour)

	elsewhere := invite(apptest.Found(t, 9), app.MakeInviteRequest{})
	for name, c := range map[string]struct {
		made app.Invited
		host *apptest.Node
		who  string
		kind fault.Kind
		want string
	}{
		"used":                {used, ada, "Ben", fault.Conflict, "This invite has been used already."},
		"withdrawn":           {withdrawn, ada, "Ben", fault.Conflict, "This invite was withdrawn."},
		"expired":             {late, ada, "Ben", fault.Conflict, "This invite has expired."},
		"unknown":             {elsewhere, ada, "Ben", fault.NotFound, "There is no such invite in this workspace."},
		"by a contributor":    {open, cho, "Ben", fault.Denied, "Only an administrator can change who is in the workspace."},
		"without a name":      {open, ada, " ", fault.Invalid, "A person needs a name."},
		"with a name of lies": {open, ada, "Ben\x1b[2J", fault.Invalid, "The name of a person is one line of text."},
	} {
		t.Run(name, func(t *testing.T) {
			ben := come(t, 2, ada, c.made)
			_, err := ben.ask(t, c.host, c.who, "")
			if fault.KindOf(err) != c.kind || fault.Message(err) != c.want {
				t.Errorf("%v, want %v: %s", err, c.kind, c.want)
			}
		})
	}
	ben := come(t, 2, ada, open)
	if _, err := ada.AdmitInvited(t.Context(), ben.key.Public().(ed25519.PublicKey), ben.PublicKey(), make([]byte, 64), "Ben", ""); fault.KindOf(err) != fault.Denied {
		t.Errorf("a signature of zeros: %v, want denied", err)
	}
	if _, err := ada.AdmitInvited(t.Context(), nil, ben.PublicKey()[:5], nil, "Ben", ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("nothing: %v, want invalid", err)
	}
	states := map[string]string{}
	for _, i := range apptest.Do(ada, app.ListInvites, app.ListInvitesRequest{}) {
		states[i.ID] = i.State
	}
	for id, want := range map[string]string{used.ID: "used", withdrawn.ID: "withdrawn", late.ID: "expired", open.ID: "open"} {
		if states[id] != want {
			t.Errorf("invite %s is %s, want %s", id, states[id], want)
		}
	}
}

// TestWhoLostTheAnswerAsksAgain asks twice, as after a connection that broke.
func TestWhoLostTheAnswerAsksAgain(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := come(t, 2, ada, invite(ada, app.MakeInviteRequest{}))
	first, err := ben.ask(t, ada, "Ben", "Ben's laptop")
	if err != nil {
		t.Fatal(err)
	}
	ada.Clock.Advance(1000 * time.Hour)
	second, err := ben.ask(t, ada, "Ben", "Ben's laptop")
	if err != nil || second != first {
		t.Errorf("asked again: %v, %v, want %v", second, err, first)
	}
	if who := memberCalled(t, ada, "Ben"); len(who.Machines) != 1 {
		t.Errorf("Ben is %+v, want one device", who)
	}
}

// TestOneInviteTwoAdmins has two administrators who can't reach each other let
// two people in by one invite.
func TestOneInviteTwoAdmins(t *testing.T) {
	ada := apptest.Found(t, 1)
	bea := apptest.Join(t, 2, ada, "Bea", member.Admin)
	made := invite(ada, app.MakeInviteRequest{})
	bea.Pull(ada)
	one := come(t, 3, ada, made).join(t, ada, "Cho", "")
	two := come(t, 4, bea, made).join(t, bea, "Dan", "")
	apptest.Settle(ada, bea, one, two)

	var in []string
	for _, m := range apptest.Do(ada, app.ListMembers, app.ListMembersRequest{}) {
		in = append(in, m.Name)
	}
	if len(in) != 3 {
		t.Fatalf("members %v, want three", in)
	}
	for _, n := range []*apptest.Node{bea, one, two} {
		if list := apptest.Do(n, app.ListMembers, app.ListMembersRequest{}); len(list) != 3 || list[2].Name != in[2] {
			t.Errorf("members %+v, want %v as everywhere", list, in)
		}
	}
	if !ada.Journal().Members().KeyDue() {
		t.Fatal("somebody who is not in has the key, and no new one is due")
	}
	if err := bea.TendKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	apptest.Settle(ada, bea, one, two)
	current := 0
	for _, n := range []*apptest.Node{ada, bea, one, two} {
		if _, ok := n.Ring().Current(); ok {
			current++
		}
	}
	if current != 3 || ada.Journal().Members().KeyDue() {
		t.Errorf("%d devices open the current key, want the 3 of members", current)
	}
}
