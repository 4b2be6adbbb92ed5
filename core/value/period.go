package value

import (
	"strings"
)

// monthsIn is how long the periods are that costs and values repeat in. Days
// and what is shorter follow from the year of 365.25 days.
var monthsIn = map[string]float64{
	"hour": 12 / (365.25 * 24), "day": 12 / 365.25, "week": 12 * 7 / 365.25,
	"month": 1, "quarter": 3, "year": 12,
}

func isPeriod(word string) bool { return monthsIn[word] > 0 }

// period returns the stretch of time that u is counted per, empty if none.
func (u Unit) period() string {
	for _, f := range u.factors {
		if f.exp == -1 && isPeriod(f.word) {
			return f.word
		}
	}
	return ""
}

// withoutPeriod returns u per nothing.
func (u Unit) withoutPeriod() Unit {
	if p := u.period(); p != "" {
		return u.Times(Unit{[]factor{{word: p, shown: p, exp: 1}}})
	}
	return u
}

// parseEvery reads a stretch of time such as "3 months", "quarter" or "2
// weeks", and returns it in months.
func parseEvery(text string) (months float64, ok bool) {
	count := 1.0
	words := strings.Fields(text)
	if len(words) == 2 {
		if count, ok = ParseNumber(words[0]); !ok {
			return 0, false
		}
		words = words[1:]
	}
	if len(words) != 1 {
		return 0, false
	}
	months = count * monthsIn[singular(strings.ToLower(words[0]))]
	return months, months > 0
}
