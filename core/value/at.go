package value

import (
	"math"
	"slices"
)

// bestGuesses returns the best guess of every variable.
func (p *Plan) bestGuesses() []float64 {
	values := make([]float64, len(p.variables))
	for i, v := range p.variables {
		values[i] = v.best
	}
	return values
}

// at returns the value for given variables. The error is a *Error.
func (p *Plan) at(variables []float64) (float64, error) {
	return p.evaluator(variables).result(p.formula.tree)
}

// evaluator returns one that knows the variables and the results of the
// steps. A step without result is a fault only to what uses it: a choice may
// keep clear of it.
func (p *Plan) evaluator(variables []float64) *evaluator {
	e := &evaluator{slots: make([]float64, len(variables)+len(p.steps)), faults: make([]error, len(variables)+len(p.steps))}
	copy(e.slots, variables)
	for _, s := range p.steps {
		e.source = s.source
		x, err := e.value(s.tree)
		if err != nil {
			x = math.NaN()
		}
		e.slots[s.slot], e.faults[s.slot] = x, err
	}
	e.source = p.formula.source
	return e
}

// with returns variables with one of them changed.
func with(variables []float64, i int, x float64) []float64 {
	out := slices.Clone(variables)
	out[i] = x
	return out
}
