package sources

import (
	"strings"

	"cairn/ui/edit"
	"cairn/ui/words"
)

// fewValues is how many values a sentence lists.
const fewValues = 4

// Sentence says what the rule of an expectation checks: "temperature is a number in
// at least 99 % of rows". It says nothing while there is no rule.
func Sentence(shown map[string]string) string {
	said := clause(shown)
	if said == "" {
		return ""
	}
	share, ok := number(shown, Share)
	if !ok || share == 1 {
		return words.T("%s in every row", said)
	}
	return words.T("%s in at least %s of rows", said, words.Number(share, "%"))
}

func clause(shown map[string]string) string {
	column := named(shown[Column], words.T("a column"))
	switch shown[Rule] {
	case IsPresent:
		return words.T("%s is present", column)
	case IsUnique:
		return words.T("%s is unique", column)
	case IsNumber:
		return words.T("%s is a number", column)
	case IsDate:
		return words.T("%s is a date", column)
	case IsBetween:
		return between(column, shown)
	case IsOneOf:
		return words.T("%s is one of %s", column, listed(shown[Values]))
	case Matches:
		return words.T("%s matches %s", column, named(shown[Pattern], "…"))
	case NoOlderThan:
		return words.T("%s is no older than %s", column, age(shown))
	case AgreesWith:
		return words.T("%s agrees with %s", column, named(shown[Pattern], words.T("another column")))
	default:
		return ""
	}
}

func between(column string, shown map[string]string) string {
	low, hasLow := number(shown, Low)
	high, hasHigh := number(shown, High)
	switch {
	case hasLow && hasHigh:
		return words.T("%s is between %s and %s", column, words.Number(low, ""), words.Number(high, ""))
	case hasLow:
		return words.T("%s is at least %s", column, words.Number(low, ""))
	case hasHigh:
		return words.T("%s is at most %s", column, words.Number(high, ""))
	default:
		return words.T("%s is between %s and %s", column, "…", "…")
	}
}

// age returns the hours of "is no older than", as days when they are whole ones.
func age(shown map[string]string) string {
	const day = 24
	hours, ok := number(shown, High)
	switch {
	case !ok:
		return words.T("%s hours", "…")
	case hours >= 2*day && hours == float64(int(hours/day))*day:
		return words.T("%s days", words.Number(hours/day, ""))
	default:
		return words.T("%s hours", words.Number(hours, ""))
	}
}

// listed returns the first of several values, typed one on each line.
func listed(typed string) string {
	var values []string
	for line := range strings.Lines(edit.Lines(typed)) {
		if line = strings.TrimSpace(line); line != "" {
			values = append(values, line)
		}
	}
	switch n := len(values); {
	case n == 0:
		return "…"
	case n > fewValues:
		return words.T("%s and %d more", strings.Join(values[:fewValues], ", "), n-fewValues)
	default:
		return strings.Join(values, ", ")
	}
}

func named(text, empty string) string {
	if text = strings.TrimSpace(text); text == "" {
		return empty
	}
	return text
}
