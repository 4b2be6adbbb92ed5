package value_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cairn/core/value"
)

// churn is the worked case: 1,000 × 80 % × 50 % = 400 customers kept a month,
// 400 × $8 = $3,200 a month.
func churn(t testing.TB) value.Model {
	t.Helper()
	return value.Model{
		Name: "Churn", Unit: "USD/month", Formula: "kept * discounted_price",
		Variables: []value.Variable{
			number("customers", "customer", 100_000), number("price", "USD/customer", 10), number("churners", "customer/month", 1000),
			number("accuracy", "%", 0.8), number("retained", "%", 0.5), number("discounted_price", "USD/customer", 8),
		},
		Steps: []value.Step{{Name: "kept", Unit: "customer/month", Formula: "churners * accuracy * retained"}},
	}
}

// ranged sets ranges and numbers in a model.
func ranged(t testing.TB, m value.Model, set map[string]string) value.Model {
	t.Helper()
	m, err := m.With(set)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func estimated(t testing.TB, m value.Model, o value.Options) *value.Estimate {
	t.Helper()
	p, err := value.Check(m)
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	e, err := p.Estimate(o)
	if err != nil {
		t.Fatalf("estimate: %v", err)
	}
	return e
}

func TestWorkedCaseIsExact(t *testing.T) {
	e := estimated(t, churn(t), value.Options{})
	if e.Expected != 3200 || e.Steps[0].Value != 400 || e.Unit != "USD/month" {
		t.Errorf("expected %v %s with %v kept, want 3200 USD/month with 400", e.Expected, e.Unit, e.Steps[0].Value)
	}
	if e.Steps[0].Worked != "1,000 × 80 % × 50 %" || e.Worked != "400 × $8" {
		t.Errorf("worked %q, then %q", e.Steps[0].Worked, e.Worked)
	}
	for name, got := range map[string]float64{"mean": e.Mean, "p10": e.P10, "p50": e.P50, "p90": e.P90, "net": e.Net} {
		if got != 3200 {
			t.Errorf("without ranges and costs %s is %v, want 3200", name, got)
		}
	}
	if e.SD != 0 || e.StandardError != 0 || e.ProbabilityOfLoss != 0 {
		t.Errorf("without ranges: sd %v, standard error %v, probability of loss %v", e.SD, e.StandardError, e.ProbabilityOfLoss)
	}
	if e.PaybackMonths == nil || *e.PaybackMonths != 0 {
		t.Errorf("nothing to pay back takes %v months", e.PaybackMonths)
	}
	direct := churn(t)
	direct.Steps, direct.Formula = nil, "churners * accuracy * retained * discounted_price"
	if e := estimated(t, direct, value.Options{}); e.Expected != 3200 || e.Worked != "1,000 × 80 % × 50 % × $8" {
		t.Errorf("in one formula: %v, %s", e.Expected, e.Worked)
	}
}

// The best guess of a range is its likeliest number, so ranges around the
// worked case leave it exact.
func TestRangesKeepTheExpectedValue(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"accuracy": "0.6..0.8..0.9", "churners": "800..1000..1300 pert"})
	if e := estimated(t, m, value.Options{}); e.Expected != 3200 || e.Mean == 3200 {
		t.Errorf("expected %v, mean %v", e.Expected, e.Mean)
	}
}

func TestSameSeedSameEstimate(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"accuracy": "0.6..0.8..0.9", "churners": "800..1300 lognormal"})
	a := estimated(t, m, value.Options{Samples: 2000, Seed: 7})
	if diff := cmp.Diff(a, estimated(t, m, value.Options{Samples: 2000, Seed: 7})); diff != "" {
		t.Errorf("the same seed gives another estimate:\n%s", diff)
	}
	if b := estimated(t, m, value.Options{Samples: 2000, Seed: 8}); a.Mean == b.Mean {
		t.Errorf("seeds 7 and 8 both give the mean %v", a.Mean)
	}
}

// The draws of a seed are for ever: an estimate that was signed can be repeated.
func TestDrawsAreFrozen(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"accuracy": "0.6..0.8..0.9", "churners": "800..1300"})
	e := estimated(t, m, value.Options{Samples: 1000, Seed: 42})
	got, want := [3]float64{e.P10, e.P50, e.P90}, [3]float64{2558.257397130621, 3213.4659470027736, 3961.424315795998}
	for i := range got {
		if math.Abs(got[i]-want[i]) > 1e-9*want[i] { // processors round the last digits in their own way
			t.Errorf("percentiles of seed 42: %v, want %v", got, want)
		}
	}
}

// A variable that is added, or put elsewhere, leaves the draws of the others.
func TestDrawsDependOnTheNameAlone(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"accuracy": "0.6..0.8..0.9", "churners": "800..1300"})
	before := estimated(t, m, value.Options{Seed: 3})
	m.Variables = append([]value.Variable{{Name: "other", Quantity: quantity(t, "1..2")}}, m.Variables...)
	slices.Reverse(m.Variables)
	after := estimated(t, m, value.Options{Seed: 3})
	if before.Spread != after.Spread {
		t.Errorf("%+v with another variable is %+v", before.Spread, after.Spread)
	}
}

// Means agree with what can be worked out on paper: of independent variables,
// the mean of a product is the product of the means.
func TestMeanIsWithinItsStandardError(t *testing.T) {
	for seed := range uint64(5) {
		m := ranged(t, churn(t), map[string]string{
			"accuracy": "0.6..0.8..0.9", "churners": "800..1300 lognormal", "retained": "0.35..0.5..0.6 pert", "discounted_price": "6..9 normal",
		})
		e := estimated(t, m, value.Options{Samples: 50_000, Seed: seed})
		want := 1.0
		for _, name := range []string{"accuracy", "churners", "retained", "discounted_price"} {
			i := slices.IndexFunc(e.Variables, func(v value.VariableResult) bool { return v.Name == name })
			want *= e.Variables[i].Mean
		}
		if off := math.Abs(e.Mean-want) / e.StandardError; off > 4 {
			t.Errorf("seed %d: mean %v is %.1f standard errors off %v", seed, e.Mean, off, want)
		}
	}
}

func TestSpreadOfAUniform(t *testing.T) {
	m := value.Model{Formula: "x", Variables: []value.Variable{{Name: "x", Quantity: quantity(t, "-10..90")}}}
	e := estimated(t, m, value.Options{Samples: 200_000, Seed: 1})
	near := func(what string, got, want, tolerance float64) {
		if math.Abs(got-want) > tolerance {
			t.Errorf("%s of -10..90 is %v, want %v", what, got, want)
		}
	}
	near("mean", e.Mean, 40, 0.3)
	near("sd", e.SD, 100/math.Sqrt(12), 0.2)
	near("standard error", e.StandardError, 100/math.Sqrt(12*200_000), 1e-3)
	near("p10", e.P10, 0, 0.4)
	near("p50", e.P50, 40, 0.4)
	near("p90", e.P90, 80, 0.4)
	near("probability of loss", e.ProbabilityOfLoss, 0.1, 0.004)
	h := e.Histogram
	total := h.Below + h.Above
	for _, n := range h.Counts {
		total += n
		near("count of a bin", float64(n), 200_000*0.99/float64(len(h.Counts)), 500)
	}
	if total != 200_000 || h.Below != 1000 || h.Above != 1000 {
		t.Errorf("the histogram holds %d results, %d below and %d above", total, h.Below, h.Above)
	}
}

// More accuracy is never worth less, whatever the other numbers are.
func TestEstimateIsMonotoneWhereTheFormulaIs(t *testing.T) {
	const samples = 200
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0, 0.5).Draw(t, "low")
		high := low + rapid.Float64Range(0.01, 0.4).Draw(t, "width")
		shift := rapid.Float64Range(0, 0.1).Draw(t, "shift")
		seed := rapid.Uint64().Draw(t, "seed")
		at := func(low, high float64) *value.Estimate {
			m := value.Model{Formula: "n * p - 3", Variables: []value.Variable{
				{Name: "n", Quantity: value.Quantity{Low: new(1.0), High: new(100.0)}}, {Name: "p", Unit: "%", Quantity: value.Quantity{Low: &low, High: &high}},
			}}
			p, err := value.Check(m)
			if err != nil {
				t.Fatal(err)
			}
			e, err := p.Estimate(value.Options{Samples: samples, Seed: seed})
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		a, b := at(low, high), at(low+shift, high+shift)
		// A shift below the last digit of the bounds may come out as a rounding, up or down.
		fell := func(after, before float64) bool { return after < before-1e-9 }
		if fell(b.Expected, a.Expected) || fell(b.Mean, a.Mean) || fell(b.P10, a.P10) || fell(b.P90, a.P90) ||
			b.ProbabilityOfLoss > a.ProbabilityOfLoss+1.0/samples {
			t.Fatalf("p %v..%v: %+v; shifted by %v: %+v", low, high, a.Spread, shift, b.Spread)
		}
	})
}

func TestScenarios(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"churners": "800..1000..1300"})
	m.Costs = []value.Cost{{Name: "running", Quantity: quantity(t, "900")}}
	m.Scenarios = []value.Scenario{
		{Name: "As it is"},
		{Name: "Weak", Set: map[string]string{"accuracy": "60%", "running": "500"}},
		{Name: "Uncertain", Set: map[string]string{"accuracy": "0.6..0.8..0.9"}},
	}
	e := estimated(t, m, value.Options{Seed: 5})
	want := value.ScenarioResult{
		Name: "As it is", Expected: e.Expected, Mean: e.Mean, P10: e.P10, P50: e.P50, P90: e.P90,
		Net: e.Net, ProbabilityOfLoss: e.ProbabilityOfLoss, PaybackMonths: e.PaybackMonths,
	}
	if diff := cmp.Diff(want, e.Scenarios[0]); diff != "" {
		t.Errorf("a scenario that sets nothing differs from the base:\n%s", diff)
	}
	weak, uncertain := e.Scenarios[1], e.Scenarios[2]
	if weak.Expected != 2400 || weak.Difference != -800 || weak.Net != 1900 {
		t.Errorf("weak: %+v", weak)
	}
	if uncertain.Expected != 3200 || uncertain.P90-uncertain.P10 <= e.P90-e.P10 {
		t.Errorf("uncertain: %+v, base P10 %v, P90 %v", uncertain, e.P10, e.P90)
	}
}

func TestTornadoIsSortedAndSigned(t *testing.T) {
	m := value.Model{
		Formula: "gain * 2 - loss + steady * 0", Variables: []value.Variable{
			{Name: "loss", Quantity: quantity(t, "1..2..3")},
			{Name: "gain", Quantity: quantity(t, "5..10..20")},
			{Name: "steady", Quantity: quantity(t, "1..2")},
			{Name: "exact", Quantity: quantity(t, "7")},
			{Name: "unused", Quantity: quantity(t, "1..9")},
		},
	}
	e := estimated(t, m, value.Options{Seed: 1})
	want := []value.Effect{
		{Name: "gain", Low: 5, High: 20, ValueLow: 8, ValueHigh: 38, Swing: 30},
		{Name: "loss", Low: 1, High: 3, ValueLow: 19, ValueHigh: 17, Swing: 2},
		{Name: "steady", Low: 1, High: 2, ValueLow: 18, ValueHigh: 18},
	}
	if diff := cmp.Diff(want, e.Sensitivity, cmpopts.IgnoreFields(value.Effect{}, "Correlation")); diff != "" {
		t.Errorf("tornado:\n%s", diff)
	}
	gain, loss, steady := e.Sensitivity[0].Correlation, e.Sensitivity[1].Correlation, e.Sensitivity[2].Correlation
	if gain < 0.95 || loss > -0.03 || math.Abs(steady) > 0.04 {
		t.Errorf("rank correlations: gain %v, loss %v, steady %v", gain, loss, steady)
	}
	if !slices.Contains(e.Notes, "unused has no effect: neither the formula nor a step uses it.") {
		t.Errorf("notes: %q", e.Notes)
	}
	// Without any range, each variable moves by a tenth.
	e = estimated(t, churn(t), value.Options{})
	if len(e.Sensitivity) != 4 || !e.Sensitivity[0].Assumed || math.Abs(e.Sensitivity[0].ValueHigh-3520) > 1e-9 {
		t.Errorf("tornado without ranges: %+v", e.Sensitivity)
	}
}

// Of one variable and a formula that only rises, ranks agree wholly.
func TestRankCorrelationSeesThroughCurves(t *testing.T) {
	for formula, want := range map[string]float64{"x ^ 9": 1, "0 - x ^ 3": -1, "if(x > 50, 1, 1)": 0} {
		m := value.Model{Formula: formula, Variables: []value.Variable{{Name: "x", Quantity: quantity(t, "0..100")}}}
		e := estimated(t, m, value.Options{Samples: 5000, Seed: 2})
		if got := e.Sensitivity[0].Correlation; math.Abs(got-want) > 1e-3 {
			t.Errorf("rank correlation of x with %s is %v, want %v", formula, got, want)
		}
	}
}

func TestSamplesAreBounded(t *testing.T) {
	p, err := value.Check(churn(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{-1, value.MaxSamples + 1} {
		if _, err := p.Estimate(value.Options{Samples: n}); err == nil {
			t.Errorf("%d samples are drawn", n)
		}
	}
	if e, err := p.Estimate(value.Options{Samples: 1}); err != nil || e.P90 != 3200 {
		t.Errorf("one sample: %v", err)
	}
}

// A division that only some draws meet is an error, with the draw.
func TestDivisionByZeroInADraw(t *testing.T) {
	m := value.Model{Formula: "1 / if(x > 0.9, 0, 1)", Variables: []value.Variable{{Name: "x", Quantity: quantity(t, "0..1")}}}
	p, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Estimate(value.Options{Seed: 1})
	problem, ok := errors.AsType[*value.Error](err)
	if !ok || mark(problem) != "«1 / if(x > 0.9, 0, 1)»" {
		t.Errorf("a draw that divides by zero: %v", err)
	}
	// One that the formula keeps clear of is none.
	m.Formula, m.Steps = "if(x > 0.9, 0, part)", []value.Step{{Name: "part", Formula: "1 / if(x > 0.9, 0, 1)"}}
	estimated(t, m, value.Options{Seed: 1})
}

func TestPlanKeepsTheModel(t *testing.T) {
	m := churn(t)
	p, err := value.Check(m)
	if err != nil || !reflect.DeepEqual(p.Model(), m) {
		t.Errorf("the plan holds %+v, %v", p.Model(), err)
	}
}

// TestExpectedIsTheEstimateWithoutChance holds that what is shown at once never
// differs from what the simulation shows later.
func TestExpectedIsTheEstimateWithoutChance(t *testing.T) {
	plan, err := value.Check(churn(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := plan.Expected()
	if err != nil {
		t.Fatal(err)
	}
	all, err := plan.Estimate(value.Options{Seed: 1, Samples: 10})
	if err != nil {
		t.Fatal(err)
	}
	want := &value.Estimate{
		Name: all.Name, About: all.About, Formula: all.Formula, Worked: all.Worked, Expected: all.Expected, Unit: all.Unit,
		Variables: all.Variables, Steps: all.Steps, Costs: all.Costs, Net: all.Net, PaybackMonths: all.PaybackMonths,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAlongIsTheValueWithOneOtherNumber(t *testing.T) {
	m := churn(t)
	plan, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := plan.Along("accuracy", []float64{0, 0.4, 0.8})
	if want := []float64{0, 1600, 3200}; !ok || !cmp.Equal(got, want, cmpopts.EquateApprox(1e-12, 0)) {
		t.Errorf("Along(accuracy) = %v, %v, want %v", got, ok, want)
	}
	if _, ok := plan.Along("nothing", nil); ok {
		t.Error("a variable that there is not has a curve")
	}
	m.Formula = "if(accuracy > 50 %, kept * discounted_price, kept * discounted_price / 0)"
	if plan, err = value.Check(m); err != nil {
		t.Fatal(err)
	}
	if got, _ = plan.Along("accuracy", []float64{0.4, 0.8}); !math.IsNaN(got[0]) || got[1] != 3200 {
		t.Errorf("with a gap: %v", got)
	}
	if plan.Uses("customers") || !plan.Uses("retained") {
		t.Error("Uses does not follow the steps")
	}
}
