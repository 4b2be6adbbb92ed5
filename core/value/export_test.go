package value

import "cairn/core/sentence"

// Quantile returns the number that q stays below with probability p.
func (q Quantity) Quantile(p float64) (float64, error) {
	d, err := q.resolve(sentence.New("the quantity"))
	if err != nil {
		return 0, err
	}
	return d.quantile(p), nil
}

// Mean returns the mean of q in closed form.
func (q Quantity) Mean() (float64, error) {
	d, err := q.resolve(sentence.New("the quantity"))
	return d.mean(), err
}

// Root is root.
func Root(f func(float64) (float64, bool), a, b float64) (float64, bool) { return root(f, a, b) }

// Dry works the formula out part by part, without steps and simulation.
func (p *Plan) Dry() (float64, error) { return p.at(p.bestGuesses()) }

// Wet works the formula out with its program. A result that is not finite is
// an error.
func (p *Plan) Wet() (float64, error) {
	sim, err := p.simulate(1, 1)
	if err != nil {
		return 0, err
	}
	return sim.values[0].value, nil
}

// Sorted returns xs as the simulation sorts them, and where each came from.
func Sorted(xs []float64) (sorted []float64, from []int) {
	draws := make([]draw, len(xs))
	for i, x := range xs {
		draws[i] = draw{x, int32(i)}
	}
	sortDraws(draws)
	for _, d := range draws {
		from = append(from, int(d.index))
	}
	return numbers(draws), from
}
