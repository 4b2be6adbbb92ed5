package value

import (
	"math"
	"slices"
)

// Along returns the value with one variable at each of xs, the others at their
// best guesses: NaN where the formula has no value. It is not ok when the plan
// has no such variable.
func (p *Plan) Along(name string, xs []float64) (values []float64, ok bool) {
	i := slices.IndexFunc(p.variables, func(v input) bool { return v.name == name })
	if i < 0 {
		return nil, false
	}
	guesses := p.bestGuesses()
	values = make([]float64, len(xs))
	for j, x := range xs {
		guesses[i] = x
		y, err := p.at(guesses)
		if err != nil {
			y = math.NaN()
		}
		values[j] = y
	}
	return values, true
}

// Uses reports whether the value depends on a variable.
func (p *Plan) Uses(name string) bool {
	i := slices.IndexFunc(p.variables, func(v input) bool { return v.name == name })
	return i >= 0 && p.used[i]
}
