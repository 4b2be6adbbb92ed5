// Package value is the arithmetic of what a model is worth: a formula over
// named quantities with units, estimated with the uncertainty that its
// quantities have.
//
// A Model is what people write: quantities, intermediate steps, the formula,
// what it costs and scenarios. Check turns it into a Plan, or says in words
// and at its place what is wrong; a Plan gives an Estimate: the value at the
// best guesses, its distribution by Monte Carlo, what it is sensitive to, where
// it breaks even, and what remains after costs.
//
//	plan, err := value.Check(model)
//	estimate, err := plan.Estimate(value.Options{Samples: 10_000, Seed: 1})
//
// Formulas come from teammates and files, so they are untrusted: a formula is
// bounded in size and nesting, has no loops and no recursion, and takes time in
// proportion to its length. Everything here is a function of its arguments: the
// same model, samples and seed give the same estimate.
package value

// The bounds on a model. They are far above what a person can keep in mind,
// and low enough that an estimate of the largest model still answers.
const (
	MaxFormulaRunes = 10_000
	MaxVariables    = 100
	MaxSteps        = 100
	MaxCosts        = 100
	MaxScenarios    = 20
	MaxSamples      = 1_000_000
	// maxInstructions bounds all formulas of a model together; the longest
	// single one has fewer.
	maxInstructions = 12_000
	// maxAmount bounds quantities and values, so that sums and squares of a
	// million of them are still numbers.
	maxAmount = 1e100
	// maxNameRunes bounds names, which stand in tables and messages.
	maxNameRunes = 60
	// maxTextRunes bounds labels and reasons.
	maxTextRunes = 2_000
)

// Model is a value model as people write it. Its JSON, YAML and stored forms
// have the same names.
type Model struct {
	Name      string     `json:"name"`
	About     string     `json:"about,omitempty"` // the case and what it leaves out
	Unit      string     `json:"unit"`            // of the value: "USD/month"
	Formula   string     `json:"formula"`
	Variables []Variable `json:"variables,omitempty"`
	Steps     []Step     `json:"steps,omitempty"`
	Costs     []Cost     `json:"costs,omitempty"`
	// Discount is the yearly rate at which later money counts less, 0 for none.
	Discount  float64    `json:"discount,omitempty"`
	Scenarios []Scenario `json:"scenarios,omitempty"`
}

// Quantity is a number that may be uncertain. A number alone is exact. Low and
// High make it a range, and Mode, or Value in its place, is the likeliest
// number in it.
type Quantity struct {
	Value *float64 `json:"value,omitempty"`
	Low   *float64 `json:"low,omitempty"`
	Mode  *float64 `json:"mode,omitempty"`
	High  *float64 `json:"high,omitempty"`
	// Distribution is the shape of a range; empty is triangular when a
	// likeliest number is given and uniform when not.
	Distribution Shape `json:"distribution,omitempty"`
}

// Variable is a named quantity that formulas can use.
type Variable struct {
	Name  string `json:"name"`
	Label string `json:"label,omitempty"` // for people
	Unit  string `json:"unit,omitempty"`  // "%" and none are pure numbers
	Quantity
	Why string `json:"why,omitempty"` // where the number comes from
}

// Step is a named intermediate result, shown with its number. It can use
// variables and other steps.
type Step struct {
	Name    string `json:"name"`
	Label   string `json:"label,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Formula string `json:"formula"`
}

// Cost is what the model costs. Its unit says how often: "USD" is paid once,
// "USD/month" each month; with Every, "USD" is paid again and again.
type Cost struct {
	Name  string `json:"name"`
	Label string `json:"label,omitempty"`
	Unit  string `json:"unit,omitempty"` // empty is that of the value
	Quantity
	Every string `json:"every,omitempty"` // "3 months": how often a cost without a period returns
	Why   string `json:"why,omitempty"`
}

// Scenario is a set of other numbers for some of the variables and costs.
type Scenario struct {
	Name string            `json:"name"`
	Set  map[string]string `json:"set,omitempty"` // name → as Override reads it
}
