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
