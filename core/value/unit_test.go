package value_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/value"
)

func TestParseUnit(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "1"},
		{"1", "1"},
		{"%", "1"},
		{" USD / month ", "USD/month"},
		{"1/month", "1/month"},
		{"USD/customer/month", "USD/customer/month"},
		{"USD/customer*customer", "USD"},
		{"m^2", "m^2"},
		{"kg*m/s^2", "kg*m/s^2"},
		{"m/m", "1"},
		{"m*m^-1", "1"},
		{"1/month*USD", "USD/month"},
		{"$/month", "USD/month"},
		{"€", "EUR"},
		{"₩/고객", "KRW/고객"},
		{"customers", "customers"},
		{"support call/month", "support call/month"},
	}
	for _, tt := range tests {
		u, err := value.ParseUnit(tt.text)
		if err != nil || u.String() != tt.want {
			t.Errorf("unit %q is %q, %v; want %q", tt.text, u, err, tt.want)
		}
	}
}

func TestParseUnitRefuses(t *testing.T) {
	for _, text := range []string{
		"/", "USD/", "/month", "USD//month", "USD^", "USD^x", "USD^0", "USD^99", "1^2", "%^2", "3", "USD+EUR", "USD(month)",
		"a  b", "-", "$$", strings.Repeat("a", 101), "m^20*m^20", "USD\nmonth",
	} {
		if u, err := value.ParseUnit(text); err == nil {
			t.Errorf("unit %q is %q, want an error", text, u)
		}
	}
}

// Plural and singular are one unit; what only looks like a plural is not touched.
func TestPluralIsTheSameUnit(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"customer", "customers", true},
		{"query", "queries", true},
		{"batch", "batches", true},
		{"box", "boxes", true},
		{"month", "months", true},
		{"loss", "losses", true},
		{"USD", "US", false},
		{"bus", "bu", false},
		{"gas", "ga", false},
		{"status", "statu", false},
		{"USD", "EUR", false},
		{"USD/month", "USD/year", false},
	}
	for _, tt := range tests {
		a, errA := value.ParseUnit(tt.a)
		b, errB := value.ParseUnit(tt.b)
		if errA != nil || errB != nil || a.Equal(b) != tt.same {
			t.Errorf("%q and %q: same %v, want %v (%v, %v)", tt.a, tt.b, a.Equal(b), tt.same, errA, errB)
		}
	}
}

// units draws units of few words, so that they often cancel.
func units() *rapid.Generator[value.Unit] {
	return rapid.Custom(func(t *rapid.T) value.Unit {
		var u value.Unit
		for range rapid.IntRange(0, 4).Draw(t, "factors") {
			f, err := value.ParseUnit(rapid.SampledFrom([]string{"USD", "month", "customers", "m^2", "1/hour", "%"}).Draw(t, "factor"))
			if err != nil {
				t.Fatal(err)
			}
			u = u.Times(f)
		}
		return u
	})
}

func TestUnitsAreAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := units().Draw(t, "a"), units().Draw(t, "b"), units().Draw(t, "c")
		var one value.Unit
		laws := []struct {
			name        string
			left, right value.Unit
		}{
			{"products commute", a.Times(b), b.Times(a)},
			{"products associate", a.Times(b).Times(c), a.Times(b.Times(c))},
			{"one changes nothing", a.Times(one), a},
			{"a quotient undoes a product", a.Times(b).Per(b), a},
			{"a unit per itself is pure", a.Per(a), one},
			{"a unit per a quotient", a.Per(b.Per(c)), a.Times(c).Per(b)},
		}
		for _, law := range laws {
			if !law.left.Equal(law.right) {
				t.Fatalf("%s: %s is not %s (a %s, b %s, c %s)", law.name, law.left, law.right, a, b, c)
			}
		}
		square, ok := a.Power(2)
		if !ok || !square.Equal(a.Times(a)) {
			t.Fatalf("%s squared is %s", a, square)
		}
		if back, ok := square.Power(0.5); !ok || !back.Equal(a) {
			t.Fatalf("the root of %s is %s, want %s", square, back, a)
		}
		if read, err := value.ParseUnit(a.String()); err != nil || !read.Equal(a) {
			t.Fatalf("%s reads back as %s, %v", a, read, err)
		}
	})
}

func TestAmount(t *testing.T) {
	tests := []struct {
		x    float64
		unit string
		want string
	}{
		{3200, "USD/month", "$3,200 a month"},
		{-3200, "USD/month", "−$3,200 a month"},
		{2.75, "USD/customer", "$2.75 per customer"},
		{0.8, "%", "80 %"},
		{0.1719, "%", "17.19 %"},
		{400, "customer/month", "400 customers a month"},
		{1, "customer", "1 customer"},
		{2, "query", "2 queries"},
		{3200, "KRW", "₩3,200"},
		{12.5, "CHF", "12.50 CHF"},
		{1234567, "EUR/year", "€1,234,567 a year"},
		{0.5, "", "0.5"},
		{1e15, "", "1e+15"},
		{0, "USD", "$0"},
		{90, "USD/hour", "$90 an hour"},
		{3, "m^2", "3 m^2"},
		{1500, "고객/month", "1,500 고객 a month"},
		{99.999, "USD", "$100.00"},
		{0.001, "USD", "$0.001"},
	}
	for _, tt := range tests {
		if got := value.Amount(tt.x, tt.unit); got != tt.want {
			t.Errorf("%v in %q is %q, want %q", tt.x, tt.unit, got, tt.want)
		}
	}
}
