package value

import (
	"errors"
	"strconv"
	"strings"

	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// quantity returns the name of the whole that the input is a part of.
func (k Key) quantity() Key { return Key{Of: k.Of, Name: k.Name} }

// apply returns the model with what was typed, and what of it can't be read by
// the quantity it belongs to; such a quantity is as before.
func apply(m value.Model, drafts map[Key]string) (value.Model, map[Key]revise.Flaw) {
	wrong := map[Key]revise.Flaw{}
	m.Variables = append([]value.Variable(nil), m.Variables...)
	m.Costs = append([]value.Cost(nil), m.Costs...)
	for i := range m.Variables {
		v := &m.Variables[i]
		amend(&v.Quantity, Key{Of: revise.Variable, Name: v.Name}, v.Unit, drafts, wrong)
	}
	for i := range m.Costs {
		c := &m.Costs[i]
		amend(&c.Quantity, Key{Of: revise.Cost, Name: c.Name}, c.Unit, drafts, wrong)
	}
	if text, ok := drafts[Key{Of: revise.Formula, Part: Text}]; ok {
		m.Formula = text
	}
	return m, wrong
}

func amend(q *value.Quantity, key Key, unit string, drafts map[Key]string, wrong map[Key]revise.Flaw) {
	read := *q
	typed := false
	for _, part := range []Part{Likely, Low, High} {
		text, ok := drafts[Key{key.Of, key.Name, part}]
		if !ok {
			continue
		}
		typed = true
		x, f := revise.ReadNumber(text, unit)
		if f != "" {
			wrong[key] = revise.Flaw{Part: part, Message: f}
			return
		}
		read = revise.With(read, part, x)
	}
	if !typed {
		return
	}
	if f := revise.Disorder(read, unit); f.Message != "" {
		wrong[key] = f
		return
	}
	*q = read
}

// inputs returns what stands in the inputs: what was typed, else what is
// stored.
func (p *Presenter) inputs(m value.Model, wrong map[Key]revise.Flaw, err error) (variables, costs []Quantity, formula Input) {
	for _, v := range m.Variables {
		q := p.quantity(Key{Of: revise.Variable, Name: v.Name}, v.Label, v.Unit, v.Why, v.Quantity, wrong)
		variables = append(variables, q)
	}
	for _, c := range m.Costs {
		unit := c.Unit
		if unit == "" {
			unit = m.Unit
		}
		q := p.quantity(Key{Of: revise.Cost, Name: c.Name}, c.Label, unit, c.Why, c.Quantity, wrong)
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

func (p *Presenter) quantity(key Key, label, unit, why string, q value.Quantity, wrong map[Key]revise.Flaw) Quantity {
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
	out.Likely, out.Low, out.High = show(Likely, revise.Likeliest(q)), show(Low, q.Low), show(High, q.High)
	if f, ok := wrong[key]; ok {
		out.Wrong, out.Problem = f.Part, f.Message
	}
	return out
}

// spaced returns a name as words.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

func number(n int) string { return strconv.Itoa(n) }
