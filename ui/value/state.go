package value

import (
	"cairn/ui/chart"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
)

// Stage is which of its faces the page shows.
type Stage int

// The stages.
const (
	Loading Stage = iota
	Choosing
	Ready
	Broken // the model can't be read at all
)

// State is all that the page shows.
type State struct {
	Stage     Stage
	Templates []Template // to choose from, when Choosing
	Message   string     // when Broken
	Hint      string

	ID          string // of the document, empty while there is none
	Name, About string
	Edited      string   // who changed it last, and when
	Names       []string // of the project's models, when there are several
	Picked      string   // which of them is shown
	ReadOnly    bool
	Variables   []Quantity
	Costs       []Quantity
	Formula     Input

	Result    Result
	Curve     Curve
	Stale     bool // the result is that of the last input that could be worked out
	Behind    bool // Simulate is to be called
	Slow      bool // … and the chances that are shown will be others only after a while
	Problem   string
	Conflicts []Conflict
	Adding    bool       // when Choosing: there is a model to go back to
	Form      *form.Form // what a sheet asks for, nil for nothing
}

// Template is a model to begin with.
type Template struct{ ID, Name, About, Result string }

// Part is one of the numbers of a quantity.
type Part = revise.Part

// The parts of a quantity. Text is all there is of a formula.
const (
	Likely = revise.Likely
	Low    = revise.Low
	High   = revise.High
	Text   = revise.Text
)

// Key names an input.
type Key struct {
	Of   string // "variable", "cost" or "formula"
	Name string
	Part Part
}

// Quantity is a number with its range, to fill in.
type Quantity struct {
	Name, Label, Unit, Why string
	Likely, Low, High      string
	Wrong                  Part   // what Problem is about
	Problem                string // nothing when empty
}

// Input is a line of text to fill in.
type Input struct{ Text, Problem, Help string }

// Result is what the model is worth, in words. Chances may be those of an
// earlier input, while Behind says so.
type Result struct {
	Now
	Chances
}

// Now is what follows from the likely numbers at once.
type Now struct {
	Value, Per, Net string
	Payback         string
	Verdict         Verdict
	Terms           []Term
	Steps           []Line
	Costs           []Line
}

// Chances are what a simulation finds.
type Chances struct {
	Samples     string
	Range, Loss string
	Sentences   []string // where it breaks even
	Scenarios   []Scenario
	Notes       []string
	Assumed     bool    // no variable has a range: the tornado shows a tenth to either side
	Charts      *Charts // others after every simulation
}

// Charts are the pictures of a simulation.
type Charts struct {
	Histogram chart.Histogram
	Tornado   chart.Tornado
}

// Verdict says whether a model earns what it costs.
type Verdict int

// The verdicts. Open is that of a model without costs.
const (
	Open Verdict = iota
	Pays
	Loses
)

// Term is a part of the formula with its number, or what stands between two.
type Term struct{ Number, Caption, Operator string }

// Line is something with its number.
type Line struct {
	Name          string // of a step
	Label, Amount string
	Strong        bool
}

// Scenario is a row of the table of scenarios. ID is empty for the model as it
// is.
type Scenario struct{ ID, Name, Change, Expected, Difference, Range, Net, Payback string }

// Conflict is a field that people wrote differently at the same time.
type Conflict struct {
	Field, Label string
	Versions     []Version
}

// Version is one side of a conflict.
type Version struct{ Text, By, At string }
