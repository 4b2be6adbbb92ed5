package value_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/value"
)

func TestModelsThatCannotBe(t *testing.T) {
	many := func(n int) (out []value.Variable) {
		for i := range n {
			out = append(out, number(fmt.Sprintf("v%d", i), "", 1))
		}
		return out
	}
	change := func(f func(*value.Model)) value.Model {
		m := churn(t)
		f(&m)
		return m
	}
	tests := []struct {
		name        string
		model       value.Model
		where, want string
	}{
		{"unit", change(func(m *value.Model) { m.Unit = "USD//month" }), "the model", `"USD//month" is not a unit.`},
		{"unit of a variable", change(func(m *value.Model) { m.Variables[0].Unit = "3" }), "the variable customers", `"3" is not a unit.`},
		{"unit of a step", change(func(m *value.Model) { m.Steps[0].Unit = "3" }), "the step kept", `"3" is not a unit.`},
		{"unit that a step does not come to", change(func(m *value.Model) { m.Steps[0].Unit = "customer" }), "the step kept", "This comes to customer/month, and the step kept is in customer."},
		{"formula of a step", change(func(m *value.Model) { m.Steps[0].Formula = "churners *" }), "the step kept", "Something is missing after *."},
		{"name twice", change(func(m *value.Model) { m.Variables[1].Name = "customers" }), "the variable customers", "The name customers is given twice."},
		{"step named like a variable", change(func(m *value.Model) { m.Steps[0].Name = "price" }), "the step price", "The name price is given twice."},
		{"name with a blank", change(func(m *value.Model) { m.Variables[0].Name = "my customers" }), "the variable my customers", `"my customers" can't be a name.`},
		{"name that is kept", change(func(m *value.Model) { m.Variables[0].Name = "if" }), "the variable if", `"if" can't be a name.`},
		{"no name", change(func(m *value.Model) { m.Variables[0].Name = "" }), "the variable ", `"" can't be a name.`},
		{"too many variables", change(func(m *value.Model) { m.Variables = many(101) }), "the model", "It has 101 variables; 100 is the most."},
		{"name of two lines", change(func(m *value.Model) { m.Name = "a\nb" }), "the model", "Its name is not one line of text."},
		{"long name", change(func(m *value.Model) { m.Name = strings.Repeat("x", 61) }), "the model", "Its name has more than 60 characters."},
		{"long reason", change(func(m *value.Model) { m.Variables[2].Why = strings.Repeat("x", 2001) }), "the variable churners", "Its texts have more than 2,000 characters."},
		{"discount", change(func(m *value.Model) { m.Discount = -0.1 }), "the discount rate", "A discount rate can't be −0.1."},
		{"scenario without name", change(func(m *value.Model) { m.Scenarios = []value.Scenario{{}} }), "the scenario ", `The scenario's name "" is given twice, or is none.`},
		{"scenario of an unknown variable", change(func(m *value.Model) {
			m.Scenarios = []value.Scenario{{Name: "Bad", Set: map[string]string{"retaned": "1"}}}
		}), "the model, in the scenario Bad", `It has no variable or cost called "retaned".`},
		{"scenario of no number", change(func(m *value.Model) {
			m.Scenarios = []value.Scenario{{Name: "Bad", Set: map[string]string{"accuracy": "high"}}}
		}), "the number for accuracy, in the scenario Bad", `"high" is not a number or a range.`},
		{"scenario with a bad range", change(func(m *value.Model) {
			m.Scenarios = []value.Scenario{{Name: "Bad", Set: map[string]string{"accuracy": "3..2"}}}
		}), "the variable accuracy, in the scenario Bad", "Its low, 3, is above its high, 2."},
	}
	for _, tt := range tests {
		_, err := value.Check(tt.model)
		p, ok := errors.AsType[*value.Error](err)
		if !ok || p.Where != tt.where || p.Message != tt.want || p.Hint == "" {
			t.Errorf("%s: %v, want %s: %s", tt.name, err, tt.where, tt.want)
		}
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s is a fault of kind %s", tt.name, fault.KindOf(err))
		}
	}
}

// Where no text is marked, the message says where it belongs.
func TestMessagesStandAlone(t *testing.T) {
	m := churn(t)
	m.Variables[3].Quantity = quantity(t, "3..2")
	_, err := value.Check(m)
	if got, want := fault.Message(err), "In the variable accuracy: its low, 3, is above its high, 2."; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	m.Variables[3].Quantity = quantity(t, "1")
	m.Formula = "kept"
	_, err = value.Check(m)
	if got, want := fault.Message(err), "This comes to customer/month, and the model is in USD/month."; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestOverrideReplacesTheWholeQuantity(t *testing.T) {
	m := ranged(t, churn(t), map[string]string{"accuracy": "0.6..0.8..0.9 pert"})
	changed := ranged(t, m, map[string]string{"accuracy": "70%"})
	if got := changed.Variables[3].String(); got != "0.7" {
		t.Errorf("a number in place of a range leaves %s", got)
	}
	if got := m.Variables[3].String(); got != "0.6..0.8..0.9 pert" {
		t.Errorf("the model itself has now %s", got)
	}
}

// A percentage that lost its sign is allowed, and noted.
func TestSuspectPercentageIsNoted(t *testing.T) {
	e := estimated(t, ranged(t, churn(t), map[string]string{"accuracy": "80"}), value.Options{Samples: 10})
	if len(e.Notes) == 0 || !strings.Contains(strings.Join(e.Notes, "\n"), "accuracy is 8,000 %: write 80% or 0.8 for eighty per cent.") {
		t.Errorf("notes: %q", e.Notes)
	}
}
