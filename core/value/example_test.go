package value_test

import (
	"errors"
	"fmt"

	"cairn/core/value"
)

func Example() {
	m, err := value.ReadYAML([]byte(`
unit: USD/month
formula: churners * accuracy * retained * price
variables:
  - {name: churners, unit: 1/month, value: 1000}
  - {name: accuracy, unit: "%", low: 0.6, mode: 0.8, high: 0.9}
  - {name: retained, unit: "%", value: 50%}
  - {name: price, unit: USD, value: 8}
costs:
  - {name: running, unit: USD/month, value: 900}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := value.Check(m)
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err := plan.Estimate(value.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.Worked, "=", value.Amount(e.Expected, e.Unit))
	fmt.Println("After costs:", value.Amount(e.Net, e.Unit))
	fmt.Println(e.BreakEven[1].Words)
	// Output:
	// 1,000 × 80 % × 50 % × $8 = $3,200 a month
	// After costs: $2,300 a month
	// It pays while accuracy stays above 22.5 %.
}

// A problem says what is wrong and where.
func ExampleError() {
	price, customers := 10.0, 100.0
	_, err := value.Check(value.Model{
		Unit: "USD", Formula: "price + customers",
		Variables: []value.Variable{
			{Name: "price", Unit: "USD", Quantity: value.Quantity{Value: &price}},
			{Name: "customers", Unit: "customers", Quantity: value.Quantity{Value: &customers}},
		},
	})
	if p, ok := errors.AsType[*value.Error](err); ok {
		fmt.Println(p.Where, p.Offset, p.Length)
		fmt.Println(p.Message)
	}
	// Output:
	// the formula 0 17
	// You add USD and customers here.
}
