package requirements

import (
	"strconv"
	"strings"

	"cairn/ui/words"
)

// problems says what is wrong with the fields of a requirement, by field.
func problems(fields map[string]string) map[string]string {
	out := map[string]string{}
	blank := func(field string) bool { return strings.TrimSpace(fields[field]) == "" }
	if blank(Title) {
		out[Title] = words.T("Say in a sentence what must hold.")
	}
	if !blank(Threshold) {
		if _, ok := threshold(fields); !ok {
			out[Threshold] = words.T("This is not a number. Write it like %s.", "0.8")
		}
	}
	// A gate takes all three; one or two of them alone are a slip.
	named := !blank(Metric) || !blank(Threshold)
	if named && blank(Metric) {
		out[Metric] = words.T("Name what is measured.")
	}
	if named && blank(Comparison) {
		out[Comparison] = words.T("Choose how to compare.")
	}
	if named && blank(Threshold) {
		out[Threshold] = words.T("Say how much it must be.")
	}
	return out
}

// unstorable are the problems that keep a field from being stored; what is only
// missing keeps nothing.
func unstorable(field, text string, fields map[string]string) bool {
	switch field {
	case Title:
		return strings.TrimSpace(text) == ""
	case Threshold:
		_, ok := threshold(fields)
		return !ok && strings.TrimSpace(text) != ""
	}
	return false
}

// threshold reads the number that a requirement is held to.
func threshold(fields map[string]string) (float64, bool) {
	return words.ParseNumber(fields[Threshold], fields[Unit])
}

// saveable returns the drafts that can be stored, as the fields take them. The
// caller holds mu.
func (p *Presenter) saveable() map[string]map[string]string {
	out := map[string]map[string]string{}
	for id, drafts := range p.drafts {
		if id == New && strings.TrimSpace(drafts[Title]) == "" {
			continue
		}
		for field, text := range drafts {
			fields := map[string]string{Threshold: p.text(id, Threshold), Unit: p.text(id, Unit)}
			if unstorable(field, text, fields) {
				continue
			}
			if out[id] == nil {
				out[id] = map[string]string{}
			}
			out[id][field] = text
		}
	}
	return out
}

// stored returns fields as documents hold them: a threshold as a number, a
// share as a part of one.
func stored(fields map[string]string, unit string) map[string]string {
	out := make(map[string]string, len(fields))
	for field, text := range fields {
		out[field] = strings.TrimSpace(text)
		if x, ok := words.ParseNumber(text, unit); ok && field == Threshold {
			out[field] = strconv.FormatFloat(x, 'g', -1, 64)
		}
	}
	return out
}

// gate says what a requirement is held to: "recall ≥ 80 %", nothing while it
// can't be measured.
func gate(fields map[string]string) string {
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
