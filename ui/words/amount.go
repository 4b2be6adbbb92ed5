package words

import (
	"math"
	"strconv"
	"strings"

	"cairn/core/value"
)

// Amount returns x in a unit: "$3,200 a month".
func Amount(x float64, unit string) string {
	number := value.Short(x, unit)
	tail := strings.TrimSpace(strings.TrimPrefix(value.Amount(x, unit), number))
	if tail == "" {
		return number
	}
	return number + " " + Data(tail)
}

// Unit returns a unit without a number, as it stands beside a field: "$ per
// customer", "customers a month".
func Unit(unit string) string {
	const several = 2
	number := value.Short(several, unit)
	tail := Data(strings.TrimSpace(strings.TrimPrefix(value.Amount(several, unit), number)))
	if strings.TrimSpace(unit) == "%" {
		return "%"
	}
	sign := strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(number, "2.00", ""), "2", ""))
	return strings.TrimSpace(sign + " " + tail)
}

// Period returns what an amount is paid in: "a month", nothing for a total.
func Period(unit string) string {
	number := value.Short(1, unit)
	return Data(strings.TrimSpace(strings.TrimPrefix(value.Amount(1, unit), number)))
}

// Number returns x exactly, as it stands in a field: a share as per cent,
// thousands apart.
func Number(x float64, unit string) string {
	if strings.TrimSpace(unit) == "%" {
		return grouped(math.Round(x*100*1e9)/1e9) + " %"
	}
	return grouped(x)
}

func grouped(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if math.Abs(x) >= 1e15 {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	whole, rest, _ := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return sign + whole
}

// ParseNumber reads what was typed into a field of a unit. Where a share is
// asked for, 70 is 70 %, and 0.7 is too.
func ParseNumber(text, unit string) (float64, bool) {
	text = strings.TrimSpace(text)
	for _, sign := range []string{"$", "€", "£", "₩", "¥"} {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, sign), sign))
	}
	x, ok := value.ParseNumber(text)
	if ok && strings.TrimSpace(unit) == "%" && !strings.Contains(text, "%") && math.Abs(x) > 1 {
		x /= 100
	}
	return x, ok
}
