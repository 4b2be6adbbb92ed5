package app_test

import (
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/member"
)

// TestConflictIsSeenAndSettled follows a conflict from two keyboards to one answer.
func TestConflictIsSeenAndSettled(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	project := apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	made := apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{
		Kind: "requirement", Project: "Churn", Fields: map[string]string{"title": "Find churners", "threshold": "0.8", "notes": "Measured in March."},
	})
	ben.Pull(ada)
	id := made.ID.String()

	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: id, Field: "threshold", Value: "0.85"})
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: id, Field: "notes", Value: "Measured in March, twice."})
	ben.Clock.Advance(time.Second)
	apptest.Do(ben, app.SetField, app.SetFieldRequest{ID: id, Field: "threshold", Value: "0.75"})
	apptest.Do(ben, app.SetField, app.SetFieldRequest{ID: id, Field: "notes", Value: "Always measured in March."})
	apptest.Settle(ada, ben)

	got := apptest.Do(ada, app.ShowDoc, app.DocRequest{ID: id})
	values := got.Conflicts["threshold"]
	if len(values) != 2 || values[0].Person != "Ben" || values[1].Person != "Ada" {
		t.Fatalf("conflict over threshold: %+v, want Ben's and Ada's values", values)
	}
	if notes, _ := got.Fields["notes"].AsString(); notes != "Always measured in March, twice." {
		t.Errorf("notes = %q, want both people's words", notes)
	}
	if open := apptest.Do(ada, app.ListConflicts, app.ConflictsRequest{Project: project.ID.String()}); len(open) != 1 {
		t.Errorf("%d documents in conflict, want 1", len(open))
	}

	apptest.Do(ada, app.ResolveConflict, app.ResolveRequest{ID: id, Field: "threshold", Choice: "2"})
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		got := apptest.Do(n, app.ShowDoc, app.DocRequest{ID: id})
		if f, _ := got.Fields["threshold"].AsFloat(); f != 0.85 || len(got.Conflicts) > 0 {
			t.Errorf("threshold = %v with conflicts %v, want 0.85 and none", f, got.Conflicts)
		}
	}
}

// TestCharterBegunApartIsOne has two people begin the one charter of a project
// without knowing of each other.
func TestCharterBegunApartIsOne(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	ben.Pull(ada)
	begin := func(n *apptest.Node, field, text string) app.Doc {
		return apptest.Do(n, app.CreateDoc, app.CreateDocRequest{Kind: "charter", Project: "Churn", Fields: map[string]string{field: text}})
	}
	mine, theirs := begin(ada, "problem", "Customers leave."), begin(ben, "decision", "Whom to call.")
	if mine.ID != theirs.ID {
		t.Fatalf("two charters: %s and %s", mine.ID, theirs.ID)
	}
	apptest.Settle(ada, ben)
	again := begin(ben, "needs_ml", "yes")
	for field, want := range map[string]string{"problem": "Customers leave.", "decision": "Whom to call.", "needs_ml": "yes"} {
		if got, _ := again.Fields[field].AsString(); got != want {
			t.Errorf("%s = %q, want %q", field, got, want)
		}
	}
	if page := apptest.Do(ben, app.ListDocs, app.ListDocsRequest{Kind: "charter", Project: "Churn"}); page.Total != 1 {
		t.Errorf("%d charters, want 1", page.Total)
	}

	apptest.Do(ben, app.MoveToTrash, app.DocRequest{ID: again.ID.String()})
	if back := begin(ben, "reasons", "Enough data."); back.Trashed {
		t.Error("a charter that is begun again stays in the trash")
	}
}

// TestFieldsChangeTogether writes several fields as one batch, or none of them.
func TestFieldsChangeTogether(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	made := apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: "Churn", Fields: map[string]string{"title": "Recall", "unit": "%"}}).ID.String()
	got := apptest.Do(ada, app.ChangeDoc, app.ChangeDocRequest{ID: made, Fields: map[string]string{"threshold": "0.8", "unit": "", "title": "Churners found"}})
	if unit := got.Fields["unit"]; !unit.IsNull() || got.Title != "Churners found" {
		t.Errorf("title %q, unit %s, want the new title and none", got.Title, unit)
	}
	if _, err := app.ChangeDoc.Do(t.Context(), ada.App, app.ChangeDocRequest{ID: made, Fields: map[string]string{"title": "Lost", "threshold": "most"}}); err == nil {
		t.Fatal("a threshold in words was taken")
	}
	if after := apptest.Do(ada, app.ShowDoc, app.DocRequest{ID: made}); after.Title != "Churners found" {
		t.Errorf("title = %q after a change that failed, want the old one", after.Title)
	}
}
