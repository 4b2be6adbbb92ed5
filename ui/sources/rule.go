package sources

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// The fields of an expectation, as they are stored.
const (
	Of        = "source"
	Statement = "statement"
	Dimension = "dimension"
	Column    = "column"
	Rule      = "rule"
	Low       = "low"
	High      = "high"
	Values    = "values"
	Pattern   = "pattern"
	Share     = "share"
	Why       = "why"
)

// The rules, as they are stored.
const (
	IsPresent   = "is present"
	IsUnique    = "is unique"
	IsNumber    = "is a number"
	IsDate      = "is a date"
	IsBetween   = "is between"
	IsOneOf     = "is one of"
	Matches     = "matches"
	NoOlderThan = "is no older than"
	AgreesWith  = "agrees with"
)

// RuleKinds lists the rules in the order in which they are offered.
var RuleKinds = []string{IsPresent, IsUnique, IsNumber, IsDate, IsBetween, IsOneOf, Matches, NoOlderThan, AgreesWith}

// Needs returns the fields that a rule takes beside its column.
func Needs(rule string) []string {
	switch rule {
	case "":
		return nil
	case IsBetween:
		return []string{Low, High, Share}
	case IsOneOf:
		return []string{Values, Share}
	case Matches, AgreesWith:
		return []string{Pattern, Share}
	case NoOlderThan:
		return []string{High, Share}
	default:
		return []string{Share}
	}
}

// RuleName returns a rule as it is chosen.
func RuleName(rule string) string {
	switch rule {
	case IsPresent:
		return words.T("is present")
	case IsUnique:
		return words.T("is unique")
	case IsNumber:
		return words.T("is a number")
	case IsDate:
		return words.T("is a date")
	case IsBetween:
		return words.T("is between two numbers")
	case IsOneOf:
		return words.T("is one of these values")
	case Matches:
		return words.T("matches a pattern")
	case NoOlderThan:
		return words.T("is no older than")
	case AgreesWith:
		return words.T("agrees with another column")
	default:
		return ""
	}
}

// show returns what stands in a field for what is stored: numbers as people write
// them, a share in per cent.
func show(stored map[string]string, field string) string {
	unit := ""
	switch field {
	case Share:
		unit = "%"
	case Low, High:
	default:
		return stored[field]
	}
	if x, ok := value.ParseNumber(stored[field]); ok {
		return words.Number(x, unit)
	}
	return stored[field]
}

// store is the opposite of show.
func store(shown map[string]string, field string) string {
	text := strings.TrimSpace(shown[field])
	switch field {
	case Low, High, Share:
		if x, ok := number(shown, field); ok {
			return strconv.FormatFloat(x, 'g', -1, 64)
		}
		return text
	case Pattern:
		if shown[Rule] == Matches { // a blank is part of it
			return shown[field]
		}
	case Why:
		return shown[field]
	}
	return text
}

// number returns the number in a field, and whether there is one.
func number(shown map[string]string, field string) (float64, bool) {
	if field == Share {
		return words.ParseNumber(shown[field], "%")
	}
	return words.ParseNumber(shown[field], "")
}

// wrong returns what can't be stored as it is typed: field → a sentence.
func wrong(shown map[string]string) map[string]string {
	problems := map[string]string{}
	if blank(shown, Statement) {
		problems[Statement] = words.T("Say in a sentence what must hold.")
	}
	for _, field := range []string{Low, High, Share} {
		if _, ok := number(shown, field); !ok && !blank(shown, field) {
			problems[field] = words.T("This is not a number. Write it like %s.", example(field))
		}
	}
	if share, ok := number(shown, Share); ok && (share < 0 || share > 1) {
		problems[Share] = words.T("A share is between 0 and 100 %.")
	}
	low, hasLow := number(shown, Low)
	high, hasHigh := number(shown, High)
	if shown[Rule] == IsBetween && hasLow && hasHigh && low > high {
		problems[Low] = words.T("This is above the other end.")
		problems[High] = words.T("This is below the other end.")
	}
	if problem := CheckPattern(shown[Pattern]); shown[Rule] == Matches && problem != "" {
		problems[Pattern] = problem
	}
	return problems
}

// missing returns what a rule can't do without: field → a sentence.
func missing(shown map[string]string) map[string]string {
	problems := map[string]string{}
	if shown[Rule] != "" && blank(shown, Column) {
		problems[Column] = words.T("Name the column.")
	}
	switch shown[Rule] {
	case IsBetween:
		if blank(shown, Low) && blank(shown, High) {
			problems[Low] = words.T("Give one end at least.")
		}
	case IsOneOf:
		if blank(shown, Values) {
			problems[Values] = words.T("Write at least one value.")
		}
	case Matches:
		if shown[Pattern] == "" {
			problems[Pattern] = words.T("Write the pattern.")
		}
	case AgreesWith:
		if blank(shown, Pattern) {
			problems[Pattern] = words.T("Name the other column.")
		}
	case NoOlderThan:
		if hours, ok := number(shown, High); blank(shown, High) || ok && hours <= 0 {
			problems[High] = words.T("Say how many hours.")
		}
	}
	return problems
}

func blank(shown map[string]string, field string) bool { return strings.TrimSpace(shown[field]) == "" }

func example(field string) string {
	if field == Share {
		return "99 %"
	}
	return "0.8"
}

// CheckPattern returns why a pattern can't be read, nothing when it can.
func CheckPattern(pattern string) string {
	_, err := regexp.Compile(pattern)
	if wrong, ok := errors.AsType[*syntax.Error](err); ok {
		return words.T("This can't be read as a pattern, at “%s”: %s.", wrong.Expr, string(wrong.Code))
	}
	return ""
}
