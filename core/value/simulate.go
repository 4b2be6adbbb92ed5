package value

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"cairn/core/sentence"
)

// Spread is what a simulation found about one number.
type Spread struct {
	Mean          float64 `json:"mean"`
	SD            float64 `json:"sd"`
	StandardError float64 `json:"standard_error"` // of the mean: how far it may be off for want of samples
	P10           float64 `json:"p10"`
	P50           float64 `json:"p50"`
	P90           float64 `json:"p90"`
}

// Histogram counts results in bins of equal width, from the 0.5th to the
// 99.5th percentile, so that a few far ones don't flatten the rest.
type Histogram struct {
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Counts []int   `json:"counts"`
	Below  int     `json:"below"` // results beyond either end
	Above  int     `json:"above"`
}

// draw is the result of one sample.
type draw struct {
	value float64
	index int32 // when it was drawn
}

// simulation is the draws of one run.
type simulation struct {
	values []draw // sorted
	nets   []draw // sorted
}

// simulate draws samples of all variables and costs. The error is a *Error
// that says which draws have no value.
func (p *Plan) simulate(samples int, seed uint64) (simulation, error) {
	sim := simulation{make([]draw, samples), make([]draw, samples)}
	slots, stack := make([]column, len(p.variables)+len(p.steps)), make([]column, p.depth)
	var out, borne column
	streams := p.streams(seed)
	for first := 0; first < samples; first += block {
		n := min(block, samples-first)
		for i, v := range p.variables {
			v.fill(streams[i], slots[i][:n])
		}
		for _, s := range p.steps {
			s.program.run(slots, stack, n, &slots[s.slot])
		}
		p.formula.program.run(slots, stack, n, &out)
		clear(borne[:])
		for i, o := range p.costs {
			o.charge(p, streams[len(p.variables)+i], borne[:n])
		}
		for i, x := range out[:n] {
			if !(math.Abs(x) <= maxAmount) { // NaN too
				return sim, p.undefined(slots, i, first+i)
			}
			sim.values[first+i] = draw{x, int32(first + i)}
			sim.nets[first+i] = draw{x - borne[i], int32(first + i)}
		}
	}
	sortDraws(sim.values)
	sortDraws(sim.nets)
	return sim, nil
}

// streams returns the randomness of each variable, then of each cost.
func (p *Plan) streams(seed uint64) []stream {
	var out []stream
	for _, v := range p.variables {
		out = append(out, newStream(seed, v.name))
	}
	for _, o := range p.costs {
		out = append(out, newStream(seed, o.name))
	}
	return out
}

// fill draws numbers. One that is exact takes no randomness.
func (in input) fill(s stream, out []float64) {
	if in.shape == Fixed {
		for i := range out {
			out[i] = in.best
		}
		return
	}
	for i := range out {
		out[i] = in.quantile(s.next())
	}
}

// charge adds a draw of the cost to each sample of borne.
func (o outlay) charge(p *Plan, s stream, borne []float64) {
	var amounts column
	o.fill(s, amounts[:len(borne)])
	share := p.against(o, 1)
	for i := range borne {
		borne[i] += share * amounts[i]
	}
}

// undefined explains the sample that has no value.
func (p *Plan) undefined(slots []column, i, sample int) error {
	values := make([]float64, len(p.variables))
	for v := range values {
		values[v] = slots[v][i]
	}
	_, err := p.at(values)
	problem, ok := errors.AsType[*Error](err)
	if !ok {
		return fmt.Errorf("sample %d has no value but evaluates: %w", sample, err)
	}
	return problem.but(func(p *placed) {
		p.message = p.message.Then(sentence.New("This happened in sample %s, within the ranges given.", FormatNumber(float64(sample+1))))
	})
}

// numbers returns the values of draws, in their order.
func numbers(draws []draw) []float64 {
	out := make([]float64, len(draws))
	for i, d := range draws {
		out[i] = d.value
	}
	return out
}

// spread summarises sorted results.
func spread(sorted []float64) Spread {
	n := float64(len(sorted))
	mean := sum(sorted, func(x float64) float64 { return x }) / n
	s := Spread{Mean: mean, P10: percentile(sorted, 0.1), P50: percentile(sorted, 0.5), P90: percentile(sorted, 0.9)}
	if sorted[0] == sorted[len(sorted)-1] {
		s.Mean = sorted[0]
		return s
	}
	s.SD = math.Sqrt(sum(sorted, func(x float64) float64 { return (x - mean) * (x - mean) }) / (n - 1))
	s.StandardError = s.SD / math.Sqrt(n)
	return s
}

// sum adds what f makes of the numbers, with Neumaier's compensation: a
// million small numbers beside a large one still count.
func sum(xs []float64, f func(float64) float64) float64 {
	total, lost := 0.0, 0.0
	for _, x := range xs {
		y := f(x)
		next := total + y
		if math.Abs(total) >= math.Abs(y) {
			lost += total - next + y
		} else {
			lost += y - next + total
		}
		total = next
	}
	return total + lost
}

// percentile interpolates between the two sorted results around p (type 7 of
// Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996).
func percentile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// bins is how many bars a histogram has.
const bins = 40

func histogram(sorted []float64) Histogram {
	h := Histogram{Low: percentile(sorted, 0.005), High: percentile(sorted, 0.995), Counts: make([]int, bins)}
	if h.Low == h.High {
		h.Counts = []int{len(sorted)}
		return h
	}
	for _, x := range sorted {
		switch {
		case x < h.Low:
			h.Below++
		case x > h.High:
			h.Above++
		default:
			h.Counts[min(bins-1, int((x-h.Low)/(h.High-h.Low)*bins))]++
		}
	}
	return h
}

// lossShare returns which part of the sorted results is below zero.
func lossShare(sorted []float64) float64 {
	i, _ := slices.BinarySearch(sorted, 0)
	return float64(i) / float64(len(sorted))
}
