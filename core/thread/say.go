package thread

import (
	"errors"
	"fmt"
	"math"

	"cairn/core/sentence"
)

// unread is said of a gate of which not all can be read.
func unread() sentence.Sentence {
	return sentence.New("This version of Cairn can't read all of the requirement, so the gate is closed: update Cairn.")
}

// withoutData says why there is nothing to compare.
func (b Bound) withoutData(err error) sentence.Sentence {
	switch {
	case errors.Is(err, errNotFinite):
		return sentence.New("%s did not come out as a finite number, which is no data, and no data is never a pass.", b.Metric)
	case errors.Is(err, errSpellings):
		return sentence.New("%s was measured under several spellings with different values, so none of them counts.", b.Metric)
	default:
		return sentence.New("There is no data on %s, and no data is never a pass.", b.Metric)
	}
}

// withData says how a value stands to what was agreed.
func (g Gate) withData(b Bound, value float64, order int) sentence.Sentence {
	if isPercent(g.Unit) {
		value = shift(value, 2)
	}
	if order == 0 {
		return g.dispute(b.equals(g.withUnit(number(b.Threshold))))
	}
	shown, agreed, gap := figures(value, b.Threshold)
	return g.dispute(b.apart(order, g.withUnit(shown), g.withUnit(agreed), g.distance(gap)))
}

// equals says that what was measured is what was agreed, and what is asked for
// where that does not tell.
func (b Bound) equals(at string) sentence.Sentence {
	switch b.Comparison {
	case Above:
		return sentence.New("%s %s equals the agreed %s, and must be above it.", b.Metric, at, at)
	case Below:
		return sentence.New("%s %s equals the agreed %s, and must be below it.", b.Metric, at, at)
	default:
		return sentence.New("%s %s equals the agreed %s.", b.Metric, at, at)
	}
}

// apart says by how much what was measured differs from what was agreed.
func (b Bound) apart(order int, shown, agreed string, gap sentence.Arg) sentence.Sentence {
	switch {
	case order < 0 && b.Comparison == Equal:
		return sentence.New("%s %s is below the agreed %s by %s, and must equal it.", b.Metric, shown, agreed, gap)
	case order < 0:
		return sentence.New("%s %s is below the agreed %s by %s.", b.Metric, shown, agreed, gap)
	case b.Comparison == Equal:
		return sentence.New("%s %s is above the agreed %s by %s, and must equal it.", b.Metric, shown, agreed, gap)
	default:
		return sentence.New("%s %s is above the agreed %s by %s.", b.Metric, shown, agreed, gap)
	}
}

// dispute says before a sentence which parts people don't agree about.
func (g Gate) dispute(said sentence.Sentence) sentence.Sentence {
	parts := make([]any, 0, len(g.Disputed)+1)
	for _, p := range g.Disputed {
		parts = append(parts, sentence.Own(string(p)))
	}
	parts = append(parts, said)
	switch len(g.Disputed) {
	case 0:
		return said
	case 1:
		return sentence.New("The %s is disputed and the strictest counts: %s", parts...)
	case 2:
		return sentence.New("The %s and the %s are disputed and the strictest counts: %s", parts...)
	default:
		return sentence.New("The %s, the %s and the %s are disputed and the strictest counts: %s", parts...)
	}
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
func (g Gate) distance(number string) sentence.Arg {
	switch {
	case !isPercent(g.Unit):
		return sentence.Wrote(g.withUnit(number))
	case number == "1":
		return sentence.Own("1 percentage point")
	default:
		return sentence.Within(sentence.New("%s percentage points", number))
	}
}

// Demand writes what a bound of the gate asks for: "recall >= 80 %".
func (g Gate) Demand(b Bound) string {
	return fmt.Sprintf("%s %s %s", b.Metric, b.Comparison, g.withUnit(number(b.Threshold)))
}

// doubt says which number was probably meant otherwise.
func (g Gate) doubt(r Result) sentence.Sentence {
	at := r.Bound.Threshold
	switch {
	case !isPercent(g.Unit):
		return sentence.Sentence{}
	case at != 0 && math.Abs(at) < 1:
		return sentence.New("The agreed %s %% of %s is %s as a plain number: if %s %% is meant, the threshold is %s.", number(at), r.Bound.Metric, number(shift(at, -2)), number(shift(at, 2)), number(shift(at, 2)))
	case r.State != NoData && r.Value > 1:
		return sentence.New("A measured %s of %s is %s %%: if %s %% is meant, the value is %s.", r.Bound.Metric, number(r.Value), number(shift(r.Value, 2)), number(r.Value), number(shift(r.Value, -2)))
	default:
		return sentence.Sentence{}
	}
}
