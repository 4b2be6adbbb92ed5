package form

import (
	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// Label is the field with the name of something.
const Label = "label"

// The other fields of forms.
const (
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

// beginQuantity fills in the numbers of a quantity.
func beginQuantity(q value.Quantity, unit string, f *Filling) {
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return words.Number(*x, unit)
	}
	f.values[idLikely], f.values[idLow], f.values[idHigh] = number(revise.Likeliest(q)), number(q.Low), number(q.High)
	f.values[idShape] = string(shapeOf(q))
}

// shapeOf returns the distribution of a quantity, also one that it leaves open.
func shapeOf(q value.Quantity) value.Shape {
	switch {
	case q.Low == nil && q.High == nil:
		return value.Fixed
	case q.Distribution != "":
		return q.Distribution
	case revise.Likeliest(q) == nil:
		return value.Uniform
	}
	return value.Triangular
}

// quantityFields are those of the numbers of a quantity: which, depends on its
// distribution.
func quantityFields(f *Filling, unit string) []Field {
	shapes := []Option{
		{string(value.Fixed), words.T("One number, exact")},
		{string(value.Uniform), words.T("Uniform: all as likely")},
		{string(value.Triangular), words.T("Triangular: likeliest in between")},
		{string(value.PERT), words.T("PERT: like triangular, ends less likely")},
		{string(value.Normal), words.T("Normal: symmetric, no ends")},
		{string(value.LogNormal), words.T("Log-normal: never below 0, long way up")},
	}
	aside := words.Unit(unit)
	likely := Field{ID: idLikely, Label: words.T("Likely"), Aside: aside, Row: "numbers", Example: revise.Example(unit)}
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

// quantity reads the numbers of a form, and adds to problems what is wrong with
// them.
func (f *Filling) quantity(unit string, problems map[string]string) value.Quantity {
	shape := value.Shape(f.values[idShape])
	ids := map[revise.Part]string{revise.Likely: idLikely, revise.Low: idLow, revise.High: idHigh}
	var q value.Quantity
	unread := false
	for part, to := range map[revise.Part]**float64{revise.Likely: &q.Value, revise.Low: &q.Low, revise.High: &q.High} {
		if shape == value.Fixed && part != revise.Likely {
			continue
		}
		x, wrong := revise.ReadNumber(f.values[ids[part]], unit)
		if wrong != "" {
			problems[ids[part]], unread = wrong, true
		}
		*to = x
	}
	if unread {
		return q
	}
	needsMode := shape == value.Triangular || shape == value.PERT
	switch wrong := revise.Disorder(q, unit); {
	case shape != value.Fixed && q.Low == nil:
		problems[idLow] = words.T("A range needs a low end too.")
	case wrong.Message != "":
		problems[ids[wrong.Part]] = wrong.Message
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
func naming(m value.Model, f *Filling, example string) []Field {
	out := []Field{{ID: Label, Label: words.T("Name"), Example: example, Row: "name"}}
	if !f.touched[idName] && f.Name == "" {
		f.values[idName] = ""
		if f.Get(Label) != "" {
			f.values[idName] = revise.NameFor(m, f.Get(Label))
		}
	}
	return append(out, Field{ID: idName, Label: words.T("In formulas"), Example: "new_customers", Row: "name"})
}

// checkNaming says what is wrong with label and name.
func (f *Filling) checkNaming(m value.Model, problems map[string]string) {
	name := f.Get(idName)
	if f.Get(Label) == "" {
		problems[Label] = words.T("Give it a name.")
	}
	switch {
	case name == "" && f.Get(Label) == "":
	case !revise.IsName(name):
		problems[idName] = words.T("Use letters, digits and _, not first a digit.")
	case name != f.Name && revise.Taken(m, name):
		problems[idName] = words.T("Another one has this name.")
	}
}

// label returns a label as it is to be stored: what Cairn translated itself is
// not stored in another language.
func (f *Filling) label(stored, name string) string {
	if text := f.Get(Label); text != revise.Named(stored, name) {
		return text
	}
	return stored
}

// why returns a source note as it is to be stored.
func (f *Filling) why(stored string) string {
	if text := f.Get(idWhy); text != words.Data(stored) {
		return text
	}
	return stored
}
