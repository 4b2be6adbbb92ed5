package revise_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/value"
	"cairn/ui/value/revise"
)

func number(x float64) value.Quantity { return value.Quantity{Value: &x} }

func model() value.Model {
	return value.Model{
		Name: "Churn", Unit: "USD/month", Formula: "kept * price - 1e5",
		Variables: []value.Variable{{Name: "price", Unit: "USD/customer", Quantity: number(8)}, {Name: "e5", Quantity: number(1)}, {Name: "kept_all", Quantity: number(2)}},
		Steps:     []value.Step{{Name: "kept", Label: "Customers kept", Unit: "customer/month", Formula: "kept_all*e5"}},
		Costs:     []value.Cost{{Name: "build", Unit: "USD", Quantity: number(100)}},
		Scenarios: []value.Scenario{{Name: "Low", Set: map[string]string{"price": "7", "e5": "2"}}},
	}
}

func TestRenamedFollowsWholeNamesOnly(t *testing.T) {
	m := model()
	for _, tt := range []struct{ from, to, formula, step string }{
		{"price", "fee", "kept * fee - 1e5", "kept_all*e5"},
		{"kept", "left", "left * price - 1e5", "kept_all*e5"},
		{"e5", "share", "kept * price - 1e5", "kept_all*share"}, // 1e5 is a number
	} {
		got := revise.Renamed(m, tt.from, tt.to)
		if got.Formula != tt.formula || got.Steps[0].Formula != tt.step {
			t.Errorf("%s → %s: %q, %q", tt.from, tt.to, got.Formula, got.Steps[0].Formula)
		}
		if text, had := m.Scenarios[0].Set[tt.from]; had && got.Scenarios[0].Set[tt.to] != text {
			t.Errorf("%s → %s: scenario %v", tt.from, tt.to, got.Scenarios[0].Set)
		}
	}
	if diff := cmp.Diff(model(), m); diff != "" {
		t.Errorf("the model that was given has changed: %s", diff)
	}
}

func TestNameForMakesANameThatIsFree(t *testing.T) {
	for label, want := range map[string]string{
		"New customers": "new_customers", "Price": "price_2", " 2nd — try! ": "x_2nd_try", "": "x", "월 요금": "월_요금", "If": "x_if", "!!!": "x",
	} {
		if got := revise.NameFor(model(), label); got != want || !revise.IsName(got) {
			t.Errorf("NameFor(%q) = %q, want %q", label, got, want)
		}
	}
}

func TestIsNameIsWhatFormulasRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.StringMatching(`[a-z_0-9가-힣 %.]{0,6}`), rapid.SampledFrom([]string{"if", "min", "a1", "_", "é", "a\u0301"})).Draw(t, "name")
		m := value.Model{Name: "m", Unit: "1", Formula: "1", Variables: []value.Variable{{Name: name, Quantity: number(1)}}}
		_, err := value.Check(m)
		if got := revise.IsName(name); got != (err == nil) {
			t.Fatalf("IsName(%q) = %v, and the model: %v", name, got, err)
		}
	})
}

func TestUserFindsWhoNeedsIt(t *testing.T) {
	for name, want := range map[string][2]string{"kept_all": {"Customers kept", "false"}, "price": {"", "true"}, "build": {"", "false"}, "kep": {"", "false"}} {
		if step, formula := revise.User(model(), name); step != want[0] || fmt.Sprint(formula) != want[1] {
			t.Errorf("User(%s) = %q, %v", name, step, formula)
		}
	}
}

func TestRecurrencyChangesMoneyOnly(t *testing.T) {
	got := revise.Recurrency(model(), "USD", "KRW")
	if got.Unit != "KRW/month" || got.Variables[0].Unit != "KRW/customer" || got.Steps[0].Unit != "customer/month" || got.Costs[0].Unit != "KRW" {
		t.Errorf("units: %+v", got)
	}
}

// draw changes a model at random.
func draw(t *rapid.T, m value.Model) value.Model {
	for range rapid.IntRange(0, 4).Draw(t, "changes") {
		name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			m.Variables = revise.Put(m.Variables, name, revise.VariableName, value.Variable{Name: name, Quantity: number(float64(rapid.IntRange(0, 3).Draw(t, "x")))})
		case 1:
			m = revise.Remove(m, revise.Variable, name)
		case 2:
			m = revise.Move(m, revise.Variable, name, rapid.IntRange(-1, 1).Draw(t, "by"))
		case 3:
			m.Formula = rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "formula")
		default:
			m.Scenarios = revise.Put(m.Scenarios, name, revise.ScenarioName, value.Scenario{Name: name})
		}
	}
	return m
}

// TestMergedTakesBackExactlyWhatWasDone holds that undo and redo are each other's
// opposite, and that what others did elsewhere stays.
func TestMergedTakesBackExactlyWhatWasDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := draw(t, value.Model{Formula: "1"})
		after := draw(t, before)
		back, ok := revise.Merged(after, after, before)
		if diff := cmp.Diff(before, back); !ok || diff != "" {
			t.Fatalf("ok %v: %s", ok, diff)
		}
		others := after
		others.About = "changed by somebody else"
		back, ok = revise.Merged(others, after, before)
		before.About = others.About
		if diff := cmp.Diff(before, back); !ok || diff != "" {
			t.Fatalf("with another's change: ok %v: %s", ok, diff)
		}
	})
}

func TestMergedNeverOverwritesSomebodyElse(t *testing.T) {
	before := model()
	after := model()
	after.Variables[0].Quantity = number(9)
	now := model()
	now.Variables[0].Quantity = number(10)
	if _, ok := revise.Merged(now, after, before); ok {
		t.Error("a number that somebody changed since is overwritten")
	}
	now = after
	now.Formula = "1"
	if got, ok := revise.Merged(now, after, before); !ok || got.Formula != "1" || *got.Variables[0].Value != 8 {
		t.Errorf("ok %v, formula %s", ok, got.Formula)
	}
}
