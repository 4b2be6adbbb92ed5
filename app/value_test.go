package app_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/value"
)

var update = flag.Bool("update", false, "rewrite testdata")

// worth is what each template comes to, worked out by hand in its comment.
var worth = map[string]float64{
	"churn": 3200, "fraud": 72_000, "demand-forecast": 4971.43, "predictive-maintenance": 18_690,
	"lead-scoring": 5760, "document-triage": 30_420, "recommendation": 1653.75,
}

func TestTemplatesComeToWhatTheySay(t *testing.T) {
	names, err := app.ValueTemplates()
	if err != nil || len(names) != len(worth) {
		t.Fatalf("templates %q, %v; want %d", names, err, len(worth))
	}
	for _, name := range names {
		m, err := app.ValueTemplate(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p, err := value.Check(m)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		e, err := p.Estimate(value.Options{Seed: 1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := worth[name]; e.Expected < want-0.005 || e.Expected > want+0.005 || e.Unit != "USD/month" {
			t.Errorf("%s comes to %v %s, want %v USD/month", name, e.Expected, e.Unit, want)
		}
		if e.P10 > e.Expected || e.P90 < e.Expected || e.PaybackMonths == nil || len(e.Notes) > 0 || len(e.Scenarios) < 2 || m.About == "" {
			t.Errorf("%s: P10 %v, P90 %v, payback %v, notes %q, %d scenarios", name, e.P10, e.P90, e.PaybackMonths, e.Notes, len(e.Scenarios))
		}
		for _, v := range m.Variables {
			if v.Label == "" || v.Why == "" {
				t.Errorf("%s: %s has the label %q and comes from %q", name, v.Name, v.Label, v.Why)
			}
		}
	}
	for _, name := range []string{"Demand forecast", "demand_forecast", " CHURN "} {
		if _, err := app.ValueTemplate(name); err != nil {
			t.Errorf("template %q: %v", name, err)
		}
	}
	for _, name := range []string{"", "nix", "../assets", "churn.yaml", "a/b"} {
		if _, err := app.ValueTemplate(name); fault.KindOf(err) != fault.Invalid {
			t.Errorf("template %q: %v", name, err)
		}
	}
}

func TestChurnEstimateIsGolden(t *testing.T) {
	ada := apptest.Found(t, 1)
	e := apptest.Do(ada, app.EstimateValue, app.EstimateValueRequest{Template: "churn", Samples: 1000, Seed: 1})
	raw, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "churn.golden.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := errors.Join(json.Unmarshal(raw, &got), json.Unmarshal(golden, &want)); err != nil {
		t.Fatal(err)
	}
	// Processors round the last digits in their own way.
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-9, 1e-9)); diff != "" {
		t.Errorf("the estimate of the churn template changed:\n%s", diff)
	}
}

// A model reaches the disk and comes back as it was.
func TestSavedModelReadsBack(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	m, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	m.Discount = 0.08
	saved := apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: m})
	ada.Reopen()
	shown := apptest.Do(ada, app.ShowValueModel, app.ValueModelRequest{Project: "Churn"})
	if diff := cmp.Diff(m, shown.Model); diff != "" || shown.ID != saved.ID {
		t.Errorf("read back as %s, saved as %s:\n%s", shown.ID, saved.ID, diff)
	}
	// Saving it again writes nothing.
	before := apptest.Do(ada, app.GetStatus, app.StatusRequest{})
	apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: shown.Model})
	if after := apptest.Do(ada, app.GetStatus, app.StatusRequest{}); after.Operations != before.Operations {
		t.Errorf("saving what is there makes %d operations", after.Operations-before.Operations)
	}
	// What is left out goes; what differs changes.
	m.Discount, m.Scenarios, m.Variables[3].Value = 0, nil, new(0.75)
	m.Variables[3].Mode = nil
	shown = apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: m})
	if diff := cmp.Diff(m, shown.Model); diff != "" {
		t.Errorf("changed:\n%s", diff)
	}
	e := apptest.Do(ada, app.EstimateValue, app.EstimateValueRequest{Project: "Churn", Set: map[string]string{"retained": "0.4"}})
	if e.Expected != 2400 {
		t.Errorf("1,000 × 75 %% × 40 %% × $8 is %v", e.Expected)
	}
	if report := apptest.Do(ada, app.VerifyData, app.VerifyRequest{Deep: true}); len(report.Problems) > 0 {
		t.Errorf("%+v", report.Problems)
	}
}

// Two people change different variables of one model, and both changes count.
func TestModelsMergeVariableByVariable(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	m, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: m})
	ben.Pull(ada)

	change := func(n *apptest.Node, name, text string) {
		m, err := apptest.Do(n, app.ShowValueModel, app.ValueModelRequest{Project: "Churn"}).Model.Override(name, text)
		if err != nil {
			t.Fatal(err)
		}
		apptest.Do(n, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: m})
	}
	change(ada, "accuracy", "0.7")
	ben.Clock.Advance(time.Second)
	change(ben, "retained", "0.4")
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if e := apptest.Do(n, app.EstimateValue, app.EstimateValueRequest{Project: "Churn"}); e.Expected < 2239.99 || e.Expected > 2240.01 {
			t.Errorf("1,000 × 70 %% × 40 %% × $8 is %v", e.Expected)
		}
	}
}

func TestValueRequestsThatCannotBe(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	m, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	estimate := func(req app.EstimateValueRequest) error {
		_, err := app.EstimateValue.Do(t.Context(), ada.App, req)
		return err
	}
	save := func(change func(*value.Model)) error {
		changed := m
		change(&changed)
		_, err := app.SaveValueModel.Do(t.Context(), ada.App, app.SaveValueModelRequest{Project: "Churn", Model: changed})
		return err
	}
	check := func(name string, err error, kind fault.Kind, message string) {
		t.Helper()
		if fault.KindOf(err) != kind || !strings.Contains(fault.Message(err), message) || fault.Hint(err) == "" {
			t.Errorf("%s: %s %q, want %s …%s…", name, fault.KindOf(err), fault.Message(err), kind, message)
		}
	}
	check("no model", estimate(app.EstimateValueRequest{}), fault.Invalid, "An estimate needs one model.")
	check("two models", estimate(app.EstimateValueRequest{Template: "churn", Project: "Churn"}), fault.Invalid, "An estimate needs one model.")
	check("no project", estimate(app.EstimateValueRequest{Project: "Nowhere"}), fault.NotFound, "There is no project called")
	check("project without model", estimate(app.EstimateValueRequest{Project: "Churn"}), fault.NotFound, "The project has no value model yet.")
	check("bad override", estimate(app.EstimateValueRequest{Template: "churn", Set: map[string]string{"accuracy": "high"}}), fault.Invalid, `"high" is not a number`)
	check("bad model", estimate(app.EstimateValueRequest{Model: &value.Model{Formula: "a +"}}), fault.Invalid, "Something is missing after +.")
	check("save a bad model", save(func(m *value.Model) { m.Formula = "kept" }), fault.Invalid, "This comes to customer/month")
	check("save without a name", save(func(m *value.Model) { m.Name = " " }), fault.Invalid, "A value model needs a name.")

	for _, name := range []string{"First", "Second"} {
		if err := save(func(m *value.Model) { m.Name = name }); err != nil {
			t.Fatal(err)
		}
	}
	check("one of two", estimate(app.EstimateValueRequest{Project: "Churn"}), fault.Conflict, "The project has several value models: First, Second.")
	check("one that is not there", estimate(app.EstimateValueRequest{Project: "Churn", Name: "Third"}), fault.NotFound, `no value model called "Third"`)
	if err := estimate(app.EstimateValueRequest{Project: "Churn", Name: "first"}); err != nil {
		t.Errorf("one of two, by name: %v", err)
	}

	// A teammate may write anything into a document.
	first := apptest.Do(ada, app.ShowValueModel, app.ValueModelRequest{Project: "Churn", Name: "First"})
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: first.ID.String(), Field: "variables", Value: `[{"name": 5}]`})
	check("records that are none", estimate(app.EstimateValueRequest{Project: "Churn", Name: "First"}), fault.Invalid, "The value model's variable number 1 can't be read")
}
