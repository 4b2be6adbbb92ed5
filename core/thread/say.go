package thread

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

const unreadSentence = "This version of Cairn can't read all of the requirement, so the gate is closed: update Cairn."

// withoutData says why there is nothing to compare.
func (b Bound) withoutData(err error) string {
	switch {
	case errors.Is(err, errNotFinite):
		return fmt.Sprintf("%s did not come out as a finite number, which is no data, and no data is never a pass.", b.Metric)
	case errors.Is(err, errSpellings):
		return fmt.Sprintf("%s was measured under several spellings with different values, so none of them counts.", b.Metric)
	default:
		return fmt.Sprintf("There is no data on %s, and no data is never a pass.", b.Metric)
	}
}

// withData says how a value stands to what was agreed.
func (g Gate) withData(b Bound, value float64, order int) string {
	if isPercent(g.Unit) {
		value = shift(value, 2)
	}
	if order == 0 {
		at := g.withUnit(number(b.Threshold))
		return fmt.Sprintf("%s%s %s equals the agreed %s%s.", g.dispute(), b.Metric, at, at, b.demand(order))
	}
	shown, agreed, gap := figures(value, b.Threshold)
	side := "above"
	if order < 0 {
		side = "below"
	}
	return fmt.Sprintf("%s%s %s is %s the agreed %s by %s%s.", g.dispute(), b.Metric, g.withUnit(shown), side, g.withUnit(agreed), g.distance(gap), b.demand(order))
}

// demand says what is asked for, where being above or below does not tell.
func (b Bound) demand(order int) string {
	switch {
	case b.Comparison == Equal && order != 0:
		return ", and must equal it"
	case b.Comparison == Above && order == 0:
		return ", and must be above it"
	case b.Comparison == Below && order == 0:
		return ", and must be below it"
	default:
		return ""
	}
}

// dispute says which part people don't agree about.
func (g Gate) dispute() string {
	switch words := disputed(g.Disputed); len(words) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("The %s is disputed and the strictest counts: ", words[0])
	default:
		last := len(words) - 1
		return fmt.Sprintf("The %s and the %s are disputed and the strictest counts: ", strings.Join(words[:last], ", the "), words[last])
	}
}

func disputed(parts []Part) []string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = string(p)
	}
	return words
}

func (g Gate) withUnit(number string) string {
	switch {
	case isPercent(g.Unit):
		return number + " %"
	case g.Unit == "":
		return number
	default:
		return number + " " + g.Unit
	}
}

// distance writes a gap: percentages differ by points, not by per cent.
func (g Gate) distance(number string) string {
	switch {
	case !isPercent(g.Unit):
		return g.withUnit(number)
	case number == "1":
		return "1 percentage point"
	default:
		return number + " percentage points"
	}
}

// Demand writes what a bound of the gate asks for: "recall >= 80 %".
func (g Gate) Demand(b Bound) string {
	return fmt.Sprintf("%s %s %s", b.Metric, b.Comparison, g.withUnit(number(b.Threshold)))
}

// doubt says which number was probably meant otherwise.
func (g Gate) doubt(r Result) string {
	at := r.Bound.Threshold
	switch {
	case !isPercent(g.Unit):
		return ""
	case at != 0 && math.Abs(at) < 1:
		return fmt.Sprintf("The agreed %s %% of %s is %s as a plain number: if %s %% is meant, the threshold is %s.", number(at), r.Bound.Metric, number(shift(at, -2)), number(shift(at, 2)), number(shift(at, 2)))
	case r.State != NoData && r.Value > 1:
		return fmt.Sprintf("A measured %s of %s is %s %%: if %s %% is meant, the value is %s.", r.Bound.Metric, number(r.Value), number(shift(r.Value, 2)), number(r.Value), number(shift(r.Value, -2)))
	default:
		return ""
	}
}
