package lifecycle

import (
	"cairn/core/fault"
	"cairn/core/sentence"
	"cairn/core/value"
)

// Worth is what a value model comes to, as far as readiness asks.
type Worth struct {
	Problem  sentence.Sentence // why it does not compute, zero if it does
	Expected float64
	Unit     string
	Costs    int
	Ranged   bool // some variable that it depends on has a range
	// Exact is the variable that moves the value most, if it has no range;
	// empty if it has one. How much one moves is taken from its range, or from a
	// tenth to either side when it has none.
	Exact Variable
	// Unsourced is the first variable that it depends on and that does not say
	// where its number comes from.
	Unsourced Variable
}

// Variable is a variable of a value model.
type Variable struct{ Name, Label string }

// weighSamples is how many samples Weigh draws. Bars and best guesses need
// none; these find a division by zero that ranges lead to.
const weighSamples = 100

// Weigh works a value model out.
func Weigh(m value.Model) Worth {
	w := Worth{Unit: m.Unit, Costs: len(m.Costs)}
	m.Scenarios = nil // they compare, and cost as much as the model each time
	e, err := estimate(m)
	if err != nil {
		w.Problem, _ = fault.Told(err)
		return w
	}
	w.Expected = e.Expected
	exact := m
	exact.Variables = make([]value.Variable, len(m.Variables))
	fixed := map[string]bool{}
	for i, v := range m.Variables {
		best := e.Variables[i].Value
		fixed[v.Name] = e.Variables[i].Shape == value.Fixed
		v.Quantity = value.Quantity{Value: &best}
		exact.Variables[i] = v
	}
	bars, err := estimate(exact)
	if err != nil {
		return w // a tenth more or less leads to a number that is none
	}
	w.moves(m, e, bars, fixed)
	w.sources(m, bars)
	return w
}

func estimate(m value.Model) (*value.Estimate, error) {
	plan, err := value.Check(m)
	if err != nil {
		return nil, err
	}
	return plan.Estimate(value.Options{Samples: weighSamples, Seed: 1})
}

// nearly is by how much a bar must be wider than another to move the value
// more: what arithmetic adds to equal ones decides nothing.
const nearly = 1 + 1e-9

// moves finds the variable that moves the value most, the first of several: e
// has the bars of those with a range, bars a tenth to either side of all.
func (w *Worth) moves(m value.Model, e, bars *value.Estimate, fixed map[string]bool) {
	var most float64
	for _, bar := range e.Sensitivity {
		if !fixed[bar.Name] {
			w.Ranged = true
			most = max(most, bar.Swing)
		}
	}
	swing := map[string]float64{}
	for _, bar := range bars.Sensitivity {
		swing[bar.Name] = bar.Swing
	}
	for _, v := range m.Variables {
		if fixed[v.Name] && swing[v.Name] > most*nearly {
			most, w.Exact = swing[v.Name], Variable{v.Name, v.Label}
		}
	}
}

// sources finds the variable without a source that moves the value most.
func (w *Worth) sources(m value.Model, bars *value.Estimate) {
	why := map[string]string{}
	for _, v := range m.Variables {
		why[v.Name] = v.Why
	}
	for _, bar := range bars.Sensitivity {
		if blank(why[bar.Name]) {
			w.Unsourced = Variable{bar.Name, bar.Label}
			return
		}
	}
}

// arg returns what to call the variable.
func (v Variable) arg() sentence.Arg {
	if !blank(v.Label) {
		return said(v.Label)
	}
	return said(v.Name)
}

// valueLacks adds what the value estimate lacks.
func (p *project) valueLacks(l *list) {
	if len(p.models) == 0 {
		l.must(ValueBegin, nil, "")
	}
	for _, m := range p.models {
		w, ok := p.Worth[m.doc.ID()]
		if !ok || !w.Problem.IsZero() {
			problem := w.Problem
			if problem.IsZero() {
				problem = sentence.New(cantBeRead)
			}
			l.must(ValueBroken, m.doc, "formula", title(m.doc), sentence.Within(problem))
			continue
		}
		if w.Costs == 0 {
			l.must(ValueCosts, m.doc, "costs")
		}
		switch {
		case !w.Ranged && w.Exact.Name != "":
			l.must(ValueNoRange, m.doc, "variables", w.Exact.arg())
		case w.Exact.Name != "":
			l.advise(ValueRange, m.doc, "variables", w.Exact.arg())
		}
		if w.Unsourced.Name != "" {
			l.advise(ValueSource, m.doc, "variables", w.Unsourced.arg())
		}
	}
}
