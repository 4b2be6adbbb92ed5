package app_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/value"
)

// TestTheThreadReachesTheMoney spins a strand link by link, and breaks it where
// the value model does.
func TestTheThreadReachesTheMoney(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	check := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, strands(apptest.Do(ada, app.ShowThread, app.ThreadRequest{Project: "churn"}))); diff != "" {
			t.Errorf("the thread (-want +got):\n%s", diff)
		}
	}
	check()

	person := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Person
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: recall, Field: "owner", Value: person.ID.String()})
	agreed(ada, "Answer at once", "latency_p99", "<=", "100", "ms")
	check("Answer at once: latency_p99 <= 100 ms, of nobody: agreed→missing→missing", "Find churners: recall >= 80 %, of Ada: agreed→missing→missing")

	churn, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: churn})
	apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "key_metric", Project: "Churn", Fields: map[string]string{"name": "Recall", "variable": "accuracy"}})
	apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "key_metric", Project: "Churn", Fields: map[string]string{"name": "Reach", "variable": "customers"}})
	check(
		"Find churners: recall >= 80 %, of Ada: agreed→agreed→agreed: $3,200 a month, $320 a month at risk",
		"no requirement: missing→agreed→agreed: $3,200 a month",
		"Answer at once: latency_p99 <= 100 ms, of nobody: agreed→missing→missing",
	)

	saved := apptest.Do(ada, app.ShowValueModel, app.ValueModelRequest{Project: "Churn"})
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: saved.ID.String(), Field: "formula", Value: "kept * nothing"})
	check(
		"Find churners: recall >= 80 %, of Ada: agreed→agreed→broken",
		"no requirement: missing→agreed→broken",
		"Answer at once: latency_p99 <= 100 ms, of nobody: agreed→missing→missing",
	)
}

// strands returns the thread, a line each.
func strands(th app.Thread) []string {
	var out []string
	for _, s := range th.Strands {
		line := "no requirement"
		if r := s.Requirement; r != nil {
			owner := r.Owner
			if owner == "" {
				owner = "nobody"
			}
			line = fmt.Sprintf("%s: %s, of %s", r.Title, r.Demand, owner)
		}
		line += fmt.Sprintf(": %s→%s→%s", s.States.Requirement, s.States.Metric, s.States.Value)
		if s.Worth != nil {
			line += ": " + value.Amount(s.Worth.Value, s.Worth.Unit)
			if s.AtRisk() > 0 {
				line += ", " + value.Amount(s.AtRisk(), s.Worth.Unit) + " at risk"
			}
		}
		out = append(out, line)
	}
	return out
}
