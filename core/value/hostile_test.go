package value_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/value"
)

// The largest model that is allowed still answers, and one beyond it is refused.
func TestTheLargestModelAnswers(t *testing.T) {
	m := value.Model{Formula: "0"}
	for i := range value.MaxVariables {
		m.Variables = append(m.Variables, value.Variable{Name: fmt.Sprintf("v%d", i), Quantity: quantity(t, "1..2..3 pert")})
	}
	for i := range 99 {
		terms := make([]string, 55)
		for j := range terms {
			terms[j] = fmt.Sprintf("v%d", (i+j)%value.MaxVariables)
		}
		m.Steps = append(m.Steps, value.Step{Name: fmt.Sprintf("s%d", i), Formula: strings.Join(terms, " + ")})
		m.Formula += fmt.Sprintf(" + s%d", i)
	}
	e := estimated(t, m, value.Options{Samples: 100})
	if want := 99 * 55 * 2.0; e.Expected != want || len(e.Sensitivity) != value.MaxVariables {
		t.Errorf("expected %v, want %v", e.Expected, want)
	}
	m.Steps = append(m.Steps, value.Step{Name: "last", Formula: strings.Repeat("v0+", 3000) + "v0"})
	if _, err := value.Check(m); err == nil || !strings.Contains(err.Error(), "Its formulas have more than 12,000 parts.") {
		t.Errorf("a model beyond the largest: %v", err)
	}
}

// Numbers that are almost too large for a computer are refused, or have an
// estimate that is finite throughout.
func TestHugeNumbersStayNumbers(t *testing.T) {
	for _, tt := range []struct{ formula, x string }{
		{"x", "1e100"},
		{"x", "-1e100..1e100"},
		{"x * x", "1e60"},
		{"x * x", "1e40..1e60"},
		{"x ^ 1.9", "1e30..1e52"},
		{"1 / x", "1e-90..1e-80"},
		{"x", "1..1e12 lognormal"},
		{"x ^ 9", "1..1e12 lognormal"},
		{"x - x", "1e100"},
		{"x", "1e101"},
	} {
		m := value.Model{
			Unit: "USD/month", Formula: "worth", Costs: []value.Cost{cost(t, "c", "USD/month", "-1e100..1e100", "")},
			Variables: []value.Variable{{Name: "x", Quantity: quantity(t, tt.x)}, number("unit", "USD/month", 1)},
			Steps:     []value.Step{{Name: "worth", Unit: "USD/month", Formula: "(" + tt.formula + ") * unit"}},
		}
		p, err := value.Check(m)
		var e *value.Estimate
		if err == nil {
			e, err = p.Estimate(value.Options{Samples: 1000})
		}
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s at %s: %v", tt.formula, tt.x, err)
			}
			continue
		}
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%s at %s: %v", tt.formula, tt.x, err)
		}
	}
}

func TestTooMuchWorkIsRefused(t *testing.T) {
	m := value.Model{Formula: strings.Repeat("x+", 4000) + "x", Variables: []value.Variable{number("x", "", 1)}}
	for i := range 10 {
		m.Scenarios = append(m.Scenarios, value.Scenario{Name: fmt.Sprint(i), Set: map[string]string{"x": "1..2"}})
	}
	p, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Estimate(value.Options{Samples: value.MaxSamples}); err == nil || !strings.Contains(err.Error(), "would take minutes") {
		t.Errorf("a million samples of a huge model: %v", err)
	}
}
