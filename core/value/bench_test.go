package value_test

import (
	"testing"

	"cairn/core/value"
)

// BenchmarkEstimate is a whole estimate: draws, statistics, ranks, tornado and
// break-even. The formula has a choice and a division, and three shapes.
func BenchmarkEstimate(b *testing.B) {
	plan, err := value.Check(value.Model{
		Unit: "USD/month", Formula: "if(found > 0, found * kept * price, 0) / (1 + tax)",
		Variables: []value.Variable{
			{Name: "found", Unit: "1/month", Quantity: quantity(b, "500..800..1300")},
			{Name: "kept", Unit: "%", Quantity: quantity(b, "35..50..60% pert")},
			{Name: "price", Unit: "USD", Quantity: quantity(b, "6..9 lognormal")},
			{Name: "tax", Unit: "%", Quantity: quantity(b, "10%")},
		},
		Costs: []value.Cost{{Name: "running", Quantity: quantity(b, "700..900..1400")}},
	})
	if err != nil {
		b.Fatal(err)
	}
	const samples = 100_000
	for b.Loop() {
		if _, err := plan.Estimate(value.Options{Samples: samples, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/samples, "ns/sample")
}

// quantity reads a number or a range as people type it.
func quantity(tb testing.TB, text string) value.Quantity {
	tb.Helper()
	q, ok := value.ParseQuantity(text)
	if !ok {
		tb.Fatalf("%q is no quantity", text)
	}
	return q
}
