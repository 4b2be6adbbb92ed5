package value_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/value"
)

const file = `name: Churn
unit: USD/month
formula: churners * accuracy * retained * price
variables:
  - {name: churners, label: Customers who leave a month, unit: 1/month, value: 1000}
  - {name: accuracy, unit: "%", low: 0.6, mode: 0.8, high: 0.9}
  - {name: retained, unit: "%", value: 50%}
  - {name: price, unit: USD, value: 8, why: offer}
costs:
  - {name: running, unit: USD/month, value: 900}
scenarios:
  - {name: Weak, set: {accuracy: 60%, churners: 800..1200}}
`

func TestReadYAML(t *testing.T) {
	m, err := value.ReadYAML([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	e := estimated(t, m, value.Options{Seed: 1})
	if e.Expected != 3200 || e.Net != 2300 || e.Variables[1].Low != 0.6 || e.Variables[0].Label != "Customers who leave a month" || e.Scenarios[0].Expected != 2400 {
		t.Errorf("read %+v", e)
	}
}

func TestYAMLReadsBack(t *testing.T) {
	m, err := value.ReadYAML([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	written, err := m.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again, err := value.ReadYAML(written)
	if err != nil {
		t.Fatalf("%v in\n%s", err, written)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Errorf("read back:\n%s\nfrom\n%s", diff, written)
	}
}

// Every model reads back as it was written, whatever its texts are.
func TestAnyModelReadsBack(t *testing.T) {
	text := rapid.StringMatching(`[ -~가-힣“:#\n]{0,12}`)
	amount := rapid.Custom(func(t *rapid.T) *float64 {
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		x := rapid.Float64Range(-1e9, 1e9).Draw(t, "x")
		return &x
	})
	quantities := rapid.Custom(func(t *rapid.T) value.Quantity {
		return value.Quantity{
			Value: amount.Draw(t, "value"), Low: amount.Draw(t, "low"), Mode: amount.Draw(t, "mode"), High: amount.Draw(t, "high"),
			Distribution: rapid.SampledFrom(append(value.Shapes, "")).Draw(t, "shape"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		m := value.Model{
			Name: text.Draw(t, "name"), About: text.Draw(t, "about"), Unit: text.Draw(t, "unit"), Formula: text.Draw(t, "formula"),
			Discount: rapid.SampledFrom([]float64{0, 0.08}).Draw(t, "discount"),
			Variables: []value.Variable{
				{Name: text.Draw(t, "variable"), Label: text.Draw(t, "label"), Unit: text.Draw(t, "variable's unit"), Quantity: quantities.Draw(t, "quantity"), Why: text.Draw(t, "why")},
			},
			Steps:     []value.Step{{Name: text.Draw(t, "step"), Formula: text.Draw(t, "step's formula")}},
			Costs:     []value.Cost{{Name: text.Draw(t, "cost"), Quantity: quantities.Draw(t, "cost's quantity"), Every: text.Draw(t, "every")}},
			Scenarios: []value.Scenario{{Name: text.Draw(t, "scenario"), Set: map[string]string{"key" + text.Draw(t, "key"): text.Draw(t, "value")}}},
		}
		written, err := m.YAML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := value.ReadYAML(written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		if diff := cmp.Diff(m, again); diff != "" {
			t.Fatalf("read back:\n%s\nfrom\n%s", diff, written)
		}
	})
}

func TestBadFilesAreExplainedAtTheirLine(t *testing.T) {
	tests := []struct{ name, file, where, message, hint string }{
		{"empty", "", "the file", "It is empty.", "--help"},
		{"a comment", "# nothing\n", "the file", "It is empty.", "--help"},
		{"not YAML", "name: a\nunit: {", "line 2", "This is not YAML", "indentation"},
		{"a tab", "name: a\n\tunit: b\n", "line 2", "This is not YAML", "indentation"},
		{"a list", "- a\n", "line 1", "A value model is a list of names with values.", "name: value"},
		{"two documents", "name: a\n---\nname: b\n", "the file", "It holds more than one document.", "own"},
		{"unknown name", "name: a\nformulla: b\n", "line 2", `A value model has nothing called "formulla".`, "Did you mean formula?"},
		{"unknown name of a variable", "variables:\n  - {name: a}\n  - {name: b, wert: 3}\n", "line 3", `A variable has nothing called "wert".`, "It can have distribution"},
		{"name twice", "name: a\nname: b\n", "line 2", "A value model has name twice.", "Keep one"},
		{"no number", "variables:\n  - name: a\n    value: many\n", "line 3", `"many" is not a number.`, "80%"},
		{"infinity", "variables:\n  - {name: a, value: .inf}\n", "line 2", `".inf" is not a number.`, "80%"},
		{"a list for a number", "variables:\n  - {name: a, value: [1]}\n", "line 2", `"" is not a number.`, "80%"},
		{"a mapping for a text", "name: {a: b}\n", "line 1", "A text belongs here.", "one line"},
		{"a mapping for a list", "variables: {a: 1}\n", "line 1", "The variables are a list.", "dash"},
		{"a text for a scenario", "scenarios:\n  - {name: a, set: b}\n", "line 2", "A scenario sets numbers by name.", "set:"},
		{"too many", "variables:\n" + strings.Repeat("  - {name: a}\n", 101), "line 2", "It has 101 variables; 100 is the most.", "Split"},
		{"too large", strings.Repeat("#", value.MaxFileBytes+1), "the file", "It is larger than 1 MiB.", "page"},
	}
	for _, tt := range tests {
		_, err := value.ReadYAML([]byte(tt.file))
		p, ok := errors.AsType[*value.Error](err)
		if !ok || p.Where != tt.where || !strings.Contains(p.Message, tt.message) || !strings.Contains(p.Hint, tt.hint) {
			t.Errorf("%s: %v, want %s: %s … %s", tt.name, err, tt.where, tt.message, tt.hint)
		}
	}
}
