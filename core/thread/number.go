package thread

import (
	"math"
	"strconv"
	"strings"
)

// shift returns x times ten to the power of by, rounded once: 99.9 shifted by
// -2 is 0.999, where 99.9 / 100 is not. What is too large becomes the largest
// number there is.
func shift(x float64, by int) float64 {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	n, err := strconv.Atoi(exponent)
	if err != nil {
		return x // NaN or infinite
	}
	y, err := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(n+by), 64)
	if err != nil {
		return math.Copysign(math.MaxFloat64, x)
	}
	return y
}

// sureDigits is how many decimal digits of a float64 are always right.
const sureDigits = 15

// difference returns a - b without the noise of binary fractions: 0.78 - 0.8
// is -0.02. It is finite.
func difference(a, b float64) float64 {
	d := a - b
	if math.IsInf(d, 0) {
		return math.Copysign(math.MaxFloat64, d)
	}
	places := sureDigits - digitsBefore(max(math.Abs(a), math.Abs(b)))
	if places <= 0 {
		return d
	}
	y, err := strconv.ParseFloat(fixed(d, places), 64)
	if err != nil {
		return d
	}
	return y + 0 // no -0
}

// digitsBefore returns how many digits x has before the decimal point, a
// negative number when zeros follow it.
func digitsBefore(x float64) int {
	if x == 0 {
		return 0
	}
	return int(math.Floor(math.Log10(x))) + 1
}

func fixed(x float64, places int) string { return strconv.FormatFloat(x, 'f', places, 64) }

// places returns how many decimals it takes to write x in full.
func places(x float64) int {
	_, decimals, _ := strings.Cut(fixed(x, -1), ".")
	return len(decimals)
}

// plain reports whether x is of a size that people read without an exponent.
func plain(x float64) bool {
	size := math.Abs(x)
	return x == 0 || size >= 1e-6 && size < 1e15
}

// number writes x in full.
func number(x float64) string {
	if !plain(x) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return fixed(x+0, -1)
}

// shownDigits is how many digits of a measured value people are shown, when
// that is enough to tell it from the threshold.
const shownDigits = 4

// figures writes a value, the threshold that it is not equal to, and the gap
// between them, with as many decimals each.
func figures(value, threshold float64) (shown, agreed, gap string) {
	between := math.Abs(difference(value, threshold))
	size := max(math.Abs(value), math.Abs(threshold))
	if !plain(size) || !plain(threshold) {
		return number(value), number(threshold), number(between)
	}
	most := places(value)
	n := max(places(threshold), min(most, shownDigits-digitsBefore(size)))
	for n < most && (fixed(value, n) == fixed(threshold, n) || fixed(between, n) == fixed(0, n)) {
		n++
	}
	return fixed(value, n), fixed(threshold, n), fixed(between, n)
}
