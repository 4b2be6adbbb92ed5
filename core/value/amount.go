package value

import (
	"strconv"
	"strings"
)

// Amount returns x in a unit for people: "$3,200 a month", "80 %", "400
// customers a month". The unit is as a model writes it.
func Amount(x float64, unit string) string {
	number, words := split(x, unit)
	return number + words
}

// Short returns x with what stands at the number itself, a currency or a
// percent sign, and without the words of its unit: "$3,200".
func Short(x float64, unit string) string {
	number, _ := split(x, unit)
	return number
}

// Between returns a range for people: "800 to 1,300 customers a month".
func Between(low, high float64, unit string) string {
	return Short(low, unit) + " to " + Amount(high, unit)
}

// split returns the number and the words of an amount.
func split(x float64, unit string) (number, words string) {
	if strings.TrimSpace(unit) == "%" {
		return FormatNumber(rounded(x*100)) + " %", ""
	}
	u, err := ParseUnit(unit)
	if err != nil {
		return FormatNumber(x), " " + unit
	}
	number = FormatNumber(x)
	var counted, per strings.Builder
	for _, f := range u.factors {
		shown := f.shown
		if e := max(f.exp, -f.exp); e != 1 {
			shown += "^" + strconv.Itoa(e)
		}
		switch {
		case f.exp == 1 && currencyOf(f.word) != "" && counted.Len() == 0:
			number = money(x, f.word)
		case f.exp == -1 && isPeriod(f.word):
			per.WriteString(" " + PerOne(f.word))
		case f.exp < 0:
			per.WriteString(" per " + f.word)
		case f.exp == 1 && number != "1":
			counted.WriteString(" " + plural(f.shown))
		default:
			counted.WriteString(" " + shown)
		}
	}
	return number, counted.String() + per.String()
}

// PerOne returns a period of time as prices have it: "a month", "an hour".
func PerOne(period string) string {
	if period == "hour" {
		return "an hour"
	}
	return "a " + period
}

// plural returns the form of an English word for several. Words in capitals
// and of other scripts have none.
func plural(word string) string {
	last := word[len(word)-1]
	switch {
	case len(word) <= 3, last < 'a', last > 'z', singular(word) != word:
		return word
	case last == 'y' && !strings.ContainsRune("aeiou", rune(word[len(word)-2])):
		return word[:len(word)-1] + "ies"
	case last == 's', last == 'x', strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"):
		return word + "es"
	}
	return word + "s"
}
