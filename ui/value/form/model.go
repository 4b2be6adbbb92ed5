package form

import (
	"slices"
	"strings"

	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// currencies are those to choose from; any other stays when a model has it.
var currencies = []Option{
	{"USD", "$ USD"}, {"EUR", "€ EUR"}, {"GBP", "£ GBP"}, {"KRW", "₩ KRW"}, {"JPY", "¥ JPY"}, {"INR", "₹ INR"}, {"CNY", "CNY"}, {"CHF", "CHF"}, {"CAD", "CAD"}, {"AUD", "AUD"}, {"SGD", "SGD"}, {"BRL", "BRL"},
}

// total is the period of a value that is paid once.
const total = "total"

// modelForm changes what the model is called, and what the value is counted in.
var modelForm = kind{
	begin: func(m value.Model, f *Filling) {
		f.values[Label], f.values[idAbout] = words.Data(m.Name), words.Data(strings.Join(strings.Fields(m.About), " "))
		f.values[idMoney], f.values[idPeriod] = moneyOf(m.Unit)
		if f.values[idPeriod] == "" {
			f.values[idPeriod] = total
		}
		if m.Discount != 0 {
			f.values[idDiscount] = words.Number(m.Discount, "%")
		}
	},
	form: func(m value.Model, f *Filling) Form {
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
				{ID: Label, Label: words.T("Name"), Example: words.T("Churn reduction")},
				{ID: idAbout, Label: words.T("What it covers"), Lines: 4, Example: words.T("The case, and what is left out")},
				{ID: idMoney, Label: words.T("Currency"), Options: money, Row: "unit", Help: words.T("Numbers stay, only their currency changes.")},
				{ID: idPeriod, Label: words.T("The value comes"), Options: periods, Row: "unit"},
				{ID: idDiscount, Label: words.T("Discount rate"), Aside: words.T("a year"), Example: "8 %", Help: words.T("How much less money counts that comes a year later. It moves the payback.")},
			},
		}
	},
	change: func(m value.Model, f *Filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		if f.Get(Label) == "" {
			problems[Label] = words.T("Give it a name.")
		}
		if text := f.Get(idAbout); text != words.Data(strings.Join(strings.Fields(m.About), " ")) {
			m.About = text
		}
		money, _ := moneyOf(m.Unit)
		m = revise.Recurrency(m, money, f.values[idMoney])
		m.Unit = f.values[idMoney]
		if period := f.values[idPeriod]; period != total {
			m.Unit += "/" + period
		}
		m.Discount = 0
		if text := f.Get(idDiscount); text != "" {
			x, ok := words.ParseNumber(text, "%")
			if !ok || x < 0 {
				problems[idDiscount] = words.T("This is not a number. Write it like %s.", "8 %")
			}
			m.Discount = x
		}
		return m, problems
	},
}
