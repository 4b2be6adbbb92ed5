package value

import (
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// variableForm changes a variable.
var variableForm = formKind{
	begin: func(m value.Model, f *filling) {
		f.values[idShape] = string(value.Fixed)
		if i := at(m.Variables, f.name, variableName); i >= 0 {
			v := m.Variables[i]
			f.values[idLabel], f.values[idName], f.values[idUnit], f.values[idWhy] = named(v.Label, v.Name), v.Name, v.Unit, words.Data(v.Why)
			beginQuantity(v.Quantity, v.Unit, f)
		}
	},
	form: func(m value.Model, f *filling) Form {
		form := Form{Title: words.T("Change a variable"), Verb: words.T("Save"), Purpose: words.T("A number that the formula uses, and how sure it is.")}
		if f.name == "" {
			form.Title, form.Verb = words.T("Add a variable"), words.T("Add")
		}
		form.Fields = naming(m, f, words.T("New customers a month"))
		form.Fields = append(form.Fields, Field{ID: idUnit, Label: words.T("Unit"), Example: "customer/month", Help: words.T("Such as %s. Units are checked.", "customer/month, USD/customer, %")})
		form.Fields = append(form.Fields, quantityFields(f, f.get(idUnit))...)
		return withSource(form)
	},
	change: func(m value.Model, f *filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		f.checkNaming(m, problems)
		var v value.Variable
		if i := at(m.Variables, f.name, variableName); i >= 0 && f.name != "" {
			v = m.Variables[i]
		}
		v.Label, v.Why, v.Unit = f.label(named(v.Label, v.Name)), f.why(v.Why), f.get(idUnit)
		v.Quantity = f.quantity(v.Unit, problems)
		v.Name = f.get(idName)
		m = renamed(m, f.name, v.Name)
		m.Variables = put(m.Variables, f.name, variableName, v)
		return m, problems
	},
	where: "the variable ",
}

// withSource adds where the numbers come from.
func withSource(form Form) Form {
	form.Fields = append(form.Fields, Field{ID: idWhy, Label: words.T("Source"), Example: words.T("CRM, March"), Lines: true, Help: words.T("Where the number comes from: who will ask, will know.")})
	return form
}

// stepForm changes a step.
var stepForm = formKind{
	begin: func(m value.Model, f *filling) {
		if i := at(m.Steps, f.name, stepName); i >= 0 {
			s := m.Steps[i]
			f.values[idLabel], f.values[idName], f.values[idUnit], f.values[idFormula] = named(s.Label, s.Name), s.Name, s.Unit, s.Formula
		}
	},
	form: func(m value.Model, f *filling) Form {
		form := Form{Title: words.T("Change a step"), Verb: words.T("Save"), Purpose: words.T("A part of the formula with a name and a number of its own.")}
		if f.name == "" {
			form.Title, form.Verb = words.T("Add a step"), words.T("Add")
		}
		form.Fields = append(naming(m, f, words.T("Customers kept")),
			Field{ID: idFormula, Label: words.T("Formula"), Example: "customers * accuracy", Lines: true, Help: words.T("It may use: %s.", strings.Join(namesOf(m, f.name), ", "))},
			Field{ID: idUnit, Label: words.T("Unit"), Example: "customer/month"})
		return form
	},
	change: func(m value.Model, f *filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		f.checkNaming(m, problems)
		if f.get(idFormula) == "" {
			problems[idFormula] = words.T("Write how it is worked out.")
		}
		s := value.Step{}
		if i := at(m.Steps, f.name, stepName); i >= 0 && f.name != "" {
			s = m.Steps[i]
		}
		s.Label, s.Name, s.Unit, s.Formula = f.label(named(s.Label, s.Name)), f.get(idName), f.get(idUnit), f.get(idFormula)
		m = renamed(m, f.name, s.Name)
		m.Steps = put(m.Steps, f.name, stepName, s)
		return m, problems
	},
	where: "the step ",
}

// namesOf returns what formulas can use, but for one of them.
func namesOf(m value.Model, but string) []string {
	var out []string
	for _, v := range m.Variables {
		out = append(out, v.Name)
	}
	for _, s := range m.Steps {
		if s.Name != but {
			out = append(out, s.Name)
		}
	}
	return out
}

// How often a cost is paid.
const (
	once       = "once"
	monthly    = "month"
	yearly     = "year"
	retraining = "every"
)

// costForm changes a cost. Its money is that of the value.
var costForm = formKind{
	begin: func(m value.Model, f *filling) {
		f.values[idShape], f.values[idOften] = string(value.Fixed), once
		f.values[idEvery], f.values[idSpan] = "3", "months"
		if i := at(m.Costs, f.name, costName); i >= 0 {
			c := m.Costs[i]
			f.values[idLabel], f.values[idWhy] = named(c.Label, c.Name), words.Data(c.Why)
			f.values[idOften] = often(m, c)
			if c.Every != "" {
				f.values[idEvery], f.values[idSpan] = stretch(c.Every)
			}
			beginQuantity(c.Quantity, c.Unit, f)
		}
	},
	form: func(m value.Model, f *filling) Form {
		form := Form{Title: words.T("Change a cost"), Verb: words.T("Save"), Purpose: words.T("What the model costs, and how often that is paid.")}
		if f.name == "" {
			form.Title, form.Verb = words.T("Add a cost"), words.T("Add")
		}
		money, _ := moneyOf(m.Unit)
		rhythm := []Option{{once, words.T("Once")}, {monthly, words.T("Every month")}, {yearly, words.T("Every year")}, {retraining, words.T("At every retraining")}}
		if o := f.values[idOften]; o != once && o != monthly && o != yearly && o != retraining {
			rhythm = append(rhythm, Option{o, words.Period(money + "/" + o)})
		}
		form.Fields = []Field{{ID: idLabel, Label: words.T("Name"), Example: words.T("Run and watch it")}, {ID: idOften, Label: words.T("Paid"), Options: rhythm, Row: "often"}}
		if f.values[idOften] == retraining {
			spans := []Option{{"days", words.T("days")}, {"weeks", words.T("weeks")}, {"months", words.T("months")}, {"quarters", words.T("quarters")}, {"years", words.T("years")}}
			form.Fields = append(form.Fields, Field{ID: idEvery, Label: words.T("That is every"), Example: "3", Row: "often"}, Field{ID: idSpan, Options: spans, Row: "often"})
		}
		form.Fields = append(form.Fields, quantityFields(f, money)...)
		return withSource(form)
	},
	change: func(m value.Model, f *filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		if f.get(idLabel) == "" {
			problems[idLabel] = words.T("Give it a name.")
		}
		c := value.Cost{Name: nameFor(m, f.get(idLabel))}
		if i := at(m.Costs, f.name, costName); i >= 0 && f.name != "" {
			c = m.Costs[i]
		}
		money, _ := moneyOf(m.Unit)
		unit := money
		c.Every = ""
		switch how := f.values[idOften]; how {
		case once:
		case retraining:
			c.Every = f.get(idEvery) + " " + f.values[idSpan]
			if n, ok := value.ParseNumber(f.get(idEvery)); !ok || n <= 0 {
				problems[idEvery] = words.T("This is not a number. Write it like %s.", "3")
			}
		default:
			unit += "/" + how
		}
		c.Unit, c.Label, c.Why = unit, f.label(named(c.Label, c.Name)), f.why(c.Why)
		c.Quantity = f.quantity(unit, problems)
		m.Costs = put(m.Costs, f.name, costName, c)
		return m, problems
	},
	where: "the cost ",
}

// stretch takes a stretch of time apart: "3 months", "quarter".
func stretch(every string) (count, span string) {
	count, span, ok := strings.Cut(strings.TrimSpace(every), " ")
	if !ok {
		count, span = "1", count
	}
	return count, strings.TrimSuffix(strings.ToLower(strings.TrimSpace(span)), "s") + "s"
}

// often returns how often a cost is paid.
func often(m value.Model, c value.Cost) string {
	if c.Every != "" {
		return retraining
	}
	unit := c.Unit
	if unit == "" {
		unit = m.Unit
	}
	if _, period := moneyOf(unit); period != "" {
		return period
	}
	return once
}

// scenarioForm changes a scenario: other numbers beside the present ones.
var scenarioForm = formKind{
	begin: func(m value.Model, f *filling) {
		for _, x := range settable(m) {
			f.values[x.id()] = x.now
		}
		if i := at(m.Scenarios, f.name, scenarioName); i >= 0 {
			f.values[idLabel] = words.Data(f.name)
			for _, x := range settable(m) {
				if text, ok := m.Scenarios[i].Set[x.name]; ok {
					f.values[x.id()] = x.shown(text)
				}
			}
		}
	},
	form: func(m value.Model, f *filling) Form {
		form := Form{Title: words.T("Change a scenario"), Verb: words.T("Save"), Purpose: words.T("The present numbers, to change some of them. A range is written %s.", "0.6..0.8..0.9")}
		if f.name == "" {
			form.Title, form.Verb = words.T("Add a scenario"), words.T("Add")
		}
		form.Fields = []Field{{ID: idLabel, Label: words.T("Name"), Example: words.T("Careful")}}
		for _, x := range settable(m) {
			field := Field{ID: x.id(), Label: x.label, Example: x.now, Row: x.row}
			if f.get(x.id()) != x.now {
				field.Aside = words.T("now %s", x.now)
			}
			form.Fields = append(form.Fields, field)
		}
		return form
	},
	where: "the scenario ",
	change: func(m value.Model, f *filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		s := value.Scenario{Name: f.get(idLabel), Set: map[string]string{}}
		if f.name != "" && s.Name == words.Data(f.name) {
			s.Name = f.name
		}
		switch {
		case s.Name == "":
			problems[idLabel] = words.T("Give it a name.")
		case s.Name != f.name && at(m.Scenarios, s.Name, scenarioName) >= 0:
			problems[idLabel] = words.T("Another one has this name.")
		}
		for _, x := range settable(m) {
			text := f.get(x.id())
			if text == "" || text == x.now {
				continue
			}
			stored, ok := x.read(text)
			if !ok {
				problems[x.id()] = words.T("This is not a number. Write it like %s.", x.now)
			}
			s.Set[x.name] = stored
		}
		m.Scenarios = put(m.Scenarios, f.name, scenarioName, s)
		return m, problems
	},
}
