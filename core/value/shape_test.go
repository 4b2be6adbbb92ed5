package value_test

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"cairn/core/value"
)

var probabilities = []float64{1e-9, 1e-4, 0.0007, 0.001, 0.00196, 0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99, 0.998, 0.9995, 1 - 1e-9}

// Quantiles are those of an implementation that is not ours.
func TestQuantilesAreThoseOfTheTextbook(t *testing.T) {
	z90 := distuv.UnitNormal.Quantile(0.9)
	tests := []struct {
		text      string
		reference interface{ Quantile(p float64) float64 }
		tolerance float64
	}{
		{"2..6", distuv.Uniform{Min: 2, Max: 6}, 1e-14},
		{"2..3..6", distuv.NewTriangle(2, 6, 3, nil), 1e-12},
		{"2..2..6", distuv.NewTriangle(2, 6, 2, nil), 1e-12},
		{"2..6..6", distuv.NewTriangle(2, 6, 6, nil), 1e-12},
		{"2..6 normal", distuv.Normal{Mu: 4, Sigma: 2 / z90}, 1e-8},
		{"2..6 lognormal", distuv.LogNormal{Mu: math.Log(12) / 2, Sigma: math.Log(3) / 2 / z90}, 1e-8},
		{"0..0.3..1 pert", distuv.Beta{Alpha: 2.2, Beta: 3.8}, 1e-6},
		{"0..0.5..1 pert", distuv.Beta{Alpha: 3, Beta: 3}, 1e-6},
		{"0..0..1 pert", distuv.Beta{Alpha: 1, Beta: 5}, 1e-6},
		{"0..1..1 pert", distuv.Beta{Alpha: 5, Beta: 1}, 1e-6},
	}
	for _, tt := range tests {
		q := quantity(t, tt.text)
		for _, p := range probabilities {
			got, err := q.Quantile(p)
			want := tt.reference.Quantile(p)
			if err != nil || math.Abs(got-want) > tt.tolerance*max(1, math.Abs(want)) {
				t.Errorf("%s: quantile of %v is %v, %v; want %v", tt.text, p, got, err, want)
			}
		}
	}
}

// Low and high of a normal and a log-normal are what one and nine in ten stay below.
func TestEndsOfEndlessShapesAreTenthAndNinetiethPercentile(t *testing.T) {
	for _, text := range []string{"80..130 normal", "80..130 lognormal"} {
		q := quantity(t, text)
		low, errLow := q.Quantile(0.1)
		high, errHigh := q.Quantile(0.9)
		if errLow != nil || errHigh != nil || math.Abs(low-80) > 1e-9 || math.Abs(high-130) > 1e-9 {
			t.Errorf("%s: tenth percentile %v, ninetieth %v (%v, %v)", text, low, high, errLow, errHigh)
		}
	}
}

func TestMeansAreThoseOfTheTextbook(t *testing.T) {
	tests := []struct {
		text string
		want float64
	}{
		{"5", 5},
		{"2..6", 4},
		{"2..3..7", 4},
		{"2..3..10 pert", (2 + 4*3 + 10) / 6.0},
		{"2..6 normal", 4},
		{"2..6 lognormal", distuv.LogNormal{Mu: math.Log(12) / 2, Sigma: math.Log(3) / 2 / distuv.UnitNormal.Quantile(0.9)}.Mean()},
	}
	for _, tt := range tests {
		got, err := quantity(t, tt.text).Mean()
		if err != nil || math.Abs(got-tt.want) > 1e-12*tt.want {
			t.Errorf("mean of %s is %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

// A quantile never falls as the probability rises, nor leaves the ends.
func TestQuantilesRise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0.01, 1e6).Draw(t, "low")
		high := low + rapid.Float64Range(1e-3, 1e6).Draw(t, "width")
		mode := low + rapid.Float64Range(0, 1).Draw(t, "mode")*(high-low)
		mode = min(mode, high)
		shape := rapid.SampledFrom(value.Shapes).Draw(t, "shape")
		q := value.Quantity{Low: &low, Mode: &mode, High: &high, Distribution: shape}
		p := rapid.Float64Range(1e-12, 1-1e-12).Draw(t, "p")
		r := rapid.Float64Range(p, 1-1e-12).Draw(t, "r")
		a, errA := q.Quantile(p)
		b, errB := q.Quantile(r)
		if errA != nil || errB != nil || a > b+1e-9*high {
			t.Fatalf("%s %v..%v..%v: quantile of %v is %v (%v), of %v %v (%v)", shape, low, mode, high, p, a, errA, r, b, errB)
		}
		if ends := shape != value.Normal && shape != value.LogNormal; ends && (a < low-1e-9*high || b > high*(1+1e-9)) {
			t.Fatalf("%s %v..%v..%v: quantiles %v and %v beyond the ends", shape, low, mode, high, a, b)
		}
	})
}

func TestQuantitiesThatCannotBe(t *testing.T) {
	x := func(f float64) *float64 { return &f }
	tests := []struct {
		name string
		q    value.Quantity
		want string
	}{
		{"nothing", value.Quantity{}, "It has no number."},
		{"one end", value.Quantity{Low: x(1)}, "A range has two ends, and this one has only one."},
		{"ends swapped", value.Quantity{Low: x(3), High: x(2)}, "Its low, 3, is above its high, 2."},
		{"mode outside", value.Quantity{Low: x(1), Mode: x(5), High: x(2)}, "5 lies outside its range from 1 to 2."},
		{"value and mode", value.Quantity{Value: x(1), Mode: x(2)}, "It has the value 1 and the mode 2."},
		{"not a number", value.Quantity{Value: x(math.NaN())}, "Its value is not a number."},
		{"infinite", value.Quantity{Low: x(math.Inf(-1)), High: x(0)}, "Its low is too large."},
		{"too large", value.Quantity{Value: x(1e101)}, "Its value is too large."},
		{"too wide", value.Quantity{Low: x(1e-9), High: x(1e9), Distribution: value.LogNormal}, "Its range is too wide for a log-normal number."},
		{"log-normal below zero", value.Quantity{Low: x(0), High: x(2), Distribution: value.LogNormal}, "A log-normal number is always above 0, and its low is 0."},
		{"pert without mode", value.Quantity{Low: x(0), High: x(2), Distribution: value.PERT}, "A pert distribution needs a likeliest number between its ends."},
		{"shape without range", value.Quantity{Value: x(1), Distribution: value.Normal}, "A normal distribution needs a range."},
		{"fixed with range", value.Quantity{Low: x(0), High: x(2), Distribution: value.Fixed}, "A fixed number has no range."},
		{"unknown shape", value.Quantity{Low: x(0), High: x(2), Distribution: "weibull"}, `There is no distribution called "weibull".`},
		{"unknown shape of a number", value.Quantity{Value: x(0), Distribution: "weibull"}, `There is no distribution called "weibull".`},
	}
	for _, tt := range tests {
		_, err := tt.q.Quantile(0.5)
		if p, ok := errors.AsType[*value.Error](err); !ok || p.Message != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestParseQuantity(t *testing.T) {
	for _, text := range []string{"5", "-0.5", "0.6..0.9", "0.6..0.8..0.9", "0.6..0.8..0.9 pert", "1e-05..3 lognormal"} {
		if got := quantity(t, text).String(); got != text {
			t.Errorf("%q reads as %q", text, got)
		}
	}
	same := map[string]string{
		"80%": "0.8", "100,000": "100000", "60..90%": "0.6..0.9", "60%..0.9": "0.6..0.9", " 1_000 .. 2_000 ": "1000..2000", "−3": "-3", "1..2..3..normal": "",
	}
	for text, want := range same {
		q, ok := value.ParseQuantity(text)
		if ok != (want != "") || (ok && q.String() != want) {
			t.Errorf("%q reads as %q, %v; want %q", text, q, ok, want)
		}
	}
	for _, text := range []string{"", "abc", "1..", "..2", "1..2..3..4", "NaN", "Inf", "0x10", "1,00", "12,34,567", ",5", "1 2", "1e999", "normal", "5 %%"} {
		if q, ok := value.ParseQuantity(text); ok {
			t.Errorf("%q reads as %q", text, q)
		}
	}
}
