package value

import (
	"context"
	"maps"
	"slices"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// currencies are those to choose from; any other stays when a model has it.
var currencies = []Option{
	{"USD", "$ USD"}, {"EUR", "€ EUR"}, {"GBP", "£ GBP"}, {"KRW", "₩ KRW"}, {"JPY", "¥ JPY"}, {"INR", "₹ INR"}, {"CNY", "CNY"}, {"CHF", "CHF"}, {"CAD", "CAD"}, {"AUD", "AUD"}, {"SGD", "SGD"}, {"BRL", "BRL"},
}

// total is the period of a value that is paid once.
const total = "total"

// modelForm changes what the model is called, and what the value is counted in.
var modelForm = formKind{
	begin: func(m value.Model, f *filling) {
		f.values[idLabel], f.values[idAbout] = words.Data(m.Name), words.Data(strings.Join(strings.Fields(m.About), " "))
		f.values[idMoney], f.values[idPeriod] = moneyOf(m.Unit)
		if f.values[idPeriod] == "" {
			f.values[idPeriod] = total
		}
		if m.Discount != 0 {
			f.values[idDiscount] = words.Number(m.Discount, "%")
		}
	},
	form: func(m value.Model, f *filling) Form {
		money, periods := slices.Clone(currencies), []Option{
			{"month", words.T("a month")}, {"year", words.T("a year")}, {"quarter", words.T("a quarter")}, {"week", words.T("a week")}, {total, words.T("in all")},
		}
		if now := f.values[idMoney]; !slices.ContainsFunc(money, func(o Option) bool { return o.Value == now }) {
			money = append(money, Option{now, words.Unit(now)})
		}
		if now := f.values[idPeriod]; !slices.ContainsFunc(periods, func(o Option) bool { return o.Value == now }) {
			periods = append(periods, Option{now, now})
		}
		return Form{
			Title: words.T("Model settings"), Verb: words.T("Save"), Purpose: words.T("What the estimate is called, and what its value is counted in."),
			Fields: []Field{
				{ID: idLabel, Label: words.T("Name"), Example: words.T("Churn reduction")},
				{ID: idAbout, Label: words.T("What it covers"), Lines: true, Example: words.T("The case, and what is left out")},
				{ID: idMoney, Label: words.T("Currency"), Options: money, Row: "unit", Help: words.T("Numbers stay, only their currency changes.")},
				{ID: idPeriod, Label: words.T("The value comes"), Options: periods, Row: "unit"},
				{ID: idDiscount, Label: words.T("Discount rate"), Aside: words.T("a year"), Example: "8 %", Help: words.T("How much less money counts that comes a year later. It moves the payback.")},
			},
		}
	},
	change: func(m value.Model, f *filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		if f.get(idLabel) == "" {
			problems[idLabel] = words.T("Give it a name.")
		}
		if text := f.get(idAbout); text != words.Data(strings.Join(strings.Fields(m.About), " ")) {
			m.About = text
		}
		money, _ := moneyOf(m.Unit)
		m = recurrency(m, money, f.values[idMoney])
		m.Unit = f.values[idMoney]
		if period := f.values[idPeriod]; period != total {
			m.Unit += "/" + period
		}
		m.Discount = 0
		if text := f.get(idDiscount); text != "" {
			x, ok := words.ParseNumber(text, "%")
			if !ok || x < 0 {
				problems[idDiscount] = words.T("This is not a number. Write it like %s.", "8 %")
			}
			m.Discount = x
		}
		return m, problems
	},
}

// keepModel stores the settings of the model, its name first: what is stored
// under a name is found by it.
func (p *Presenter) keepModel(ctx context.Context, f *filling) bool {
	p.mu.Lock()
	id, old, others := p.found.ID, p.found.Model.Name, p.found.Names
	p.mu.Unlock()
	name := f.get(idLabel)
	if name == words.Data(old) {
		name = old
	}
	if name != old {
		if slices.ContainsFunc(others, func(n string) bool { return strings.EqualFold(n, name) && !strings.EqualFold(n, old) }) {
			return p.refuse(f, words.T("Another model has this name."))
		}
		p.Save(ctx)
		if err := p.rename(ctx, id, old, name); err != nil {
			return p.refuse(f, sentence(err))
		}
		p.past.Did(p.renaming(id, old, name))
	}
	err := p.edit(ctx, words.T("Settings of “%s”", words.Data(name)), func(m value.Model) value.Model {
		after, _ := modelForm.change(m, f)
		return after
	})
	if err != nil {
		return p.refuse(f, sentence(err))
	}
	p.Dismiss()
	return true
}

// refuse says why a form was not stored.
func (p *Presenter) refuse(f *filling, why string) bool {
	p.change(func() {
		if p.form != nil && p.form.serial == f.serial {
			p.form.tried, p.form.failed = true, why
		}
	})
	return false
}

// copied returns the form as it is now, for use beside the one that is filled in.
func (f *filling) copied() *filling {
	out := *f
	out.values, out.touched = maps.Clone(f.values), maps.Clone(f.touched)
	return &out
}
