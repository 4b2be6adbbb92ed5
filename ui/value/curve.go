package value

import (
	"math"
	"slices"
	"strings"

	"cairn/core/value"
	"cairn/ui/chart"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// Curve is how the value follows one of the variables.
type Curve struct {
	Of      string // name of the variable
	Options []form.Option
	Legend  [2]string    // value, and costs, empty for none
	Chart   *chart.Curve // another one after every change
}

// curveKey is what a curve follows from.
type curveKey struct {
	plan     *value.Plan
	of       string
	language words.Language
}

// curvePoints is how many points a curve has: more than a card has pixels
// between the bends that people draw into formulas.
const curvePoints = 161

// curve returns the curve of the variable that was chosen, or of one that says
// most. The caller holds mu.
func (p *Presenter) curve() Curve {
	key := curveKey{p.sum.plan, p.along, words.Spoken()}
	if p.sum.plan == nil || p.sum.err != nil || key == p.curved {
		return p.drawn
	}
	e := p.sum.estimate
	var used []value.VariableResult
	for _, v := range e.Variables {
		if p.sum.plan.Uses(v.Name) {
			used = append(used, v)
		}
	}
	p.curved = key
	if len(used) == 0 {
		p.drawn = Curve{}
		return p.drawn
	}
	v := used[max(0, slices.IndexFunc(used, func(v value.VariableResult) bool { return v.Name == telling(used, p.along) }))]
	p.drawn = Curve{Of: v.Name, Legend: [2]string{words.T("Value")}, Chart: curveOf(p.sum.plan, e, v)}
	if !math.IsNaN(p.drawn.Chart.Cost) {
		p.drawn.Legend[1] = words.T("Costs")
	}
	for _, v := range used {
		p.drawn.Options = append(p.drawn.Options, form.Option{Value: v.Name, Words: revise.Named(v.Label, v.Name)})
	}
	return p.drawn
}

// telling returns the variable that was chosen if there is still such a one,
// else a share with a range, else one with a range, else the first.
func telling(used []value.VariableResult, chosen string) string {
	best, rank := used[0].Name, 0
	for _, v := range used {
		is := 0
		if v.Low < v.High {
			is++
			if strings.TrimSpace(v.Unit) == "%" {
				is++
			}
		}
		if v.Name == chosen {
			return chosen
		}
		if is > rank {
			best, rank = v.Name, is
		}
	}
	return best
}

func curveOf(plan *value.Plan, e *value.Estimate, v value.VariableResult) *chart.Curve {
	from, to := reach(v)
	xs := make([]float64, curvePoints)
	for i := range xs {
		xs[i] = from + (to-from)*float64(i)/(curvePoints-1)
	}
	ys, _ := plan.Along(v.Name, xs)
	short := func(x float64) string { return brief(x, 1e4, v.Unit) }
	c := &chart.Curve{
		X: xs, Y: ys, Cost: math.NaN(), Today: v.Value, TodayY: e.Expected, Even: math.NaN(),
		TodayName: words.T("Estimate: %s", value.Short(v.Value, v.Unit)), XName: revise.Named(v.Label, v.Name),
		FormatX: short, FormatY: compact(e.Unit),
	}
	if len(e.Costs.Items) > 0 {
		c.Cost = e.Expected - e.Net
	}
	level := 0.0
	if !math.IsNaN(c.Cost) {
		level = c.Cost
	}
	if x, ok := crossing(plan, v.Name, xs, ys, level, v.Value); ok {
		c.Even, c.EvenName = x, words.T("Breaks even: %s", value.Short(rounded(x), v.Unit))
	}
	return c
}

// reach returns between which numbers a variable is looked at: a share all the
// way, anything else from nothing to twice what it is.
func reach(v value.VariableResult) (from, to float64) {
	switch size := max(math.Abs(v.Low), math.Abs(v.High), math.Abs(v.Value)); {
	case strings.TrimSpace(v.Unit) == "%" && v.Low >= 0 && v.High <= 1:
		return 0, 1
	case size == 0:
		return -1, 1
	case v.Low >= 0:
		return 0, max(2*v.Value, 1.25*v.High)
	case v.High <= 0:
		return min(2*v.Value, 1.25*v.Low), 0
	default:
		return -2 * size, 2 * size
	}
}

// crossing returns where the curve crosses a level nearest to a number.
func crossing(plan *value.Plan, name string, xs, ys []float64, level, near float64) (float64, bool) {
	found, ok := 0.0, false
	for i := 1; i < len(xs); i++ {
		if a, b := ys[i-1]-level, ys[i]-level; math.IsNaN(a) || math.IsNaN(b) || (a < 0) == (b < 0) {
			continue
		}
		low, high := xs[i-1], xs[i]
		rising := ys[i] > ys[i-1]
		const halvings = 50 // as exact as a number is
		for range halvings {
			middle := low + (high-low)/2
			y, _ := plan.Along(name, []float64{middle})
			if math.IsNaN(y[0]) {
				break
			}
			if (y[0] < level) == rising {
				low = middle
			} else {
				high = middle
			}
		}
		if !ok || math.Abs(high-near) < math.Abs(found-near) {
			found, ok = high, true
		}
	}
	return found, ok
}

// Along shows how the value follows a variable.
func (p *Presenter) Along(name string) { p.change(func() { p.along = name }) }
