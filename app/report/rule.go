package report

import (
	"strings"

	"cairn/core/value"
)

// rule says in words how an expectation is checked, nothing when it can't be.
// Patterns and columns stand in it as they are written, for those who use them.
func (w *writer) rule(e Expectation) string {
	if e.Rule == "" {
		return ""
	}
	column := strings.TrimSpace(e.Column)
	if column == "" || !w.audience.rules() {
		column = w.T("the column")
	}
	switch e.Rule {
	case "is present":
		return w.T("%s is present", column)
	case "is unique":
		return w.T("%s is unique", column)
	case "is a number":
		return w.T("%s is a number", column)
	case "is a date":
		return w.T("%s is a date", column)
	case "is between":
		return w.between(column, e.Low, e.High)
	case "is one of":
		return w.T("%s is one of: %s", column, list(e.Values))
	case "is no older than":
		if e.High == nil {
			return ""
		}
		return w.T("%s is no older than %s hours", column, value.FormatNumber(*e.High))
	case "matches":
		if !w.audience.rules() {
			return w.T("%s has a certain form", column)
		}
		return w.T("%s matches %s", column, e.Pattern)
	case "agrees with":
		if !w.audience.rules() {
			return w.T("%s agrees with another one", column)
		}
		return w.T("%s agrees with %s", column, e.Pattern)
	}
	return ""
}

func (w *writer) between(column string, low, high *float64) string {
	switch {
	case low != nil && high != nil:
		return w.T("%s is between %s and %s", column, value.FormatNumber(*low), value.FormatNumber(*high))
	case low != nil:
		return w.T("%s is at least %s", column, value.FormatNumber(*low))
	case high != nil:
		return w.T("%s is at most %s", column, value.FormatNumber(*high))
	}
	return ""
}
