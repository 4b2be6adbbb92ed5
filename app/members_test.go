package app_test

import (
	"errors"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
)

func TestRightsChange(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	project := apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	apptest.Settle(ada, ben)

	if m := apptest.Do(ada, app.SetRight, app.SetRightRequest{Member: "ben", Right: "viewer"}); m.Right != "viewer" {
		t.Errorf("Ben is %+v, want a viewer", m)
	}
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Fraud"}) // before Ben knows
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if list := apptest.Do(n, app.ListProjects, app.ListProjectsRequest{}); len(list) != 1 || list[0].ID != project.ID {
			t.Errorf("projects %+v, want what Ben wrote as a contributor", list)
		}
	}
	if _, err := app.CreateProject.Do(t.Context(), ben.App, app.CreateProjectRequest{Name: "Again"}); fault.KindOf(err) != fault.Denied {
		t.Errorf("a viewer writes: %v, want denied", err)
	}

	apptest.Do(ada, app.SetRight, app.SetRightRequest{Member: "Ben", Right: "admin"})
	apptest.Settle(ada, ben)
	if m := apptest.Do(ben, app.SetRight, app.SetRightRequest{Member: "Ada", Right: "approver"}); m.Right != "approver" {
		t.Errorf("Ada is %+v, want an approver", m)
	}
	apptest.Settle(ada, ben)
	if _, err := app.SetRight.Do(t.Context(), ada.App, app.SetRightRequest{Member: "Ada", Right: "admin"}); fault.KindOf(err) != fault.Denied {
		t.Errorf("Ada takes the right back: %v, want denied", err)
	}
}

// TestWhatWouldLeaveNobody names what is refused, and holds that nothing is
// changed by it.
func TestWhatWouldLeaveNobody(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	heads := ada.Journal().Heads()
	do := func(_ any, err error) error { return err }
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
		want string
	}{
		"last admin demoted": {
			do(app.SetRight.Do(t.Context(), ada.App, app.SetRightRequest{Member: "Ada", Right: "viewer"})), fault.Conflict,
			"A workspace needs an administrator with a device, and this is the last.",
		},
		"oneself removed": {
			do(app.RemoveMember.Do(t.Context(), ada.App, app.MemberRequest{Member: "Ada"})), fault.Conflict, "You can't remove yourself.",
		},
		"this device removed": {
			do(app.RemoveDevice.Do(t.Context(), ben.App, app.DeviceRequest{Device: "this"})), fault.Conflict, "A device can't remove itself.",
		},
		"last admin's device": {
			do(app.RemoveDevice.Do(t.Context(), ben.App, app.DeviceRequest{Device: ada.Device().String()})), fault.Denied,
			"Only an administrator can change who is in the workspace.",
		},
		"a member by who is no admin": {
			do(app.RemoveMember.Do(t.Context(), ben.App, app.MemberRequest{Member: "Ada"})), fault.Denied,
			"Only an administrator can change who is in the workspace.",
		},
		"nobody": {
			do(app.RemoveMember.Do(t.Context(), ada.App, app.MemberRequest{Member: "Zoe"})), fault.NotFound, "There is no member called \"Zoe\".",
		},
		"no right": {
			do(app.SetRight.Do(t.Context(), ada.App, app.SetRightRequest{Member: "Ben", Right: "king"})), fault.Invalid, "There is no right called \"king\".",
		},
	} {
		if fault.KindOf(c.err) != c.kind || fault.Message(c.err) != c.want {
			t.Errorf("%s: %v, want %v: %s", name, c.err, c.kind, c.want)
		}
	}
	if now := ada.Journal().Heads(); now.Digest() != heads.Digest() {
		t.Errorf("something was written: %v, before %v", now, heads)
	}
}

// TestFoundingMakesTheFirstKey and admission hands it on.
func TestFoundingMakesTheFirstKey(t *testing.T) {
	ada := apptest.Found(t, 1)
	mine, err := ada.SealKeys()
	if err != nil || len(mine) != 1 {
		t.Fatalf("%d keys, %v, want one", len(mine), err)
	}
	ben := apptest.Apart(t, 2, ada)
	if _, err := ben.SealKeys(); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("before Ben is in: %v, want unavailable", err)
	}
	if err := errors.Join(ben.TendKeys(t.Context()), ada.TendKeys(t.Context())); err != nil {
		t.Errorf("nothing to see to: %v", err)
	}
	if _, err := ada.AdmitPerson(t.Context(), "Ben", member.Viewer, ben.PublicKey()); err != nil {
		t.Fatal(err)
	}
	ben.Pull(ada)
	if theirs, err := ben.SealKeys(); err != nil || len(theirs) != 1 || theirs[0] != mine[0] {
		t.Errorf("Ben has %v, %v, want Ada's key", theirs, err)
	}
}
