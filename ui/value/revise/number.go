package revise

import (
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// Part is one of the numbers of a quantity.
type Part int

// The parts of a quantity. Text is all there is of a formula.
const (
	Likely Part = iota
	Low
	High
	Text
)

// Flaw is what is wrong with one part of a quantity; nothing when Message is
// empty.
type Flaw struct {
	Part    Part
	Message string
}

// ReadNumber reads what was typed into a field of a unit: nil for nothing, and
// what is wrong when it is no number.
func ReadNumber(text, unit string) (x *float64, wrong string) {
	if strings.TrimSpace(text) == "" {
		return nil, ""
	}
	number, ok := words.ParseNumber(text, unit)
	if !ok {
		return nil, words.T("This is not a number. Write it like %s.", Example(unit))
	}
	return &number, ""
}

// Example is a number in a unit, as people write it.
func Example(unit string) string {
	if strings.TrimSpace(unit) == "%" {
		return "80 %"
	}
	return "1,200"
}

// With returns a quantity with one of its parts changed.
func With(q value.Quantity, part Part, x *float64) value.Quantity {
	switch part {
	case Low:
		q.Low = x
	case High:
		q.High = x
	default:
		if q.Mode != nil {
			q.Mode = nil // the likeliest number has one place from now on
		}
		q.Value = x
	}
	if q.Low == nil && q.High == nil {
		q.Distribution = ""
	}
	return q
}

// Disorder says what is wrong with the parts of a quantity together.
func Disorder(q value.Quantity, unit string) Flaw {
	likely := Likeliest(q)
	switch {
	case q.Low == nil && q.High != nil:
		return Flaw{Low, words.T("A range needs a low end too.")}
	case q.High == nil && q.Low != nil:
		return Flaw{High, words.T("A range needs a high end too.")}
	case q.Low == nil && likely == nil:
		return Flaw{Likely, words.T("Fill in a number.")}
	case q.Low == nil:
		return Flaw{}
	case *q.Low > *q.High:
		return Flaw{Low, words.T("Low is above high.")}
	case likely != nil && (*likely < *q.Low || *likely > *q.High):
		return Flaw{Likely, words.T("Outside %s to %s.", words.Number(*q.Low, unit), words.Number(*q.High, unit))}
	}
	return Flaw{}
}

// Likeliest returns the likeliest number of a quantity, nil for none.
func Likeliest(q value.Quantity) *float64 {
	if q.Mode != nil {
		return q.Mode
	}
	return q.Value
}
