package value_test

import (
	"fmt"
	"strings"
	"testing"

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
