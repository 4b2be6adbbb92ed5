package template_test

import (
	"testing"

	"pgregory.net/rapid"

	"cairn/core/template"
)

func TestAnswersAreReadAsPeopleTypeThem(t *testing.T) {
	choices := []string{"low", "Very high", "none of these"}
	tests := []struct {
		field       template.Field
		typed       string
		want, wrong string
	}{
		{template.Field{Kind: template.Prose}, " as it is \n", " as it is \n", ""},
		{template.Field{Kind: template.Line}, " a line ", "a line", ""},
		{template.Field{Kind: template.Line}, "a\nb", "a\nb", "This answer is longer than one line."},
		{template.Field{Kind: template.Number}, "1,200.50", "1200.5", ""},
		{template.Field{Kind: template.Number}, "many", "many", `"many" is not a number. Write one such as 1,200 or 0.8.`},
		{template.Field{Kind: template.Number}, "80%", "0.8", ""},
		{template.Field{Kind: template.Percent}, "80 %", "80%", ""},
		{template.Field{Kind: template.Percent}, "80", "80%", ""},
		{template.Field{Kind: template.Percent}, "0.5", "0.5%", ""},
		{template.Field{Kind: template.Percent}, "80%%", "80%%", `"80%%" is not a percentage. Write one such as 80 %.`},
		{template.Field{Kind: template.Money, Unit: "KRW"}, "₩ 1,200,000", "1200000", ""},
		{template.Field{Kind: template.Money, Unit: "EUR"}, "12.5 EUR", "12.5", ""},
		{template.Field{Kind: template.Money}, "5%", "5%", `"5%" is not an amount. Write one such as 12,000.`},
		{template.Field{Kind: template.Date}, "2026-3-1", "2026-03-01", ""},
		{template.Field{Kind: template.Date}, "2026년 3월 1일", "2026-03-01", ""},
		{template.Field{Kind: template.Date}, "1 March 2026", "2026-03-01", ""},
		{template.Field{Kind: template.Date}, "3/1/26", "3/1/26", `"3/1/26" is not a date. Write one such as 2026-03-31.`},
		{template.Field{Kind: template.Choice, Choices: choices}, "very high", "Very high", ""},
		{template.Field{Kind: template.Choice, Choices: choices}, "higher", "higher", `"higher" is not one of the choices.`},
		{template.Field{Kind: template.Choice, Choices: choices}, "low\nVery high", "low\nVery high", "\"low Very high\" is not one of the choices."},
		{template.Field{Kind: template.Choices, Choices: choices}, "Very high, low", "low\nVery high", ""},
		{template.Field{Kind: template.Choices, Choices: choices}, "low\nLOW", "low", ""},
		{template.Field{Kind: template.Choices, Choices: choices}, "low, higher", "low, higher", `"higher" is not one of the choices.`},
		{template.Field{Kind: template.Choices, Choices: []string{"a, b", "c"}}, "a, b", "a, b", ""},
		{template.Field{Kind: template.YesNo}, "Yes", "yes", ""},
		{template.Field{Kind: template.YesNo}, "아니요", "no", ""},
		{template.Field{Kind: template.YesNo}, "perhaps", "perhaps", `"perhaps" is neither yes nor no.`},
		{template.Field{Kind: template.Person}, "01KJMMA2HA0000000000000000", "01kjmma2ha0000000000000000", ""},
		{template.Field{Kind: template.Link}, "Ada", "Ada", `"Ada" is none of the documents that can be chosen here.`},
		{template.Field{Kind: "table"}, "x", "x", "This field comes from a later version of Cairn."},
		{template.Field{Kind: template.Number}, "  ", "", ""},
	}
	for _, tt := range tests {
		got, wrong := tt.field.Answer(tt.typed)
		said := ""
		if wrong != nil {
			said = wrong.String()
		}
		if got != tt.want || said != tt.wrong {
			t.Errorf("%s %q: %q, %q, want %q, %q", tt.field.Kind, tt.typed, got, said, tt.want, tt.wrong)
		}
	}
}

func TestStoredAnswersAreSaid(t *testing.T) {
	tests := []struct {
		field        template.Field
		stored, want string
	}{
		{template.Field{Kind: template.Percent}, "80%", "80 %"},
		{template.Field{Kind: template.Money, Unit: "KRW"}, "1200000", "₩1,200,000"},
		{template.Field{Kind: template.Money}, "8", "$8"},
		{template.Field{Kind: template.Number, Unit: "customer"}, "1200", "1,200 customers"},
		{template.Field{Kind: template.Choices, Choices: []string{"a", "b"}}, "a\nb", "a, b"},
		{template.Field{Kind: template.Number}, "many", "many"},
		{template.Field{Kind: template.Number}, "", ""},
	}
	for _, tt := range tests {
		if got := tt.field.Say(tt.stored); got != tt.want {
			t.Errorf("%s %q is said as %q, want %q", tt.field.Kind, tt.stored, got, tt.want)
		}
	}
}

// What is stored is read as itself, right or wrong, so that to save what is
// shown changes nothing.
func TestStoredAnswersStay(t *testing.T) {
	typed := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"80 %", "1,200", "yes", "low, high", "2026. 3. 1.", "1e300", "-5", "₩5", "EUR 5 EUR"}))
	rapid.Check(t, func(t *rapid.T) {
		f := templates().Draw(t, "template").Fields()[0]
		stored, wrong := f.Answer(typed.Draw(t, "typed"))
		again, wrongAgain := f.Answer(stored)
		if again != stored || (wrong == nil) != (wrongAgain == nil) {
			t.Fatalf("%s: stored %q (%v), read as %q (%v)", f.Kind, stored, wrong, again, wrongAgain)
		}
		_ = f.Say(stored)
	})
}

// FuzzAnswer holds the same of anything.
func FuzzAnswer(f *testing.F) {
	for i := range template.Kinds {
		f.Add(uint8(i), "80 %")
		f.Add(uint8(i), "a\nb,c")
	}
	f.Fuzz(func(t *testing.T, kind uint8, typed string) {
		field := template.Field{Kind: template.Kinds[int(kind)%len(template.Kinds)], Choices: []string{"a", "b", "80 %"}, Required: true}
		stored, wrong := field.Answer(typed)
		again, wrongAgain := field.Answer(stored)
		if again != stored || (wrong == nil) != (wrongAgain == nil) {
			t.Fatalf("%s %q: stored %q (%v), read as %q (%v)", field.Kind, typed, stored, wrong, again, wrongAgain)
		}
	})
}
