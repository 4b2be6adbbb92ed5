package value

import (
	"errors"
	"strconv"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// The kinds of inputs in a Key.
const (
	ofVariable = "variable"
	ofCost     = "cost"
	ofFormula  = "formula"
	ofStep     = "step"
	ofScenario = "scenario"
	ofModel    = "model"
)

// quantity returns the name of the whole that the input is a part of.
func (k Key) quantity() Key { return Key{Of: k.Of, Name: k.Name} }

// flaw is what is wrong with an input.
type flaw struct {
	part    Part
	message string
}

// apply returns the model with what was typed, and what of it can't be read by
// the quantity it belongs to; such a quantity is as before.
func apply(m value.Model, drafts map[Key]string) (value.Model, map[Key]flaw) {
	wrong := map[Key]flaw{}
	m.Variables = append([]value.Variable(nil), m.Variables...)
	m.Costs = append([]value.Cost(nil), m.Costs...)
	for i := range m.Variables {
		v := &m.Variables[i]
		amend(&v.Quantity, Key{Of: ofVariable, Name: v.Name}, v.Unit, drafts, wrong)
	}
	for i := range m.Costs {
		c := &m.Costs[i]
		amend(&c.Quantity, Key{Of: ofCost, Name: c.Name}, c.Unit, drafts, wrong)
	}
	if text, ok := drafts[Key{Of: ofFormula, Part: Text}]; ok {
		m.Formula = text
	}
	return m, wrong
}

func amend(q *value.Quantity, key Key, unit string, drafts map[Key]string, wrong map[Key]flaw) {
	read := *q
	typed := false
	for _, part := range []Part{Likely, Low, High} {
		text, ok := drafts[Key{key.Of, key.Name, part}]
		if !ok {
			continue
		}
		typed = true
		x, f := number64(text, unit, part)
		if f != nil {
			wrong[key] = *f
			return
		}
		read = with(read, part, x)
	}
	if !typed {
		return
	}
	if f := disorder(read, unit); f != nil {
		wrong[key] = *f
		return
	}
	*q = read
}

func number64(text, unit string, part Part) (*float64, *flaw) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	x, ok := words.ParseNumber(text, unit)
	if !ok {
		example := "1,200"
		if unit == "%" {
			example = "80 %"
		}
		return nil, &flaw{part, words.T("This is not a number. Write it like %s.", example)}
	}
	return &x, nil
}

// with returns q with one of its parts changed.
func with(q value.Quantity, part Part, x *float64) value.Quantity {
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

// disorder says what is wrong with the parts of a quantity together.
func disorder(q value.Quantity, unit string) *flaw {
	likely := likeliest(q)
	switch {
	case q.Low == nil && q.High != nil:
		return &flaw{Low, words.T("A range needs a low end too.")}
	case q.High == nil && q.Low != nil:
		return &flaw{High, words.T("A range needs a high end too.")}
	case q.Low == nil && likely == nil:
		return &flaw{Likely, words.T("Fill in a number.")}
	case q.Low == nil:
		return nil
	case *q.Low > *q.High:
		return &flaw{Low, words.T("Low is above high.")}
	case likely != nil && (*likely < *q.Low || *likely > *q.High):
		return &flaw{Likely, words.T("Outside %s to %s.", words.Number(*q.Low, unit), words.Number(*q.High, unit))}
	}
	return nil
}

func likeliest(q value.Quantity) *float64 {
	if q.Mode != nil {
		return q.Mode
	}
	return q.Value
}

// inputs returns what stands in the inputs: what was typed, else what is
// stored.
func (p *Presenter) inputs(m value.Model, wrong map[Key]flaw, err error) (variables, costs []Quantity, formula Input) {
	for _, v := range m.Variables {
		q := p.quantity(Key{Of: ofVariable, Name: v.Name}, v.Label, v.Unit, v.Why, v.Quantity, wrong)
		variables = append(variables, q)
	}
	for _, c := range m.Costs {
		unit := c.Unit
		if unit == "" {
			unit = m.Unit
		}
		q := p.quantity(Key{Of: ofCost, Name: c.Name}, c.Label, unit, c.Why, c.Quantity, wrong)
		if c.Every != "" {
			q.Unit += ", " + words.Data("every "+c.Every)
		}
		costs = append(costs, q)
	}
	formula = Input{Text: m.Formula}
	if problem, ok := errors.AsType[*value.Error](err); ok && problem.Text != "" && problem.Text == m.Formula {
		formula.Problem = sentence(err)
	}
	return variables, costs, formula
}

func (p *Presenter) quantity(key Key, label, unit, why string, q value.Quantity, wrong map[Key]flaw) Quantity {
	if label == "" {
		label = spaced(key.Name)
	}
	out := Quantity{Name: key.Name, Label: words.Data(label), Unit: words.Unit(unit), Why: words.Data(why)}
	show := func(part Part, x *float64) string {
		if text, ok := p.drafts[Key{key.Of, key.Name, part}]; ok {
			return text
		}
		if x == nil {
			return ""
		}
		return words.Number(*x, unit)
	}
	out.Likely, out.Low, out.High = show(Likely, likeliest(q)), show(Low, q.Low), show(High, q.High)
	if f, ok := wrong[key]; ok {
		out.Wrong, out.Problem = f.part, f.message
	}
	return out
}

// spaced returns a name as words.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

func number(n int) string { return strconv.Itoa(n) }
