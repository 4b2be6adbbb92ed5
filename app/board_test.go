package app_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
)

// TestTheBoardFollowsTheThread links a metric to what the business agreed to
// and to what the model is worth, and cuts the thread again.
func TestTheBoardFollowsTheThread(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	churn, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	saved := apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: churn})
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	metric := func(fields map[string]string) string {
		return apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "key_metric", Project: "Churn", Fields: fields}).ID.String()
	}
	metric(map[string]string{"name": "Recall", "column": "data scientist", "variable": "accuracy", "direction": "higher is better"})
	metric(map[string]string{"name": "Customers kept", "column": "expert", "requirements": recall, "variable": "kept"})
	metric(map[string]string{"name": "Loss", "column": "data scientist"})

	check := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, inWords(apptest.Do(ada, app.ShowBoard, app.BoardRequest{Project: "Churn"}))); diff != "" {
			t.Errorf("the board (-want +got):\n%s", diff)
		}
	}
	check(
		"data scientist: Loss serves 0, unlinked",
		"data scientist: Recall serves 1",
		"expert: Customers kept serves 1",
		"Find churners served by 2",
		"variable accuracy measured by 1", "step kept measured by 1",
	)

	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: saved.ID.String()})
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: recall})
	agreed(ada, "Answer at once", "latency_p99", "<=", "100", "ms")
	check(
		"data scientist: Loss serves 0, unlinked",
		"data scientist: Recall serves 0, variable_missing, unlinked",
		"expert: Customers kept serves 0, requirement_missing, variable_missing, unlinked",
		"Answer at once served by 0, unlinked",
	)
}

// inWords returns what is on a board, a line each, without variables that
// nothing is linked to.
func inWords(b app.Board) []string {
	var out []string
	say := func(words string, n int, flags []app.BoardFlag) {
		words = fmt.Sprintf("%s %d", words, n)
		for _, f := range flags {
			words += ", " + string(f.Flag)
		}
		out = append(out, words)
	}
	for _, c := range b.Columns {
		for _, m := range c.Metrics {
			say(c.Column+": "+m.Name+" serves", len(m.Requirements), m.Flags)
		}
	}
	for _, r := range b.Requirements {
		say(r.Title+" served by", len(r.Metrics), r.Flags)
	}
	for _, v := range b.Variables {
		what := "variable "
		if v.Computed {
			what = "step "
		}
		if len(v.Metrics) > 0 {
			say(what+v.Name+" measured by", len(v.Metrics), nil)
		}
	}
	return out
}
