package value

import (
	"math"
	"slices"
)

const (
	digitBits   = 11
	digitValues = 1 << digitBits
	// fewDraws are sorted by comparison: counting digits would take longer.
	fewDraws = 2000
)

// sortDraws sorts by value without comparing: it puts the draws into the order
// of eleven bits of their values after eleven bits, the lowest first.
func sortDraws(draws []draw) {
	if len(draws) < fewDraws {
		slices.SortFunc(draws, byValue)
		return
	}
	from, to := draws, make([]draw, len(draws))
	for shift := 0; shift < 64; shift += digitBits {
		var start [digitValues]int
		for _, d := range from {
			start[d.key()>>shift%digitValues]++
		}
		if start[from[0].key()>>shift%digitValues] == len(from) {
			continue // all have the same digit
		}
		sum := 0
		for i, n := range start {
			start[i], sum = sum, sum+n
		}
		for _, d := range from {
			digit := d.key() >> shift % digitValues
			to[start[digit]] = d
			start[digit]++
		}
		from, to = to, from
	}
	if &from[0] != &draws[0] {
		copy(draws, from)
	}
}

// key returns the bits of the value in a form that rises with it.
func (d draw) key() uint64 {
	bits := math.Float64bits(d.value)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// byValue orders draws. Their values are finite, which cmp.Compare would check
// a million times.
func byValue(a, b draw) int {
	switch {
	case a.value < b.value:
		return -1
	case a.value > b.value:
		return 1
	}
	return 0
}
