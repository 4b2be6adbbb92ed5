package app_test

import (
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/lifecycle"
	"cairn/core/member"
)

// write makes a document of the project Churn.
func write(n *apptest.Node, kind string, fields map[string]string) string {
	return apptest.Do(n, app.CreateDoc, app.CreateDocRequest{Kind: kind, Project: "Churn", Fields: fields}).ID.String()
}

func set(n *apptest.Node, id, field, value string) {
	apptest.Do(n, app.SetField, app.SetFieldRequest{ID: id, Field: field, Value: value})
}

// chartered makes the project Churn with a charter that lacks nothing it must
// have, and returns the charter.
func chartered(n *apptest.Node) string {
	apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	return write(n, "charter", map[string]string{
		"problem": "Customers leave.", "decision": "Whom to offer a discount.", "needs_ml": "yes", "viability": "viable",
	})
}

// stands returns how a page stands at n.
func stands(n *apptest.Node, page lifecycle.Page) app.PageReadiness {
	r := apptest.Do(n, app.ShowReadiness, app.ReadinessRequest{Project: "Churn"})
	for _, p := range append(r.Pages, r.Phase) {
		if p.Page == page {
			return p
		}
	}
	return app.PageReadiness{}
}

func give(t *testing.T, n *apptest.Node, scope lifecycle.Page, verdict string) (app.SignOff, error) {
	return app.GiveSignOff.Do(t.Context(), n.App, app.GiveSignOffRequest{Project: "Churn", Scope: scope, Verdict: verdict})
}

// TestASignOffFollowsItsContent approves on one device, edits on another, and
// takes the edit back.
func TestASignOffFollowsItsContent(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	charter := chartered(ada)
	if got := stands(ada, lifecycle.Charter); got.State != lifecycle.Ready || got.Musts != 0 {
		t.Fatalf("the charter is %s with %+v missing, want ready", got.State, got.Missing)
	}
	given, err := give(t, ada, lifecycle.Charter, "approved")
	if err != nil {
		t.Fatal(err)
	}
	if given.Person.Name != "Ada" || given.Role != "data scientist" || given.Standing != lifecycle.Holds {
		t.Errorf("given: %+v, want Ada's as data scientist, and valid", given)
	}
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if got := stands(n, lifecycle.Charter); got.State != lifecycle.Approved {
			t.Errorf("after the approval the charter is %s, want approved", got.State)
		}
	}

	ben.Clock.Advance(time.Hour)
	set(ben, charter, "problem", "Customers leave us.")
	set(ben, charter, "viability", "undecided")
	set(ben, charter, "viability", "viable")
	apptest.Settle(ada, ben)
	page := stands(ada, lifecycle.Charter)
	if page.State != lifecycle.Changed || len(page.Touched) != 1 || page.Touched[0].Document != charter {
		t.Errorf("after an edit the charter is %s, %+v, want changed", page.State, page.Touched)
	}
	listed := apptest.Do(ada, app.ListSignOffs, app.ListSignOffsRequest{Project: "Churn"})
	if len(listed) != 1 || listed[0].Standing != lifecycle.Outdated || len(listed[0].Touched) != 1 {
		t.Fatalf("sign-offs: %+v, want one that has changed", listed)
	}
	fields := listed[0].Touched[0].Fields
	if len(fields) != 1 || fields[0].Field != "problem" || fields[0].Old.String() != "Customers leave." ||
		fields[0].New.String() != "Customers leave us." || fields[0].Person != "Ben" || !fields[0].Time.Equal(apptest.Start.Add(time.Hour)) {
		t.Errorf("changed: %+v, want the problem, by Ben, an hour later", fields)
	}

	set(ben, charter, "problem", "Customers leave.")
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if got := stands(n, lifecycle.Charter); got.State != lifecycle.Approved {
			t.Errorf("with the old text back the charter is %s, want approved", got.State)
		}
	}
}

// TestSigningIsRefused shows who can't sign, and what can't be signed.
func TestSigningIsRefused(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	charter := chartered(ada)
	seen := stands(ada, lifecycle.Charter).Digest
	apptest.Settle(ada, ben)
	refused := func(n *apptest.Node, req app.GiveSignOffRequest, kind fault.Kind, words string) {
		t.Helper()
		req.Project = "Churn"
		_, err := app.GiveSignOff.Do(t.Context(), n.App, req)
		if said := fault.Message(err) + " " + fault.Hint(err); fault.KindOf(err) != kind || !strings.Contains(said, words) {
			t.Errorf("%+v: %v %q, want %v with %q", req, fault.KindOf(err), said, kind, words)
		}
	}
	refused(ben, app.GiveSignOffRequest{Scope: "charter", Verdict: "approved"}, fault.Denied, "Ask Ada.")
	refused(ada, app.GiveSignOffRequest{Scope: "budget", Verdict: "approved"}, fault.Invalid, "requirements, metrics")
	refused(ada, app.GiveSignOffRequest{Scope: "charter", Verdict: "maybe"}, fault.Invalid, "approved and rejected")
	refused(ada, app.GiveSignOffRequest{Scope: "value", Verdict: "approved"}, fault.Conflict, "Estimate what the model is worth.")
	refused(ada, app.GiveSignOffRequest{Scope: "design", Verdict: "approved"}, fault.Conflict, "Finish the value estimate first.")

	set(ada, charter, "problem", "Customers leave us.")
	refused(ada, app.GiveSignOffRequest{Scope: "charter", Verdict: "approved", Digest: seen}, fault.Conflict, "changed the charter meanwhile")
	if _, err := give(t, ada, lifecycle.Value, "rejected"); err != nil {
		t.Errorf("an empty page can't be rejected: %v", err)
	}
	if got := stands(ada, lifecycle.Value); got.State != lifecycle.Rejected {
		t.Errorf("the value estimate is %s, want rejected", got.State)
	}
}

// TestOnlyItsAuthorSpeaksInASignOff has a teammate write a sign-off in somebody
// else's name, and tamper with one.
func TestOnlyItsAuthorSpeaksInASignOff(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	chartered(ada)
	apptest.Settle(ada, ben)
	me := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	forged := write(ben, "sign_off", map[string]string{"scope": "charter", "person": me, "verdict": "approved"})
	apptest.Settle(ada, ben)
	list := apptest.Do(ada, app.ListSignOffs, app.ListSignOffsRequest{Project: "Churn"})
	if len(list) != 1 || list[0].ID.String() != forged || list[0].Standing != lifecycle.Uncounted || list[0].Reason.Sentence != "Ada is named in it, and did not write it." {
		t.Fatalf("a forged sign-off stands as %+v", list)
	}

	given, err := give(t, ada, lifecycle.Charter, "approved")
	if err != nil {
		t.Fatal(err)
	}
	apptest.Settle(ada, ben)
	set(ben, given.ID.String(), "verdict", "rejected")
	set(ben, given.ID.String(), "revoked", "true")
	apptest.Do(ben, app.MoveToTrash, app.DocRequest{ID: given.ID.String()})
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if got := stands(n, lifecycle.Charter); got.State != lifecycle.Approved {
			t.Errorf("tampered with, the charter is %s, want approved still", got.State)
		}
	}
	if _, err := app.RevokeSignOff.Do(t.Context(), ben.App, app.RevokeSignOffRequest{ID: given.ID.String()}); fault.KindOf(err) != fault.Denied {
		t.Errorf("Ben takes Ada's sign-off back: %v, want denied", err)
	}

	taken := apptest.Do(ada, app.RevokeSignOff, app.RevokeSignOffRequest{ID: given.ID.String()})
	if taken.Standing != lifecycle.Revoked {
		t.Errorf("taken back, it stands as %s", taken.Standing)
	}
	if got := stands(ada, lifecycle.Charter); got.State != lifecycle.Ready {
		t.Errorf("with its sign-off taken back the charter is %s, want ready", got.State)
	}
}
