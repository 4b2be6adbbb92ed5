package value_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"cairn/core/value"
)

// worth returns a model that is worth x in a unit, with costs.
func worth(tb testing.TB, x, unit string, costs ...value.Cost) value.Model {
	tb.Helper()
	return value.Model{
		Unit: unit, Formula: "worth", Costs: costs,
		Variables: []value.Variable{{Name: "worth", Unit: unit, Quantity: quantity(tb, x)}},
	}
}

func cost(tb testing.TB, name, unit, x, every string) value.Cost {
	tb.Helper()
	return value.Cost{Name: name, Unit: unit, Quantity: quantity(tb, x), Every: every}
}

func TestNetAndPayback(t *testing.T) {
	never := math.Inf(1)
	tests := []struct {
		name      string
		model     value.Model
		once, per float64
		net       float64
		payback   float64 // in months; Inf for never
	}{
		{"costs of every kind", worth(t, "3200", "USD/month", cost(t, "build", "USD", "15000", ""), cost(t, "run", "USD/month", "900", ""), cost(t, "retrain", "USD", "600", "3 months")), 15000, 1100, 2100, 15000.0 / 2100},
		{"no costs", worth(t, "3200", "USD/month"), 0, 0, 3200, 0},
		{"only what returns", worth(t, "3200", "USD/month", cost(t, "run", "", "900", "")), 0, 900, 2300, 0},
		{"a loss", worth(t, "800", "USD/month", cost(t, "build", "USD", "1", ""), cost(t, "run", "USD/month", "900", "")), 1, 900, -100, never},
		{"a loss with nothing to pay back", worth(t, "800", "USD/month", cost(t, "run", "USD/month", "900", "")), 0, 900, -100, never},
		{"exactly nothing", worth(t, "900", "USD/month", cost(t, "build", "USD", "1", ""), cost(t, "run", "USD/month", "900", "")), 1, 900, 0, never},
		{"a yearly value", worth(t, "12000", "USD/year", cost(t, "build", "USD", "3000", ""), cost(t, "run", "USD/month", "500", "")), 3000, 6000, 6000, 6},
		{"a yearly cost", worth(t, "1000", "USD/month", cost(t, "licence", "USD/year", "6000", "")), 0, 500, 500, 0},
		{"a quarterly cost", worth(t, "1000", "USD/month", cost(t, "audit", "USD", "600", "quarter")), 0, 200, 800, 0},
		{"each week", worth(t, "1000", "USD/year", cost(t, "run", "USD", "7", "week")), 0, 365.25, 634.75, 0},
		{"a total", worth(t, "1000", "USD", cost(t, "build", "USD", "400", "")), 400, 0, 600, never},
		{"hours, not money", worth(t, "100", "hours/month", cost(t, "upkeep", "hour/month", "10", "")), 0, 10, 90, 0},
	}
	for _, tt := range tests {
		e := estimated(t, tt.model, value.Options{Samples: 10})
		got := never
		if e.PaybackMonths != nil {
			got = *e.PaybackMonths
		}
		near := func(a, b float64) bool { return a == b || math.Abs(a-b) < 1e-9*math.Abs(b) }
		if !near(e.Costs.Once, tt.once) || !near(e.Costs.PerPeriod, tt.per) || !near(e.Net, tt.net) || !near(got, tt.payback) {
			t.Errorf("%s: once %v, per period %v, net %v, payback %v; want %v, %v, %v, %v", tt.name,
				e.Costs.Once, e.Costs.PerPeriod, e.Net, got, tt.once, tt.per, tt.net, tt.payback)
		}
	}
}

// With a discount rate the sum of discounted months, not of months, pays back.
func TestDiscountedPayback(t *testing.T) {
	m := worth(t, "1000", "USD/month", cost(t, "build", "USD", "10000", ""))
	m.Discount = 0.12
	months := estimated(t, m, value.Options{Samples: 10}).PaybackMonths
	if months == nil {
		t.Fatal("it never pays back")
	}
	factor := math.Pow(1.12, -1.0/12)
	present := 1000 * factor * (1 - math.Pow(factor, *months)) / (1 - factor)
	if math.Abs(present-10_000) > 1e-6 || *months <= 10 {
		t.Errorf("after %v months %v are paid back, want 10000", *months, present)
	}
	// All months to come are worth less than what was paid.
	m.Costs[0].Quantity = quantity(t, "200000")
	if e := estimated(t, m, value.Options{Samples: 10}); e.PaybackMonths != nil {
		t.Errorf("200,000 at 12 %% a year pays back after %v months", *e.PaybackMonths)
	}
}

// What a cost is uncertain by, the net is uncertain by.
func TestUncertainCosts(t *testing.T) {
	m := worth(t, "1000", "USD/month", cost(t, "run", "USD/month", "800..1200", ""))
	e := estimated(t, m, value.Options{Samples: 50_000, Seed: 1})
	if e.SD != 0 || e.Net != 0 || math.Abs(e.NetSpread.P10+160) > 5 || math.Abs(e.NetSpread.P90-160) > 5 || math.Abs(e.ProbabilityOfLoss-0.5) > 0.01 {
		t.Errorf("sd %v, net %v, %+v, probability of loss %v", e.SD, e.Net, e.NetSpread, e.ProbabilityOfLoss)
	}
}

func TestBreakEven(t *testing.T) {
	m := churn(t)
	m.Costs = []value.Cost{cost(t, "run", "USD/month", "800", "")}
	got := map[string]value.BreakEven{}
	for _, b := range estimated(t, m, value.Options{Samples: 10}).BreakEven {
		got[b.Name] = b
	}
	for name, want := range map[string]struct {
		at    float64
		words string
	}{
		"accuracy":         {0.2, "It pays while accuracy stays above 20 %."},
		"retained":         {0.125, "It pays while retained stays above 12.5 %."},
		"churners":         {250, "It pays while churners stays above 250 customers a month."},
		"discounted_price": {2, "It pays while discounted_price stays above $2 per customer."},
	} {
		b := got[name]
		if b.Value == nil || math.Abs(*b.Value-want.at) > 1e-9*want.at || b.Words != want.words {
			t.Errorf("%s breaks even at %v: %s; want %v: %s", name, b.Value, b.Words, want.at, want.words)
		}
	}
	if len(got) != 4 {
		t.Errorf("%d variables have a break-even; price and customers are not in the formula", len(got))
	}
}

func TestBreakEvenInWords(t *testing.T) {
	tests := []struct {
		formula, x, unit string
		want             string
	}{
		{"x - 5", "3", "", "It would pay once x is above 5."},
		{"5 - x", "8", "", "It would pay once x is below 5."},
		{"5 - x", "3", "", "It pays while x stays below 5."},
		{"5 - x", "5", "", "With x at 5 nothing is gained and nothing lost."},
		{"x + 1", "3", "", "Whatever x is between 0 and 30, it pays."},
		{"0 - x - 1", "3", "", "No x between 0 and 30 covers the costs."},
		{"x - 2", "50%", "%", "No x between 0 % and 100 % covers the costs."},
		{"1 / x - 1", "0.5", "", "It pays while x stays below 1."},
		{"1 / (x - 1)", "0.5", "", "No x between 0 and 5 covers the costs."},
		{"if(x > 2, 1, 0 - 1)", "3", "", "It pays while x stays above 2."},
		{"(x - 1) * (x - 4) * (x - 20)", "3", "", "It pays while x stays below 4."},
		{"x * x - 9", "0", "", "No x between −1 and 1 covers the costs."},
		{"x + 30", "-10", "", "It pays while x stays above −30."},
	}
	for _, tt := range tests {
		m := value.Model{Formula: tt.formula, Variables: []value.Variable{{Name: "x", Unit: tt.unit, Quantity: quantity(t, tt.x)}}}
		if got := estimated(t, m, value.Options{Samples: 10}).BreakEven[0].Words; got != tt.want {
			t.Errorf("%s at %s: %s\nwant %s", tt.formula, tt.x, got, tt.want)
		}
	}
}

func TestRoot(t *testing.T) {
	tests := []struct {
		name string
		f    func(float64) float64
		a, b float64
		want float64
	}{
		{"a line", func(x float64) float64 { return 2*x - 3 }, 0, 10, 1.5},
		{"a cube", func(x float64) float64 { return x*x*x - 8 }, -5, 9, 2},
		{"a flat one", func(x float64) float64 { return math.Pow(x-1, 9) }, 0, 3, 1},
		{"Brent's own", func(x float64) float64 { return (x + 3) * (x - 1) * (x - 1) }, -4, 4.0 / 3, -3},
		{"an exponential", func(x float64) float64 { return math.Exp(x) - 1e6 }, 0, 100, math.Log(1e6)},
		{"at an end", func(x float64) float64 { return x }, 0, 4, 0},
		{"at the other", func(x float64) float64 { return x - 4 }, 0, 4, 4},
	}
	for _, tt := range tests {
		calls := 0
		f := func(x float64) (float64, bool) { calls++; return tt.f(x), true }
		got, ok := value.Root(f, tt.a, tt.b)
		if !ok || math.Abs(got-tt.want) > 1e-9*max(1, math.Abs(tt.want)) && math.Abs(tt.f(got)) > 1e-30 {
			t.Errorf("%s: root %v (%v), want %v", tt.name, got, ok, tt.want)
		}
		if calls > 100 {
			t.Errorf("%s: %d evaluations", tt.name, calls)
		}
	}
	if x, ok := value.Root(func(x float64) (float64, bool) { return 1 + x*x, true }, -1, 1); ok {
		t.Errorf("1 + x² has the root %v", x)
	}
	if x, ok := value.Root(func(x float64) (float64, bool) { return 1 / x, x != 0 }, -1, 2); ok {
		t.Errorf("1/x has the root %v", x)
	}
}

func TestCostsThatCannotBe(t *testing.T) {
	tests := []struct {
		name  string
		model value.Model
		want  string
	}{
		{"another currency", worth(t, "1", "USD/month", cost(t, "run", "EUR/month", "1", "")), "It is in EUR/month and the value in USD/month."},
		{"hours against money", worth(t, "1", "hours/month", cost(t, "run", "USD/month", "1", "")), "It is in USD/month and the value in hours/month."},
		{"twice how often", worth(t, "1", "USD/month", cost(t, "run", "USD/month", "1", "year")), "Its unit USD/month and its every, year, both say how often."},
		{"no stretch of time", worth(t, "1", "USD/month", cost(t, "run", "USD", "1", "often")), `"often" does not say how often.`},
		{"no months", worth(t, "1", "USD/month", cost(t, "run", "USD", "1", "0 months")), `"0 months" does not say how often.`},
		{"returns against a total", worth(t, "1", "USD", cost(t, "run", "USD", "1", "month")), "It returns, and the value is a total in USD."},
		{"the name of a variable", worth(t, "1", "USD", cost(t, "worth", "USD", "1", "")), `The name "worth" is given twice, or is none.`},
		{"no name", worth(t, "1", "USD", cost(t, "", "USD", "1", "")), `The name "" is given twice, or is none.`},
		{"no unit", worth(t, "1", "USD", cost(t, "run", "US$", "1", "")), `"US$" is not a unit.`},
	}
	for _, tt := range tests {
		_, err := value.Check(tt.model)
		p, ok := errors.AsType[*value.Error](err)
		if !ok || p.Message != tt.want || !strings.HasPrefix(p.Where, "the cost") {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}
