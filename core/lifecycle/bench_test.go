package lifecycle_test

import (
	"testing"

	"cairn/core/lifecycle"
	"cairn/core/value"
)

func BenchmarkWeigh(b *testing.B) {
	x := func(v float64) *float64 { return &v }
	m := value.Model{Unit: "USD/month", Formula: "a*b*c*d", Variables: []value.Variable{
		{Name: "a", Unit: "1/month", Quantity: value.Quantity{Value: x(1000), Low: x(800), High: x(1300)}},
		{Name: "b", Quantity: value.Quantity{Value: x(.8), Low: x(.6), High: x(.9)}},
		{Name: "c", Quantity: value.Quantity{Value: x(.5)}},
		{Name: "d", Unit: "USD", Quantity: value.Quantity{Value: x(8)}},
	}, Costs: []value.Cost{{Name: "run", Unit: "USD/month", Quantity: value.Quantity{Value: x(900)}}}}
	for b.Loop() {
		if w := lifecycle.Weigh(m); !w.Problem.IsZero() {
			b.Fatal(w.Problem)
		}
	}
}
