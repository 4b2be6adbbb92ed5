package thread

import (
	"cmp"
	"math"
)

// Comparison is how a value must stand to the threshold, as requirements write it.
type Comparison string

// The comparisons.
const (
	AtLeast Comparison = ">="
	Above   Comparison = ">"
	AtMost  Comparison = "<="
	Below   Comparison = "<"
	Equal   Comparison = "="
)

// known reports whether this version can hold a value to c.
func (c Comparison) known() bool {
	switch c {
	case AtLeast, Above, AtMost, Below, Equal:
		return true
	default:
		return false
	}
}

// passes reports whether a value that stands to the threshold as order says
// (-1 below, 0 equal, 1 above) is good enough.
func (c Comparison) passes(order int) bool {
	switch c {
	case AtLeast:
		return order >= 0
	case Above:
		return order > 0
	case AtMost:
		return order <= 0
	case Below:
		return order < 0
	case Equal:
		return order == 0
	default:
		return false
	}
}

// Bound is what a gate holds one metric to. The threshold is the number that
// was agreed, in the unit of the gate.
type Bound struct {
	Metric     string
	Comparison Comparison
	Threshold  float64
}

// Tolerance is the share of the threshold by which a value may differ from it
// and still be equal: more than arithmetic adds to a number, and less than
// anybody can measure. Only zero itself equals a threshold of zero.
const Tolerance = 1e-9

// order returns how value stands to threshold: -1 below, 0 equal, 1 above.
func order(value, threshold float64) int {
	if math.Abs(value-threshold) <= Tolerance*math.Abs(threshold) {
		return 0
	}
	return cmp.Compare(value, threshold)
}

// percentUnits are the ways to write the only unit that means something to a
// gate. A threshold in one that is not here would be compared as it is, and 5
// would let any error rate pass.
var percentUnits = []string{"%", "％", "percent", "per cent", "퍼센트"}

func isPercent(unit string) bool {
	for _, u := range percentUnits {
		if sameName(unit) == sameName(u) {
			return true
		}
	}
	return false
}

// strictest returns the fewest bounds that are met exactly when every
// combination is.
func strictest(metrics []string, comparisons []Comparison, thresholds []float64) []Bound {
	if len(thresholds) == 0 {
		return nil
	}
	low, high := thresholds[0], thresholds[0]
	for _, t := range thresholds {
		low, high = min(low, t), max(high, t)
	}
	var out []Bound
	for _, metric := range metrics {
		for _, c := range comparisons {
			if c == AtMost || c == Below || c == Equal {
				out = append(out, Bound{metric, c, low})
			}
			if c == AtLeast || c == Above || (c == Equal && high > low) {
				out = append(out, Bound{metric, c, high})
			}
		}
	}
	return out
}
