package value

import (
	"math"
	"strconv"
	"strings"
)

// ParseNumber reads a number as people write it: "0.8", "80 %", "100,000",
// "100_000", "1e5".
func ParseNumber(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	share, percent := strings.CutSuffix(text, "%")
	digits := strings.TrimSpace(share)
	if strings.Contains(digits, ",") && !grouped(digits) {
		return 0, false
	}
	digits = strings.NewReplacer(",", "", "_", "", "−", "-").Replace(digits)
	if strings.ContainsAny(digits, "xXpPiInN") { // hexadecimal, and the words that Go takes for numbers
		return 0, false
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, false
	}
	if percent {
		x /= 100
	}
	return x + 0, true // no -0
}

// grouped reports whether the commas in text stand before every third digit.
func grouped(text string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimLeft(text, "-−+"), ".")
	parts := strings.Split(whole, ",")
	for i, p := range parts {
		if len(p) != 3 && (i > 0 || len(p) == 0 || len(p) > 3) {
			return false
		}
	}
	return !strings.Contains(fraction, ",")
}

// shownDigits is how many significant digits people are shown: more would
// claim a precision that no estimate has. Whole numbers are shown in full.
const shownDigits = 4

// FormatNumber returns x for people: "3,200", "0.8", "1.235e+12".
func FormatNumber(x float64) string {
	if x < 0 {
		return "−" + FormatNumber(-x)
	}
	switch {
	case x >= 1e12 || (x < 1e-4 && x != 0):
		return strconv.FormatFloat(x, 'g', shownDigits, 64)
	case x == math.Trunc(x), x >= 1000:
		return group(strconv.FormatFloat(x+0, 'f', 0, 64)) // no -0
	}
	return strconv.FormatFloat(rounded(x), 'f', -1, 64)
}

// rounded returns x to shownDigits significant digits.
func rounded(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', shownDigits, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// group puts commas into the digits of a whole number.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
