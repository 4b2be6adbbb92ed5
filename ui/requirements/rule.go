package requirements

import (
	"strconv"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// wrong says which fields can't be stored as they are, and why.
func wrong(shown map[string]string) map[string]string {
	out := map[string]string{}
	if blank(shown, Title) {
		out[Title] = words.T("Say in a sentence what must hold.")
	}
	if _, ok := threshold(shown); !ok && !blank(shown, Threshold) {
		out[Threshold] = words.T("This is not a number. Write it like %s.", "0.8")
	}
	return out
}

// missing says what is still needed. A gate takes all of metric, comparison and
// threshold; one or two of them alone are a slip.
func missing(shown map[string]string) map[string]string {
	out := map[string]string{}
	if blank(shown, Metric) && blank(shown, Threshold) {
		return out
	}
	for field, said := range map[string]string{
		Metric: words.T("Name what is measured."), Comparison: words.T("Choose how to compare."), Threshold: words.T("Say how much it must be."),
	} {
		if blank(shown, field) {
			out[field] = said
		}
	}
	return out
}

func blank(fields map[string]string, field string) bool {
	return strings.TrimSpace(fields[field]) == ""
}

// threshold reads the number that a requirement is held to: a share as a part of
// one.
func threshold(shown map[string]string) (float64, bool) {
	return words.ParseNumber(shown[Threshold], shown[Unit])
}

// inUnit is how much of the unit a threshold counts in when it is stored: the
// gate of a requirement stored as 80 with the unit % opens at 0.8.
func inUnit(unit string) float64 {
	if strings.TrimSpace(unit) == "%" {
		return 100
	}
	return 1
}

// show returns a stored field as a person reads it: a number in the unit.
func show(stored map[string]string, field string) string {
	if x, ok := value.ParseNumber(stored[field]); ok && field == Threshold {
		return words.Number(x/inUnit(stored[Unit]), stored[Unit])
	}
	return stored[field]
}

// store returns a field as documents hold it: a threshold as a number of its unit.
func store(shown map[string]string, field string) string {
	if field == Notes {
		return shown[field]
	}
	if x, ok := threshold(shown); ok && field == Threshold {
		return strconv.FormatFloat(x*inUnit(shown[Unit]), 'g', 15, 64)
	}
	return strings.TrimSpace(shown[field])
}

// Gate says what a requirement is held to: "recall ≥ 80 %", nothing while it
// can't be measured.
func Gate(fields map[string]string) string {
	x, ok := threshold(fields)
	if !ok || fields[Metric] == "" || fields[Comparison] == "" {
		return ""
	}
	return fields[Metric] + " " + Sign(fields[Comparison]) + " " + words.Amount(x, fields[Unit])
}

// Sign returns how a comparison is printed.
func Sign(comparison string) string {
	switch comparison {
	case ">=":
		return "≥"
	case "<=":
		return "≤"
	}
	return comparison
}
