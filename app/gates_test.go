package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/thread"
)

// agreed writes a requirement into the project Churn and returns its ID.
func agreed(n *apptest.Node, title, metric, comparison, threshold, unit string) string {
	return apptest.Do(n, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: "Churn", Fields: map[string]string{
		"title": title, "metric": metric, "comparison": comparison, "threshold": threshold, "unit": unit,
	}}).ID.String()
}

// measured are values as a request has them.
func measured(values map[string]float64) map[string]*float64 {
	out := map[string]*float64{}
	for name, value := range values {
		out[name] = &value
	}
	return out
}

func states(gates []app.Gate) map[string]thread.State {
	out := map[string]thread.State{}
	for _, g := range gates {
		out[g.Title] = g.State
	}
	return out
}

func TestGatesAreThoseOfTheProject(t *testing.T) {
	ada := apptest.Found(t, 1)
	for _, name := range []string{"Fraud", "Churn"} {
		apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: name})
	}
	apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: "Fraud", Fields: map[string]string{
		"title": "Elsewhere", "metric": "recall", "comparison": ">=", "threshold": "1",
	}})
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	agreed(ada, "Answer at once", "latency_p99", "<=", "100", "ms")
	agreed(ada, "Explain itself", "", "", "", "")
	gone := agreed(ada, "Given up", "f1", ">=", "0.9", "")
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: gone})
	status := apptest.Do(ada, app.GetStatus, app.StatusRequest{})
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: recall, Field: "owner", Value: status.Person.ID.String()})

	list := apptest.Do(ada, app.ListGates, app.GatesRequest{Project: "churn"})
	var shown []string
	for _, g := range list.Gates {
		shown = append(shown, strings.Join([]string{g.Title, g.Demand, g.Owner, string(g.State)}, ": "))
	}
	if diff := cmp.Diff([]string{"Answer at once: latency_p99 <= 100 ms: : no_data", "Find churners: recall >= 80 %: Ada: no_data"}, shown); diff != "" {
		t.Errorf("gates (-want +got):\n%s", diff)
	}
	if len(list.NoGates) != 1 || list.NoGates[0].Title != "Explain itself" || len(list.NoGates[0].Missing) != 3 || len(list.Notes) > 0 {
		t.Errorf("no gates are %+v with the notes %q", list.NoGates, list.Notes)
	}

	for _, c := range []struct {
		measured map[string]float64
		open     bool
		states   map[string]thread.State
	}{
		{map[string]float64{"recall": 0.81, "latency_p99": 90}, true, map[string]thread.State{"Find churners": thread.Pass, "Answer at once": thread.Pass}},
		{map[string]float64{"recall": 0.79, "latency_p99": 90}, false, map[string]thread.State{"Find churners": thread.Fail, "Answer at once": thread.Pass}},
		{map[string]float64{"recall": 0.81}, false, map[string]thread.State{"Find churners": thread.Pass, "Answer at once": thread.NoData}},
		{nil, false, map[string]thread.State{"Find churners": thread.NoData, "Answer at once": thread.NoData}},
	} {
		v := apptest.Do(ada, app.EvaluateGates, app.EvaluateGatesRequest{Project: "Churn", Measured: measured(c.measured)})
		if diff := cmp.Diff(c.states, states(v.Gates)); v.Open != c.open || diff != "" {
			t.Errorf("%v: open %v, want %v; states (-want +got):\n%s", c.measured, v.Open, c.open, diff)
		}
	}
}

func TestEvaluationSaysWhatMayBeAMistake(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	evaluate := func(values map[string]*float64) app.GateVerdict {
		return apptest.Do(ada, app.EvaluateGates, app.EvaluateGatesRequest{Project: "Churn", Measured: values})
	}
	v := evaluate(measured(map[string]float64{"f1": 0.9}))
	if !v.Open || len(v.Notes) != 1 || v.Notes[0] != "No gate asks for f1: nothing that was agreed can be measured yet." {
		t.Errorf("without gates: open %v, notes %q", v.Open, v.Notes)
	}

	agreed(ada, "Find churners", "recall", ">=", "0.8", "%")
	agreed(ada, "Lose little", "loss", "<", "0.5", "")
	values := measured(map[string]float64{"f1": 0.9, "Recall": 0.5, "auc": 0.7})
	values["loss"] = nil
	v = evaluate(values)
	want := []string{
		"The agreed 0.8 % of recall is 0.008 as a plain number: if 80 % is meant, the threshold is 80.",
		"No gate asks for auc and f1. The gates ask for recall and loss.",
	}
	if diff := cmp.Diff(want, v.Notes); diff != "" || v.Open {
		t.Errorf("open %v, notes (-want +got):\n%s", v.Open, diff)
	}
	for _, g := range v.Gates {
		if g.Metric == "loss" && (g.State != thread.NoData || g.Value != nil || !strings.HasPrefix(g.Sentence, "loss did not come out as a finite number")) {
			t.Errorf("a measured null gives %+v", g)
		}
	}

	many := map[string]float64{}
	for name := range strings.FieldsSeq("a b c d e f g h i j k l") {
		many[name] = 1
	}
	many[strings.Repeat("x", 500)] = 1
	v = evaluate(measured(many))
	if got, want := v.Notes[len(v.Notes)-1], "No gate asks for a, b, c, d, e, f, g, h, i, j and 3 more. The gates ask for recall and loss."; got != want {
		t.Errorf("the note is %q, want %q", got, want)
	}
	if _, err := app.EvaluateGates.Do(t.Context(), ada.App, app.EvaluateGatesRequest{Project: "Nowhere"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a project that is not there: %v", err)
	}
}

// Two people set another threshold at the same time: until they settle it, the
// stricter one counts on both laptops.
func TestADisputedThresholdIsHeldToTheStricter(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	recall := agreed(ada, "Find churners", "recall", ">=", "0.8", "")
	ben.Pull(ada)
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: recall, Field: "threshold", Value: "0.85"})
	ben.Clock.Advance(time.Second)
	apptest.Do(ben, app.SetField, app.SetFieldRequest{ID: recall, Field: "threshold", Value: "0.75"})
	apptest.Settle(ada, ben)

	request := app.EvaluateGatesRequest{Project: "Churn", Measured: measured(map[string]float64{"recall": 0.82})}
	for _, n := range []*apptest.Node{ada, ben} {
		v := apptest.Do(n, app.EvaluateGates, request)
		g := v.Gates[0]
		if v.Open || g.State != thread.Fail || *g.Threshold != 0.85 || *g.Margin != -0.03 || len(g.Disputed) != 1 || g.Disputed[0] != thread.PartThreshold {
			t.Errorf("the disputed gate is %+v", g)
		}
		if want := "The threshold is disputed and the strictest counts: recall 0.82 is below the agreed 0.85 by 0.03."; g.Sentence != want {
			t.Errorf("the sentence is %q, want %q", g.Sentence, want)
		}
	}
	apptest.Do(ben, app.ResolveConflict, app.ResolveRequest{ID: recall, Field: "threshold", Choice: "=0.8"})
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if v := apptest.Do(n, app.EvaluateGates, request); !v.Open || v.Gates[0].Disputed != nil {
			t.Errorf("the settled gate is %+v", v.Gates[0])
		}
	}
}
