package thread_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/thread"
	"cairn/core/value"
)

// churn is the value model of the worked case, and a document that holds it.
func churn(t testing.TB) thread.Model {
	t.Helper()
	raw, err := os.ReadFile("../../assets/templates/churn.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := value.ReadYAML(raw)
	if err != nil {
		t.Fatal(err)
	}
	return kept(t, m)
}

// kept returns a value model and a document with the names of its variables and steps.
func kept(t testing.TB, m value.Model) thread.Model {
	t.Helper()
	var variables, steps []string
	for _, v := range m.Variables {
		variables = append(variables, `{"name":"`+v.Name+`"}`)
	}
	for _, v := range m.Steps {
		steps = append(steps, `{"name":"`+v.Name+`"}`)
	}
	return thread.Model{Doc: model(t, "["+strings.Join(variables, ",")+"]", "["+strings.Join(steps, ",")+"]"), Value: m}
}

func called(id.Person) string { return "Ada" }

// TestAStrandGoesFromTheRequirementToTheMoney follows the worked case: 80 % of
// 1,000 churners found, half of them kept at $8.
func TestAStrandGoesFromTheRequirementToTheMoney(t *testing.T) {
	agreed := requirement(t, 1, "recall", ">=", "80", "%")
	agreed.set("owner", id.Doc{15: 9}.String())
	got := thread.Strands(thread.Design{
		Metrics: []*doc.Doc{
			metric(t, 12, "Customers kept", expert, "requirements", id.Doc{1}.String(), "variable", "kept"),
			metric(t, 11, "Recall", dataScientist, "variable", "accuracy"),
		},
		Requirements: []*doc.Doc{agreed.doc}, Models: []thread.Model{churn(t)}, Called: called,
	})
	share, customers, breakEven := 0.8, 400.0, 0.275
	want := []thread.Strand{{
		Requirement: &thread.Agreed{ID: id.Doc{1}, Title: "Agreed", Demand: "recall >= 80 %", Owner: "Ada"},
		Metrics:     []thread.Measure{{id.Doc{11}, "Recall", dataScientist, "accuracy"}, {id.Doc{12}, "Customers kept", expert, "kept"}},
		Variables: []thread.Quantity{
			{Model: id.Doc{20}, Name: "accuracy", Label: "Churners the model finds", Unit: "%", Value: &share},
			{Model: id.Doc{20}, Name: "kept", Label: "Customers kept", Unit: "customer/month", Computed: true, Value: &customers},
		},
		Worth: &thread.Worth{Model: id.Doc{20}, Name: "Churn", Unit: "USD/month", Value: 3200, Net: 2100, Stake: &thread.Stake{
			Variable: "accuracy", Label: "Churners the model finds", Unit: "%", Comparison: thread.AtLeast, Threshold: 0.8, Assumed: 0.8,
			Value: 3200, Net: 2100, Pays: true, Miss: 0.72, MissValue: 2880, AtRisk: 320, BreakEven: &breakEven, PaysNot: thread.SideBelow,
			Sentences: []string{
				"At the agreed 80 %, as the value model assumes, it is worth $3,200 a month.",
				"Missed by a tenth, at 72 %, it is $320 a month less.",
				"The project does not pay below 27.5 %.",
			},
		}},
		States: thread.States{Requirement: thread.LinkAgreed, Metric: thread.LinkAgreed, Value: thread.LinkAgreed},
	}}
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// near lets the last digits of computed numbers differ.
var near = cmp.Comparer(func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 })

// TestAStakeOnlyWhereNumbersCanBeCompared has requirements whose threshold is no
// number of the value model, or is one.
func TestAStakeOnlyWhereNumbersCanBeCompared(t *testing.T) {
	for _, c := range []struct {
		name                        string
		metric, comparison, at      string
		unit, measured, variable    string
		threshold, worth, miss, net float64 // all 0: no stake
	}{
		{name: "a share", metric: "recall", comparison: ">=", at: "60", unit: "%", measured: "Recall", variable: "accuracy", threshold: 0.6, worth: 2400, miss: 240, net: 1300},
		{name: "a plain number", metric: "recall", comparison: ">", at: "0.6", measured: "recall", variable: "accuracy", threshold: 0.6, worth: 2400, miss: 240, net: 1300},
		{name: "less is better", metric: "loss", comparison: "<=", at: "0.6", measured: "loss", variable: "accuracy", threshold: 0.6, worth: 2400, miss: -240, net: 1300},
		{name: "just so", metric: "recall", comparison: "=", at: "0.6", measured: "recall", variable: "accuracy", threshold: 0.6, worth: 2400, miss: 240, net: 1300},
		{name: "customers", metric: "churners", comparison: "<=", at: "500", unit: "customers / month", measured: "churners", variable: "churners", threshold: 500, worth: 1600, miss: -160, net: 500},
		{name: "nothing", metric: "recall", comparison: ">=", at: "0", measured: "recall", variable: "accuracy", net: -1100, threshold: 0, worth: 0, miss: 0},
		{name: "another unit", metric: "churners", comparison: "<=", at: "500", unit: "customers / year", measured: "churners", variable: "churners"},
		{name: "no unit at all", metric: "churners", comparison: "<=", at: "500", unit: "a lot!", measured: "churners", variable: "churners"},
		{name: "a share of customers", metric: "churners", comparison: "<=", at: "500", unit: "%", measured: "churners", variable: "churners"},
		{name: "a step", metric: "kept", comparison: ">=", at: "300", unit: "customer/month", measured: "kept", variable: "kept"},
		{name: "another metric", metric: "precision", comparison: ">=", at: "0.6", measured: "recall", variable: "accuracy"},
		{name: "no variable", metric: "recall", comparison: ">=", at: "0.6", measured: "recall"},
		{name: "beyond all numbers", metric: "recall", comparison: ">=", at: "1e300", measured: "recall", variable: "accuracy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			strands := thread.Strands(thread.Design{
				Metrics:      []*doc.Doc{metric(t, 11, c.measured, dataScientist, "variable", c.variable, "requirements", id.Doc{1}.String())},
				Requirements: []*doc.Doc{requirement(t, 1, c.metric, c.comparison, c.at, c.unit).doc}, Models: []thread.Model{churn(t)},
			})
			var got *thread.Stake
			if w := strands[0].Worth; w != nil {
				got = w.Stake
			}
			if c.net == 0 {
				if got != nil {
					t.Fatalf("the stake is %+v, want none", got)
				}
				return
			}
			if got == nil {
				t.Fatal("there is no stake")
			}
			if diff := cmp.Diff([]float64{c.threshold, c.worth, c.miss, c.net}, []float64{got.Threshold, got.Value, got.AtRisk, got.Net}, near); diff != "" {
				t.Errorf("threshold, value, at risk, net (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAStakeInWords(t *testing.T) {
	for _, c := range []struct {
		comparison, at string
		want           []string
	}{
		{">=", "20", []string{
			"At the agreed 20 % it is worth $800 a month, $2,400 a month less than with the assumed 80 %.",
			"Missed by a tenth, at 18 %, it is $80 a month less.",
			"The project does not pay even where the requirement is met: it does not below 27.5 %.",
		}},
		{"<=", "90", []string{
			"At the agreed 90 % it is worth $3,600 a month, $400 a month more than with the assumed 80 %.",
			"Missed by a tenth, at 99 %, it is $360 a month more: the value model does not ask for what the requirement asks for.",
			"The project does not pay below 27.5 %.",
		}},
	} {
		strands := thread.Strands(thread.Design{
			Metrics:      []*doc.Doc{metric(t, 11, "recall", dataScientist, "variable", "accuracy")},
			Requirements: []*doc.Doc{requirement(t, 1, "recall", c.comparison, c.at, "%").doc}, Models: []thread.Model{churn(t)},
		})
		if diff := cmp.Diff(c.want, strands[0].Worth.Stake.Sentences); diff != "" {
			t.Errorf("%s %s %% (-want +got):\n%s", c.comparison, c.at, diff)
		}
	}
}

func TestWhereAStrandEndsOrFrays(t *testing.T) {
	all := thread.States{Requirement: thread.LinkAgreed, Metric: thread.LinkAgreed, Value: thread.LinkAgreed}
	broken := churn(t)
	broken.Value.Formula = "kept *"
	unread := churn(t)
	unread.Problem = sentence.New("The value model's cost number 1 can't be read.")
	model := churn(t)
	with := func(m *doc.Doc, r *doc.Doc, models ...thread.Model) thread.Design {
		d := thread.Design{Models: models}
		if m != nil {
			d.Metrics = []*doc.Doc{m}
		}
		if r != nil {
			d.Requirements = []*doc.Doc{r}
		}
		return d
	}
	recall := func() *doc.Doc { return metric(t, 11, "recall", dataScientist, "variable", "accuracy") }
	renamed := write(t, noun.KeyMetrics.Kind, 11, map[string]string{"name": "x", "variable": "accuracy", "requirements": id.Doc{1}.String()}).
		apart(setting("name", "recall"), setting("name", "Recall a month")).doc
	agreed := requirement(t, 1, "recall", ">=", "80", "%").doc
	for _, c := range []struct {
		name   string
		design thread.Design
		want   func(*thread.States)
	}{
		{"whole", with(recall(), agreed, model), func(*thread.States) {}},
		{"no metric", with(nil, agreed, model), func(s *thread.States) { s.Metric, s.Value = thread.LinkMissing, thread.LinkMissing }},
		{"no model", with(recall(), agreed), func(s *thread.States) { s.Value = thread.LinkMissing }},
		{"no requirement", with(recall(), nil, model), func(s *thread.States) { s.Requirement = thread.LinkMissing }},
		{"one that can't be measured", with(recall(), requirement(t, 1, "recall", "", "", "").doc, model), func(s *thread.States) { s.Requirement = thread.LinkMissing }},
		{"a model with a mistake", with(recall(), agreed, broken), func(s *thread.States) { s.Value = thread.LinkBroken }},
		{"a model that can't be read", with(recall(), agreed, unread), func(s *thread.States) { s.Value = thread.LinkBroken }},
		{"a disputed threshold", with(recall(), requirement(t, 1, "recall", ">=", "1", "%").apart(setting("threshold", "70"), setting("threshold", "80")).doc, model), func(s *thread.States) { s.Requirement = thread.LinkDisputed }},
		{"a frozen requirement", with(recall(), requirement(t, 1, "recall", ">=", "80", "%").freeze().doc, model), func(s *thread.States) { s.Requirement = thread.LinkBroken }},
		{"a disputed name", with(renamed, agreed, model), func(s *thread.States) { s.Metric = thread.LinkDisputed }},
	} {
		want := all
		c.want(&want)
		got := thread.Strands(c.design)
		if len(got) != 1 {
			t.Errorf("%s: %d strands, want 1: %+v", c.name, len(got), got)
			continue
		}
		if got[0].States != want {
			t.Errorf("%s: the links are %+v, want %+v", c.name, got[0].States, want)
		}
		if (got[0].Problem != "") != (want.Value == thread.LinkBroken) || (got[0].Worth != nil) == (want.Value == thread.LinkBroken || want.Value == thread.LinkMissing) {
			t.Errorf("%s: worth %+v, problem %q", c.name, got[0].Worth, got[0].Problem)
		}
	}
}

// Every requirement that can be measured begins one strand, every key metric is
// on one, no strand begins with nothing, and money comes first.
func TestStrandsAreWhole(t *testing.T) {
	m := churn(t)
	names := rapid.SampledFrom([]string{"recall", "loss", "churners", ""})
	rapid.Check(t, func(rt *rapid.T) {
		d := thread.Design{Models: []thread.Model{m}}
		for i := range rapid.IntRange(0, 4).Draw(rt, "requirements") {
			at := rapid.SampledFrom([]string{"", "0", "0.5", "80", "-3"}).Draw(rt, "threshold")
			unit := rapid.SampledFrom([]string{"", "%", "customer/month"}).Draw(rt, "unit")
			d.Requirements = append(d.Requirements, requirement(t, byte(1+i), names.Draw(rt, "names"), ">=", at, unit).doc)
		}
		for i := range rapid.IntRange(0, 4).Draw(rt, "metrics") {
			variable := rapid.SampledFrom([]string{"", "accuracy", "churners", "kept", "else"}).Draw(rt, "variable")
			refs := id.Doc{rapid.ByteRange(1, 6).Draw(rt, "refers")}.String()
			d.Metrics = append(d.Metrics, metric(t, byte(11+i), names.Draw(rt, "name"), business, "requirements", refs, "variable", variable))
		}
		begun, on := map[id.Doc]int{}, map[id.Doc]bool{}
		strands := thread.Strands(d)
		for _, s := range strands {
			if s.Requirement != nil {
				begun[s.Requirement.ID]++
			}
			for _, x := range s.Metrics {
				on[x.ID] = true
			}
			if s.Requirement == nil && len(s.Metrics) == 0 {
				rt.Fatalf("a strand of nothing: %+v", s)
			}
			if w := s.Worth; w != nil && w.Stake != nil && math.Abs(w.Stake.Difference-(w.Stake.Value-w.Value)) > 1e-6 {
				rt.Fatalf("%+v is not worth %v more than %+v", w.Stake, w.Stake.Difference, w)
			}
		}
		for _, r := range d.Requirements {
			_, missing := thread.From(r)
			if want := map[bool]int{true: 0, false: 1}[missing != nil]; begun[r.ID()] != want {
				rt.Fatalf("%d strands of %s, want %d", begun[r.ID()], r.ID(), want)
			}
		}
		for _, x := range d.Metrics {
			if !on[x.ID()] {
				rt.Fatalf("no strand goes through %s", x.ID())
			}
		}
		for i := 1; i < len(strands); i++ {
			if strands[i-1].AtRisk() < strands[i].AtRisk() {
				rt.Fatalf("the most money is not first: %+v", strands)
			}
		}
	})
}
