package app_test

import (
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/lifecycle"
	"cairn/core/member"
)

// TestGuideFollowsATeam asks for three people on two devices what comes next.
func TestGuideFollowsATeam(t *testing.T) {
	ada := apptest.Found(t, 1)
	sofia := apptest.Join(t, 2, ada, "Sofia", member.Approver)
	vic := apptest.Join(t, 3, ada, "Vic", member.Viewer)
	charter := chartered(ada)
	set(ada, apptest.Do(sofia, app.GetStatus, app.StatusRequest{}).Person.ID.String(), "roles", "business stakeholder")
	apptest.Settle(ada, sofia, vic)

	// first returns the first step on the charter, or what comes without any.
	first := func(n *apptest.Node, person string) string {
		t.Helper()
		g := apptest.Do(n, app.ShowGuide, app.GuideRequest{Project: "Churn", Person: person})
		for _, s := range g.Steps {
			if s.Page == lifecycle.Charter {
				return s.Say.Sentence
			}
		}
		return g.Next.Sentence
	}
	if got := first(sofia, ""); got != "Look at the charter and sign off." {
		t.Errorf("Sofia does first: %q", got)
	}
	if here, there := first(ada, ""), first(sofia, "ada"); here != there || here != "Look at the charter and sign off." {
		t.Errorf("Ada does first %q, and by Sofia's device %q", here, there)
	}
	if got := first(vic, ""); got != "You can view this workspace, and not change it: the team does the rest." {
		t.Errorf("Vic does first: %q", got)
	}
	if _, err := give(t, sofia, lifecycle.Charter, "approved"); err != nil {
		t.Fatal(err)
	}
	set(ada, charter, "decision", "Whom to call.")
	apptest.Settle(ada, sofia)
	if got := first(sofia, ""); got != "Look at the charter again: it has changed since you approved it." {
		t.Errorf("after an edit Sofia does first: %q", got)
	}
	if _, err := app.ShowGuide.Do(t.Context(), ada.App, app.GuideRequest{Project: "Churn", Person: "Bob"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a guide for nobody: %v, want not found", err)
	}
}

// TestDocumentsThatAreGoneShow signs a page, trashes what stood on it and adds
// something, and takes both back.
func TestDocumentsThatAreGoneShow(t *testing.T) {
	ada := apptest.Found(t, 1)
	chartered(ada)
	me := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	requirement := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	set(ada, requirement, "owner", me)
	given, err := give(t, ada, lifecycle.Requirements, "approved")
	if err != nil {
		t.Fatal(err)
	}
	if given.Amount != nil {
		t.Errorf("worth %v without a value model", *given.Amount)
	}
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: requirement})
	added := agreed(ada, "Answer at once", "latency", "<=", "100", "ms")
	touched := stands(ada, lifecycle.Requirements).Touched
	if len(touched) != 2 || touched[0].Document != added || touched[0].Touch != lifecycle.TouchAdded ||
		touched[1].Title != "Find churners" || touched[1].Touch != lifecycle.TouchRemoved {
		t.Errorf("touched: %+v, want one added, one removed", touched)
	}
	apptest.Do(ada, app.TakeFromTrash, app.DocRequest{ID: requirement})
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: added})
	if got := stands(ada, lifecycle.Requirements); got.State != lifecycle.Approved {
		t.Errorf("with all as it was the requirements are %s, want approved", got.State)
	}
}
