package value_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"cairn/core/value"
)

// given are the variables that the formulas in these tests use.
var given = []value.Variable{
	number("a", "", 2), number("b", "", 3), number("zero", "", 0), number("share", "%", 0.8),
	number("price", "USD", 10), number("euros", "EUR", 5), number("churners", "customers/month", 1000),
	number("customers", "customers", 100_000), number("monthly", "USD/month", 50), number("yearly", "USD/year", 600),
	number("가격", "USD", 7),
}

func number(name, unit string, x float64) value.Variable {
	return value.Variable{Name: name, Unit: unit, Quantity: value.Quantity{Value: &x}}
}

// planned checks a formula over the given variables.
func planned(formula, unit string) (*value.Plan, error) {
	return value.Check(value.Model{Unit: unit, Formula: formula, Variables: given})
}

func TestFormulas(t *testing.T) {
	tests := []struct {
		formula string
		unit    string
		want    float64
	}{
		{"1 + 2 * 3", "", 7},
		{"(1 + 2) * 3", "", 9},
		{"10 - 4 - 3", "", 3},
		{"24 / 4 / 3", "", 2},
		{"2 ^ 3 ^ 2", "", 512},
		{"-2 ^ 2", "", -4},
		{"(-2) ^ 2", "", 4},
		{"2 ^ -1", "", 0.5},
		{"2 * -a", "", -4},
		{"--a", "", 2},
		{"+a", "", 2},
		{"80%", "", 0.8},
		{"80 % * 50%", "", 0.4},
		{"100 * 12.5%", "", 12.5},
		{"1_000 + .5", "", 1000.5},
		{"1e3 + 2.5E-1", "", 1000.25},
		{"min(a, b)", "", 2},
		{"max(a, b, 10)", "", 10},
		{"min(max(a, b), 1)", "", 1},
		{"if(a < b, 1, 2)", "", 1},
		{"a > b ? 1 : 2", "", 2},
		{"a > b ? 1 : b > 2 ? 5 : 6", "", 5},
		{"if(a < b and not (b < a), 1, 0)", "", 1},
		{"if(a == 2 && b != 2 || 1 > 2, 1, 0)", "", 1},
		{"if(a <= 2, if(b >= 3, 7, 8), 9)", "", 7},
		{"if(zero == 0, 5, 1 / zero)", "", 5},
		{"if(zero == 0 or 1 / zero > 1, 5, 6)", "", 5},
		{"if(zero != 0 and 1 / zero > 1, 5, 6)", "", 6},
		{"a × b − 1 ÷ 2", "", 5.5},
		{"if(a ≤ b, 1, 0)", "", 1},
		{"churners * share * 50% * price", "USD*customers/month", 4000},
		{"price + 0", "USD", 10},
		{"max(0, price)", "USD", 10},
		{"if(price > 0, price, 0)", "USD", 10},
		{"0", "USD/month", 0},
		{"price ^ 2", "USD^2", 100},
		{"(price ^ 2) ^ 0.5", "USD", 10},
		{"price / price", "%", 1},
		{"monthly + price / 2 * churners / customers", "USD/month", 50.05},
		{"a < 5 ? 1 : 2", "", 1},
		{"가격 * 2", "USD", 14},
		{" a\n\t*  b ", "", 6},
	}
	for _, tt := range tests {
		p, err := planned(tt.formula, tt.unit)
		if err != nil {
			t.Errorf("%q in %q: %v", tt.formula, tt.unit, err)
			continue
		}
		dry, errDry := p.Dry()
		wet, errWet := p.Wet()
		if errDry != nil || errWet != nil || math.Abs(dry-tt.want) > 1e-12*math.Abs(tt.want) || wet != dry {
			t.Errorf("%q is %v (%v), in a simulation %v (%v); want %v", tt.formula, dry, errDry, wet, errWet, tt.want)
		}
	}
}

// mark returns a formula with « » around the part that a problem is about.
func mark(p *value.Error) string {
	r := []rune(p.Text)
	from, to := min(p.Offset, len(r)), min(p.Offset+p.Length, len(r))
	return string(r[:from]) + "«" + string(r[from:to]) + "»" + string(r[to:])
}

// A bad formula is explained in words, at its place.
func TestBadFormulasAreExplained(t *testing.T) {
	tests := []struct {
		formula, unit string
		marked        string // the formula with the wrong part marked
		message       string
		hint          string // part of it
	}{
		{"", "", "«»", "The formula is empty.", "customers * price"},
		{"a * acount", "", "a * «acount»", "There is no variable called acount.", "use one of a, b, churners"},
		{"a * chruners", "", "a * «chruners»", "There is no variable called chruners.", "Did you mean churners?"},
		{"A + 1", "", "«A» + 1", "There is no variable called A.", "Did you mean a?"},
		{"a *", "", "a «*»", "Something is missing after *.", "belongs there"},
		{"* a", "", "«*» a", "A number or a name is missing before *.", ""},
		{"a + * b", "", "a + «*» b", "A number or a name is missing before *.", ""},
		{"(a + b", "", "«(»a + b", "This parenthesis is not closed.", ""},
		{"a + b)", "", "a + b«)»", "This parenthesis closes nothing.", ""},
		{"a b", "", "a «b»", "An operator is missing before this.", ""},
		{"2a", "", "«2a»", "A number and a stand side by side here.", "operator"},
		{"1,000 * a", "", "1«,»000 * a", "A comma can't stand here.", "without commas"},
		{"1.2.3", "", "«1.2.»3", "A number and . stand side by side here.", ""},
		{`a + "text"`, "", `a + «"text"»`, "Text can't stand in a formula.", "without quotation marks"},
		{"a = b", "", "a «=» b", "A single = can't stand in a formula.", "=="},
		{"a % b", "", "a «%» b", "A % belongs directly after a number.", "80 %"},
		{"$8 * a", "", "«$»8 * a", "A currency can't stand in a formula.", "USD"},
		{"a ** b", "", "a «**» b", "** is not used here.", "^"},
		{"a; b", "", "a«;» b", "A formula can't use the character ;.", ""},
		{"a + \u200b", "", "a + «\u200b»", "There is a character here that can't be seen.", ""},
		{"[a]", "", "«[»a]", "Only round parentheses group parts of a formula.", ""},
		{"sqrt(a)", "", "«sqrt»(a)", "There is no function called sqrt.", "min(a, b)"},
		{"price(2)", "", "«price»(2)", "There is no function called price.", "* between"},
		{"min(a)", "", "«min(a)»", "min has 1 parts here; it takes 2 to 100.", ""},
		{"if(a > 1, 2)", "", "«if(a > 1, 2)»", "if has 2 parts here; it takes 3.", ""},
		{"if + 1", "", "«if» + 1", "if can't stand here.", "if(condition, this, that)"},
		{"a ? 1 : 2", "", "«a» ? 1 : 2", "A condition belongs here, and this is a number.", "Compare"},
		{"a > 1 ? 2", "", "a > 1 «?» 2", "This ? has no : after it.", ""},
		{"a : b", "", "a «:» b", "This : has no ? before it.", ""},
		{"a > b", "", "«a > b»", "A number belongs here, and this is a condition.", "if("},
		{"if(1 < a < 3, 1, 0)", "", "if(«1 < a» < 3, 1, 0)", "A number belongs here, and this is a condition.", "a < b < c"},
		{"a + (a > b)", "", "a + «(a > b)»", "A number belongs here, and this is a condition.", ""},
		{"monthly + customers", "USD/month", "«monthly + customers»", "You add USD/month and customers here.", "USD/month/customers"},
		{"monthly - yearly", "USD/month", "«monthly - yearly»", "You subtract USD/year from USD/month here.", ""},
		{"price + euros", "USD", "«price + euros»", "You add USD and EUR here.", "a variable in USD/EUR"},
		{"price + 1", "USD", "«price + 1»", "You add USD and a pure number here.", "factor"},
		{"max(a, price)", "", "max(a, «price»)", "You take the larger of a pure number and USD here.", ""},
		{"if(price > a, 1, 2)", "", "if(«price > a», 1, 2)", "You compare USD with a pure number here.", ""},
		{"if(a > 1, price, a)", "USD", "«if(a > 1, price, a)»", "This is in USD or in a pure number, depending on the condition.", ""},
		{"price * customers", "USD", "«price * customers»", "This comes to USD*customers, and the model is in USD.", ""},
		{"a ^ price", "", "a ^ «price»", "An exponent must be a pure number; this is in USD.", ""},
		{"price ^ a", "USD", "price ^ «a»", "What is in USD can only be raised to a number that stands in the formula.", ""},
		{"price ^ 0.5", "USD", "«price ^ 0.5»", "What is in USD can't be raised to 0.5.", "whole numbers"},
		{"1e999", "", "«1e999»", "This number is too large.", ""},
		{"가격 + 고객", "USD", "가격 + «고객»", "There is no variable called 고객.", ""},
	}
	for _, tt := range tests {
		_, err := planned(tt.formula, tt.unit)
		p, ok := errors.AsType[*value.Error](err)
		if !ok {
			t.Errorf("%q: %v, want a problem", tt.formula, err)
			continue
		}
		if mark(p) != tt.marked || p.Message != tt.message || !strings.Contains(p.Hint, tt.hint) || p.Where != "the formula" {
			t.Errorf("%q\n got %s: %s %s %s\nwant %s: %s …%s…", tt.formula, p.Where, mark(p), p.Message, p.Hint, tt.marked, tt.message, tt.hint)
		}
		if strings.HasSuffix(p.Hint, "..") || p.Message == "" || p.Hint == "" {
			t.Errorf("%q: message %q, hint %q", tt.formula, p.Message, p.Hint)
		}
	}
}

// What can only go wrong with numbers is explained when the numbers are there.
func TestBadNumbersAreExplained(t *testing.T) {
	tests := []struct{ formula, marked, message string }{
		{"a + b / zero", "a + «b / zero»", "This divides by zero: zero is 0."},
		{"a / 0", "«a / 0»", "This divides by zero."},
		{"a / (b - 3)", "«a / (b - 3)»", "This divides by zero: what stands below the line comes to 0."},
		{"min(1, a / zero)", "min(1, «a / zero»)", "This divides by zero: zero is 0."},
		{"if(a / zero > 1, 1, 2)", "if(«a / zero» > 1, 1, 2)", "This divides by zero: zero is 0."},
		{"zero ^ -1", "«zero ^ -1»", "This raises 0 to a negative power, which divides by zero."},
		{"(zero - a) ^ 0.5", "«(zero - a) ^ 0.5»", "This takes a root of a negative number, −2."},
		{"10 ^ 300 * 10 ^ 300", "«10 ^ 300 * 10 ^ 300»", "This becomes too large for a number."},
		{"1 / (10 ^ 300 * 10 ^ 300)", "1 / «(10 ^ 300 * 10 ^ 300)»", "This becomes too large for a number."},
	}
	for _, tt := range tests {
		p, err := planned(tt.formula, "")
		if err != nil {
			t.Errorf("%q: %v", tt.formula, err)
			continue
		}
		_, err = p.Estimate(value.Options{Samples: 10})
		problem, ok := errors.AsType[*value.Error](err)
		if !ok || problem.Message != tt.message {
			t.Errorf("%q: %v, want %q", tt.formula, err, tt.message)
			continue
		}
		if got := mark(problem); got != tt.marked {
			t.Errorf("%q: marked %s, want %s", tt.formula, got, tt.marked)
		}
		if _, err := p.Wet(); err == nil {
			t.Errorf("%q has a value in a simulation", tt.formula)
		}
	}
}

func TestFormulasAreBounded(t *testing.T) {
	long := "a" + strings.Repeat(" + a", (value.MaxFormulaRunes-1)/4)
	if _, err := planned(long, ""); err != nil {
		t.Errorf("a formula of %d characters: %v", len(long), err)
	}
	for name, formula := range map[string]string{
		"characters":  long + " + a + a",
		"parentheses": strings.Repeat("(", 4000) + "a" + strings.Repeat(")", 4000),
		"signs":       strings.Repeat("-", 9000) + "a",
		"powers":      "a" + strings.Repeat("^a", 4000),
		"choices":     strings.Repeat("a>b?a:", 1500) + "a",
		"functions":   strings.Repeat("min(a,", 1500) + "a" + strings.Repeat(")", 1500),
		"units":       "price" + strings.Repeat("*price", 30),
		"open":        strings.Repeat("(", 9999),
	} {
		_, err := planned(formula, "")
		p, ok := errors.AsType[*value.Error](err)
		if !ok {
			t.Errorf("%s: %v, want a problem", name, err)
			continue
		}
		t.Logf("%s: %s", name, p.Message)
	}
}

// A step that needs itself is shown the way round.
func TestRecursionIsExplained(t *testing.T) {
	m := value.Model{
		Formula: "kept", Variables: given,
		Steps: []value.Step{
			{Name: "kept", Formula: "a - lost"}, {Name: "lost", Formula: "a * rate"}, {Name: "rate", Formula: "kept / a"},
		},
	}
	_, err := value.Check(m)
	p, ok := errors.AsType[*value.Error](err)
	if !ok || p.Where != "the step rate" || mark(p) != "«kept» / a" || p.Message != "kept would be worked out from itself: kept → lost → rate → kept." {
		t.Errorf("circle of three: %v", err)
	}
	m.Steps = []value.Step{{Name: "kept", Formula: "kept + 1"}}
	if _, err = value.Check(m); err == nil || !strings.Contains(err.Error(), "kept → kept") {
		t.Errorf("circle of one: %v", err)
	}
	// Steps may stand in any order.
	m.Steps = []value.Step{{Name: "kept", Formula: "lost * 2"}, {Name: "lost", Formula: "a + b"}}
	plan, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := plan.Dry(); got != 10 || err != nil {
		t.Errorf("steps in any order give %v, %v; want 10", got, err)
	}
}
