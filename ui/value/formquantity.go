package value

import (
	"regexp"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// The fields of forms.
const (
	idLabel    = "label"
	idName     = "name"
	idUnit     = "unit"
	idShape    = "shape"
	idLikely   = "likely"
	idLow      = "low"
	idHigh     = "high"
	idWhy      = "why"
	idFormula  = "formula"
	idOften    = "often"
	idEvery    = "every"
	idSpan     = "span"
	idAbout    = "about"
	idMoney    = "money"
	idPeriod   = "period"
	idDiscount = "discount"
)

// goodName matches what can name a variable or a step.
var goodName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}\p{M}_]*$`)

// beginQuantity fills in the numbers of a quantity.
func beginQuantity(q value.Quantity, unit string, f *filling) {
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return words.Number(*x, unit)
	}
	f.values[idLikely], f.values[idLow], f.values[idHigh] = number(likeliest(q)), number(q.Low), number(q.High)
	f.values[idShape] = string(shapeOf(q))
}

// shapeOf returns the distribution of a quantity, also one that it leaves open.
func shapeOf(q value.Quantity) value.Shape {
	switch {
	case q.Low == nil && q.High == nil:
		return value.Fixed
	case q.Distribution != "":
		return q.Distribution
	case likeliest(q) == nil:
		return value.Uniform
	}
	return value.Triangular
}

// quantityFields are those of the numbers of a quantity: which, depends on its
// distribution.
func quantityFields(f *filling, unit string) []Field {
	shapes := []Option{
		{string(value.Fixed), words.T("One number, exact")},
		{string(value.Uniform), words.T("Uniform: all as likely")},
		{string(value.Triangular), words.T("Triangular: likeliest in between")},
		{string(value.PERT), words.T("PERT: like triangular, ends less likely")},
		{string(value.Normal), words.T("Normal: symmetric, no ends")},
		{string(value.LogNormal), words.T("Log-normal: never below 0, long way up")},
	}
	aside := words.Unit(unit)
	likely := Field{ID: idLikely, Label: words.T("Likely"), Aside: aside, Row: "numbers", Example: example(unit)}
	low := Field{ID: idLow, Label: words.T("Low"), Row: "numbers"}
	high := Field{ID: idHigh, Label: words.T("High"), Row: "numbers"}
	switch value.Shape(f.values[idShape]) {
	case value.Fixed:
		return []Field{{ID: idShape, Label: words.T("How sure it is"), Options: shapes}, likely}
	case value.Uniform:
		likely.Example = words.T("the middle")
	case value.Normal, value.LogNormal:
		likely.Example = words.T("the middle")
		low.Help, high.Help = words.T("1 in 10 is lower"), words.T("1 in 10 is higher")
	case value.Triangular, value.PERT:
	}
	likely.Aside, high.Aside = "", aside
	return []Field{{ID: idShape, Label: words.T("How sure it is"), Options: shapes}, likely, low, high}
}

func example(unit string) string {
	if strings.TrimSpace(unit) == "%" {
		return "80 %"
	}
	return "1,200"
}

// quantity reads the numbers of a form.
func (f *filling) quantity(unit string, problems map[string]string) value.Quantity {
	shape := value.Shape(f.values[idShape])
	ids := map[Part]string{Likely: idLikely, Low: idLow, High: idHigh}
	var q value.Quantity
	for part, to := range map[Part]**float64{Likely: &q.Value, Low: &q.Low, High: &q.High} {
		if shape == value.Fixed && part != Likely {
			continue
		}
		x, wrong := number64(f.values[ids[part]], unit, part)
		if wrong != nil {
			problems[ids[part]] = wrong.message
		}
		*to = x
	}
	if len(problems) > 0 {
		return q
	}
	needsMode := shape == value.Triangular || shape == value.PERT
	switch wrong := disorder(q, unit); {
	case shape != value.Fixed && q.Low == nil:
		problems[idLow] = words.T("A range needs a low end too.")
	case wrong != nil:
		problems[ids[wrong.part]] = wrong.message
	case needsMode && q.Value == nil:
		problems[idLikely] = words.T("This distribution needs a likeliest number.")
	case shape == value.LogNormal && *q.Low <= 0:
		problems[idLow] = words.T("A log-normal number is always above 0.")
	}
	if shape != value.Fixed && shape != shapeOf(value.Quantity{Value: q.Value, Low: q.Low, High: q.High}) {
		q.Distribution = shape
	}
	return q
}

// naming returns the fields in which something gets its label, and its name in
// formulas.
func naming(m value.Model, f *filling, example string) []Field {
	out := []Field{{ID: idLabel, Label: words.T("Name"), Example: example, Row: "name"}}
	if !f.touched[idName] && f.name == "" {
		f.values[idName] = ""
		if f.get(idLabel) != "" {
			f.values[idName] = nameFor(m, f.get(idLabel))
		}
	}
	return append(out, Field{ID: idName, Label: words.T("In formulas"), Example: "new_customers", Row: "name"})
}

// checkNaming says what is wrong with label and name.
func (f *filling) checkNaming(m value.Model, problems map[string]string) {
	name := f.get(idName)
	if f.get(idLabel) == "" {
		problems[idLabel] = words.T("Give it a name.")
	}
	switch {
	case name == "" && f.get(idLabel) == "":
	case !goodName.MatchString(name) || keywords[name]:
		problems[idName] = words.T("Use letters, digits and _, not first a digit.")
	case name != f.name && taken(m, name):
		problems[idName] = words.T("Another one has this name.")
	}
}

// label returns a label as it is to be stored: what Cairn translated itself is
// not stored in another language.
func (f *filling) label(stored string) string {
	if text := f.get(idLabel); text != words.Data(stored) {
		return text
	}
	return stored
}

// why returns a source note as it is to be stored.
func (f *filling) why(stored string) string {
	if text := f.get(idWhy); text != words.Data(stored) {
		return text
	}
	return stored
}
