package value

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"cairn/core/sentence"
)

// Effect is what one variable does to the value: a bar of the tornado.
type Effect struct {
	Name      string  `json:"name"`
	Label     string  `json:"label,omitempty"`
	Unit      string  `json:"unit,omitempty"`
	Low       float64 `json:"low"` // of the variable
	High      float64 `json:"high"`
	ValueLow  float64 `json:"value_low"` // with the variable at Low, the others at their best guess
	ValueHigh float64 `json:"value_high"`
	Swing     float64 `json:"swing"` // how far apart those are
	// Correlation is Spearman's rank correlation with the value over all
	// samples: the direction and strength of the effect while the others vary too.
	Correlation float64 `json:"rank_correlation"`
	// Assumed says that the variable has no range and the bar shows a tenth
	// to either side.
	Assumed bool `json:"assumed,omitempty"`
}

// assumedShare is the range shown for exact variables when none has a range.
const assumedShare = 0.1

// sensitivity returns the tornado, the widest bar first. Variables that the
// formula does not depend on have none.
func (p *Plan) sensitivity(seed uint64, sim simulation) ([]Effect, error) {
	assumed := !slices.ContainsFunc(p.variables, func(v input) bool { return v.shape != Fixed })
	ranks := ranks(sim.values)
	base := p.bestGuesses()
	effects := []Effect{}
	for i, v := range p.variables {
		if !p.used[i] || (v.shape == Fixed && !assumed) {
			continue
		}
		e := Effect{Name: v.name, Label: p.model.Variables[i].Label, Unit: v.text, Low: v.low, High: v.high, Assumed: assumed}
		if assumed {
			e.Low, e.High = v.best-assumedShare*math.Abs(v.best), v.best+assumedShare*math.Abs(v.best)
		} else {
			e.Correlation = v.correlation(newStream(seed, v.name), ranks)
		}
		var err error
		if e.ValueLow, err = p.at(with(base, i, e.Low)); err != nil {
			return nil, atEnd(err, v, e.Low)
		}
		if e.ValueHigh, err = p.at(with(base, i, e.High)); err != nil {
			return nil, atEnd(err, v, e.High)
		}
		e.Swing = math.Abs(e.ValueHigh - e.ValueLow)
		effects = append(effects, e)
	}
	slices.SortStableFunc(effects, func(a, b Effect) int { return cmp.Compare(b.Swing, a.Swing) })
	return effects, nil
}

// atEnd adds to a problem with which number it came up.
func atEnd(err error, v input, x float64) error {
	problem, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	return problem.but(func(p *placed) {
		p.message = p.message.Then(sentence.New("This happens where %s is %s.", v.name, Amount(x, v.text)))
	})
}

// ranks returns the rank of each sample's value, in the order of drawing,
// centred on 0. Equal values share the middle of their ranks.
func ranks(sorted []draw) []float64 {
	out := make([]float64, len(sorted))
	middle := float64(len(sorted)-1) / 2
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to].value == sorted[from].value {
			to++
		}
		rank := float64(from+to-1)/2 - middle
		for _, d := range sorted[from:to] {
			out[d.index] = rank
		}
		from = to
	}
	return out
}

// correlation returns the rank correlation of the variable with the values
// that have the ranks given. A draw's probability is the exact rank that the
// variable has among all numbers it could have been, so the stream is drawn
// again instead of sorting the variable.
func (in input) correlation(s stream, ranks []float64) float64 {
	if in.shape == Fixed {
		return 0
	}
	var products, squares, rankSquares, draws float64
	for _, rank := range ranks {
		u := s.next() - 0.5
		products += u * rank
		squares += u * u
		rankSquares += rank * rank
		draws += u
	}
	// Ranks are centred, so only the draws need their mean taken off.
	squares -= draws * draws / float64(len(ranks))
	if squares <= 0 || rankSquares == 0 {
		return 0
	}
	return max(-1, min(1, products/math.Sqrt(squares*rankSquares)))
}
