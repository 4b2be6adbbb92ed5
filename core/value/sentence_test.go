package value_test

import (
	"errors"
	"strings"
	"testing"

	"cairn/core/value"
)

// TestAProblemIsSaidInAnotherLanguage translates by marking every format, so
// that what stands in it, and sentences within sentences, can be told apart.
func TestAProblemIsSaidInAnotherLanguage(t *testing.T) {
	mark := func(text string) string { return "«" + text + "»" }
	tests := []struct {
		name                 string
		change               func(*value.Model)
		where, message, hint string
	}{
		{"a name", func(m *value.Model) { m.Formula = "kept * discounted_pric" }, "«the formula»", "«There is no variable called discounted_pric.»", "«Did you mean discounted_price?»"},
		{"a sentence in a sentence", func(m *value.Model) { m.Formula = "accuracy" }, "«the formula»", "«This comes to «a pure number», and «the model» is in USD/month.»", "«Check whether a factor is missing, or what a variable is counted in.»"},
		{"a place", func(m *value.Model) { m.Variables[0].Unit = "a//b" }, "«the variable customers»", `«"a//b" is not a unit.»`, "«Write one such as USD/month, 1/month, % or customer.»"},
		{"a place in a place", func(m *value.Model) {
			m.Scenarios = []value.Scenario{{Name: "S", Set: map[string]string{"accuracy": "0.9..0.6"}}}
		}, "««the variable accuracy», in the scenario S»", "«Its low, 0.9, is above its high, 0.6.»", "«Swap them.»"},
		{"a percent sign", func(m *value.Model) { m.Formula = "kept %" }, "«the formula»", "«A % belongs directly after a number.»", "«Write 80 % for a share; to take a share of something, multiply: price * 80 %.»"},
	}
	for _, tt := range tests {
		m := churn(t)
		tt.change(&m)
		_, err := value.Check(m)
		p, ok := errors.AsType[*value.Error](err)
		if !ok {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		where, message, hint := p.In(mark)
		if where != tt.where || message != tt.message || hint != tt.hint {
			t.Errorf("%s: %s: %s %s", tt.name, where, message, hint)
		}
		plain := strings.NewReplacer("«", "", "»", "").Replace
		if p.Where != plain(where) || p.Message != plain(message) || p.Hint != plain(hint) {
			t.Errorf("%s: in English %s: %s %s", tt.name, p.Where, p.Message, p.Hint)
		}
	}
}

func TestWhatIsAddedToAProblemIsTranslatedToo(t *testing.T) {
	m := churn(t)
	low, high := 0.0, 1.0
	m.Formula = "kept * discounted_price / (if(accuracy > 0.0001, 1, 0))"
	for i := range m.Variables {
		if m.Variables[i].Name == "accuracy" {
			m.Variables[i].Low, m.Variables[i].High = &low, &high
		}
	}
	plan, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	_, err = plan.Estimate(value.Options{Seed: 1})
	p, ok := errors.AsType[*value.Error](err)
	if !ok {
		t.Fatalf("no problem where the share is 0: %v", err)
	}
	_, message, _ := p.In(func(text string) string { return "«" + text + "»" })
	want := "«This divides by zero: what stands below the line comes to 0.» «This happens where accuracy is 0 %.»"
	if message != want || p.Message != strings.NewReplacer("«", "", "»", "").Replace(want) {
		t.Errorf("said %q, translated %q", p.Message, message)
	}
}
