package form

import (
	"strings"

	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// variableForm changes a variable.
var variableForm = kind{
	begin: func(m value.Model, f *Filling) {
		f.values[idShape] = string(value.Fixed)
		if i := revise.At(m.Variables, f.Name, revise.VariableName); i >= 0 {
			v := m.Variables[i]
			f.values[Label], f.values[idName], f.values[idUnit], f.values[idWhy] = revise.Named(v.Label, v.Name), v.Name, v.Unit, words.Data(v.Why)
			beginQuantity(v.Quantity, v.Unit, f)
		}
	},
	form: func(m value.Model, f *Filling) Form {
		form := Form{Title: words.T("Change a variable"), Verb: words.T("Save"), Purpose: words.T("A number that the formula uses, and how sure it is.")}
		if f.Name == "" {
			form.Title, form.Verb = words.T("Add a variable"), words.T("Add")
		}
		form.Fields = naming(m, f, words.T("New customers a month"))
		form.Fields = append(form.Fields, Field{ID: idUnit, Label: words.T("Unit"), Example: "customer/month", Help: words.T("Such as %s. Units are checked.", "customer/month, USD/customer, %")})
		form.Fields = append(form.Fields, quantityFields(f, f.Get(idUnit))...)
		return withSource(form)
	},
	change: func(m value.Model, f *Filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		f.checkNaming(m, problems)
		var v value.Variable
		if i := revise.At(m.Variables, f.Name, revise.VariableName); i >= 0 && f.Name != "" {
			v = m.Variables[i]
		}
		v.Label, v.Why, v.Unit = f.label(v.Label, v.Name), f.why(v.Why), f.Get(idUnit)
		v.Quantity = f.quantity(v.Unit, problems)
		v.Name = f.Get(idName)
		m = revise.Renamed(m, f.Name, v.Name)
		m.Variables = revise.Put(m.Variables, f.Name, revise.VariableName, v)
		return m, problems
	},
	where: "the variable ",
}

// withSource adds where the numbers come from.
func withSource(form Form) Form {
	form.Fields = append(form.Fields, Field{ID: idWhy, Label: words.T("Source"), Example: words.T("CRM, March"), Lines: 2, Help: words.T("Where the number comes from: who will ask, will know.")})
	return form
}

// stepForm changes a step.
var stepForm = kind{
	begin: func(m value.Model, f *Filling) {
		if i := revise.At(m.Steps, f.Name, revise.StepName); i >= 0 {
			s := m.Steps[i]
			f.values[Label], f.values[idName], f.values[idUnit], f.values[idFormula] = revise.Named(s.Label, s.Name), s.Name, s.Unit, s.Formula
		}
	},
	form: func(m value.Model, f *Filling) Form {
		form := Form{Title: words.T("Change a step"), Verb: words.T("Save"), Purpose: words.T("A part of the formula with a name and a number of its own.")}
		if f.Name == "" {
			form.Title, form.Verb = words.T("Add a step"), words.T("Add")
		}
		form.Fields = append(naming(m, f, words.T("Customers kept")),
			Field{ID: idFormula, Label: words.T("Formula"), Example: "customers * accuracy", Lines: 2, Help: words.T("It may use: %s.", strings.Join(namesOf(m, f.Name), ", "))},
			Field{ID: idUnit, Label: words.T("Unit"), Example: "customer/month"})
		return form
	},
	change: func(m value.Model, f *Filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		f.checkNaming(m, problems)
		if f.Get(idFormula) == "" {
			problems[idFormula] = words.T("Write how it is worked out.")
		}
		s := value.Step{}
		if i := revise.At(m.Steps, f.Name, revise.StepName); i >= 0 && f.Name != "" {
			s = m.Steps[i]
		}
		s.Label, s.Name, s.Unit, s.Formula = f.label(s.Label, s.Name), f.Get(idName), f.Get(idUnit), f.Get(idFormula)
		m = revise.Renamed(m, f.Name, s.Name)
		m.Steps = revise.Put(m.Steps, f.Name, revise.StepName, s)
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
var costForm = kind{
	begin: func(m value.Model, f *Filling) {
		f.values[idShape], f.values[idOften] = string(value.Fixed), once
		f.values[idEvery], f.values[idSpan] = "3", "months"
		if i := revise.At(m.Costs, f.Name, revise.CostName); i >= 0 {
			c := m.Costs[i]
			f.values[Label], f.values[idWhy] = revise.Named(c.Label, c.Name), words.Data(c.Why)
			f.values[idOften] = often(m, c)
			if c.Every != "" {
				f.values[idEvery], f.values[idSpan] = stretch(c.Every)
			}
			beginQuantity(c.Quantity, c.Unit, f)
		}
	},
	form: func(m value.Model, f *Filling) Form {
		form := Form{Title: words.T("Change a cost"), Verb: words.T("Save"), Purpose: words.T("What the model costs, and how often that is paid.")}
		if f.Name == "" {
			form.Title, form.Verb = words.T("Add a cost"), words.T("Add")
		}
		money, _ := moneyOf(m.Unit)
		rhythm := []Option{{once, words.T("Once")}, {monthly, words.T("Every month")}, {yearly, words.T("Every year")}, {retraining, words.T("At every retraining")}}
		if o := f.values[idOften]; o != once && o != monthly && o != yearly && o != retraining {
			rhythm = append(rhythm, Option{o, words.Period(money + "/" + o)})
		}
		form.Fields = []Field{{ID: Label, Label: words.T("Name"), Example: words.T("Run and watch it")}, {ID: idOften, Label: words.T("Paid"), Options: rhythm, Row: "often"}}
		if f.values[idOften] == retraining {
			spans := []Option{{"days", words.T("days")}, {"weeks", words.T("weeks")}, {"months", words.T("months")}, {"quarters", words.T("quarters")}, {"years", words.T("years")}}
			form.Fields = append(form.Fields, Field{ID: idEvery, Label: words.T("That is every"), Example: "3", Row: "often"}, Field{ID: idSpan, Options: spans, Row: "often"})
		}
		form.Fields = append(form.Fields, quantityFields(f, money)...)
		return withSource(form)
	},
	change: func(m value.Model, f *Filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		if f.Get(Label) == "" {
			problems[Label] = words.T("Give it a name.")
		}
		c := value.Cost{Name: revise.NameFor(m, f.Get(Label))}
		if i := revise.At(m.Costs, f.Name, revise.CostName); i >= 0 && f.Name != "" {
			c = m.Costs[i]
		}
		money, _ := moneyOf(m.Unit)
		unit := money
		before := c.Every
		c.Every = ""
		switch how := f.values[idOften]; how {
		case once:
		case retraining:
			c.Every = f.Get(idEvery) + " " + f.values[idSpan]
			if count, span := stretch(before); count == f.Get(idEvery) && span == f.values[idSpan] {
				c.Every = before
			}
			if n, ok := value.ParseNumber(f.Get(idEvery)); !ok || n <= 0 {
				problems[idEvery] = words.T("This is not a number. Write it like %s.", "3")
			}
		default:
			unit += "/" + how
		}
		c.Unit, c.Label, c.Why = unit, f.label(c.Label, c.Name), f.why(c.Why)
		c.Quantity = f.quantity(unit, problems)
		m.Costs = revise.Put(m.Costs, f.Name, revise.CostName, c)
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
var scenarioForm = kind{
	begin: func(m value.Model, f *Filling) {
		for _, x := range settable(m) {
			f.values[x.id()] = x.now
		}
		if i := revise.At(m.Scenarios, f.Name, revise.ScenarioName); i >= 0 {
			f.values[Label] = words.Data(f.Name)
			for _, x := range settable(m) {
				if text, ok := m.Scenarios[i].Set[x.name]; ok {
					f.values[x.id()] = x.shown(text)
				}
			}
		}
	},
	form: func(m value.Model, f *Filling) Form {
		form := Form{Title: words.T("Change a scenario"), Verb: words.T("Save"), Purpose: words.T("The present numbers, to change some of them. A range is written %s.", "0.6..0.8..0.9")}
		if f.Name == "" {
			form.Title, form.Verb = words.T("Add a scenario"), words.T("Add")
		}
		form.Fields = []Field{{ID: Label, Label: words.T("Name"), Example: words.T("Careful")}}
		for _, x := range settable(m) {
			field := Field{ID: x.id(), Label: x.label, Example: x.now, Row: x.row}
			if f.Get(x.id()) != x.now {
				field.Aside = words.T("now %s", x.now)
			}
			form.Fields = append(form.Fields, field)
		}
		return form
	},
	where: "the scenario ",
	change: func(m value.Model, f *Filling) (value.Model, map[string]string) {
		problems := map[string]string{}
		s := value.Scenario{Name: f.Get(Label), Set: map[string]string{}}
		if f.Name != "" && s.Name == words.Data(f.Name) {
			s.Name = f.Name
		}
		switch {
		case s.Name == "":
			problems[Label] = words.T("Give it a name.")
		case s.Name != f.Name && revise.At(m.Scenarios, s.Name, revise.ScenarioName) >= 0:
			problems[Label] = words.T("Another one has this name.")
		}
		var before map[string]string
		if i := revise.At(m.Scenarios, f.Name, revise.ScenarioName); i >= 0 {
			before = m.Scenarios[i].Set
		}
		for _, x := range settable(m) {
			text := f.Get(x.id())
			if old, had := before[x.name]; had && text == x.shown(old) {
				s.Set[x.name] = old
				continue
			}
			if text == "" || text == x.now {
				continue
			}
			stored, ok := x.read(text)
			if !ok {
				problems[x.id()] = words.T("This is not a number. Write it like %s.", x.now)
			}
			s.Set[x.name] = stored
		}
		m.Scenarios = revise.Put(m.Scenarios, f.Name, revise.ScenarioName, s)
		return m, problems
	},
}
