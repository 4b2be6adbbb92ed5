package value

import (
	"regexp"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// token matches a name, a number, or one sign of a formula.
var token = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*|[0-9][0-9_.,]*(?:[eE][+-]?[0-9]+)?%?|<=|>=|==|!=|[^\s]`)

// product matches a formula that only multiplies names and numbers.
var product = regexp.MustCompile(`^[\p{L}\p{N}_.\s*]+$`)

// termsMost is how many parts the strip shows: a longer formula is read as text.
const termsMost = 13

// terms returns the formula part by part, each with its number. A step that is
// a product within a product stands as its own factors, so that the whole sum
// is seen at once.
func terms(e *value.Estimate, m value.Model) []Term {
	formula := e.Formula
	if product.MatchString(formula) {
		for _, s := range m.Steps {
			if product.MatchString(s.Formula) {
				formula = regexp.MustCompile(`\b`+regexp.QuoteMeta(s.Name)+`\b`).ReplaceAllString(formula, s.Formula)
			}
		}
	}
	found := token.FindAllString(formula, -1)
	if len(found) > termsMost {
		return nil
	}
	numbers, labels := map[string]string{}, map[string]string{}
	for _, v := range e.Variables {
		numbers[v.Name], labels[v.Name] = value.Short(v.Value, v.Unit), v.Label
	}
	for _, s := range e.Steps {
		numbers[s.Name], labels[s.Name] = value.Short(s.Value, s.Unit), s.Label
	}
	var out []Term
	for _, t := range found {
		if number, ok := numbers[t]; ok {
			out = append(out, Term{Number: number, Caption: called(t, labels[t])})
			continue
		}
		out = append(out, Term{Operator: sign(t)})
	}
	caption := words.Period(e.Unit)
	if caption == "" {
		caption = words.T("in all")
	}
	return append(out, Term{Operator: "="}, Term{Number: exactly(e.Expected, e.Unit), Caption: caption})
}

// called returns a short name for a number: its own, or what people call it where
// the language has no word for that.
func called(name, label string) string {
	own := spaced(name)
	if caption := words.Data(own); caption != own || label == "" || words.Spoken() == words.English {
		return caption
	}
	return words.Data(label)
}

// sign returns how an operator is printed.
func sign(operator string) string {
	return strings.NewReplacer("*", "×", "-", "−", "<=", "≤", ">=", "≥", "!=", "≠").Replace(operator)
}
