package report

import (
	"slices"

	"cairn/app/report/paper"
	"cairn/core/value"
)

// costs says what is taken off, how often, and what is left.
func (w *writer) costs(e *value.Estimate) {
	w.minor(w.T("Costs"))
	if len(e.Costs.Items) == 0 {
		w.nothing(w.T("No costs are given, so nothing is taken off."))
		return
	}
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Cost"), Share: 4}, {Head: w.T("Amount"), Share: 3, Right: true}, {Head: w.T("Where the number comes from"), Share: 4}}}
	for _, c := range e.Costs.Items {
		amount := paper.Of(w.amount(c.Value, c.Unit))
		switch {
		case c.Every != "":
			amount.Text += " " + w.Data("every "+c.Every)
		case c.PerPeriod == 0 && e.Costs.Period != "":
			amount.Text += " " + w.T("once")
		}
		if c.Low != c.High {
			amount.Under = value.Short(c.Low, c.Unit) + " – " + value.Short(c.High, c.Unit)
		}
		t.Rows = append(t.Rows, []paper.Cell{paper.Of(w.labelled(c.Label, c.Name)), amount, paper.Of(w.Data(c.Why))})
	}
	left := w.T("Left")
	if e.Costs.Once > 0 && e.Costs.Period != "" {
		left = w.T("Left, once it is built")
	}
	tone := paper.Good
	if e.Net < 0 {
		tone = paper.Bad
	}
	t.Rows = append(t.Rows, []paper.Cell{{Text: left, Strong: true}, {Text: w.amount(e.Net, e.Unit), Strong: true, Tone: tone}, {Text: w.returns(e)}})
	w.add(t)
}

// returns says when what was paid has come back.
func (w *writer) returns(e *value.Estimate) string {
	switch {
	case e.Costs.Period == "" || e.Costs.Once == 0:
		return ""
	case e.PaybackMonths == nil:
		return w.T("What is paid once never comes back.")
	}
	return w.T("What is paid once has come back after %s.", w.payback(e.PaybackMonths, e.Costs))
}

// scenarios compares what else could be.
func (w *writer) scenarios(e *value.Estimate) {
	if len(e.Scenarios) == 0 {
		return
	}
	w.minor(w.T("Scenarios"))
	t := paper.Table{Columns: []paper.Column{
		{Head: w.T("Scenario"), Share: 4},
		{Head: w.T("Value"), Share: 2.2, Right: true},
		{Head: w.T("In 8 of 10 cases"), Share: 3.8, Right: true},
		{Head: w.T("Left after costs"), Share: 2.2, Right: true},
		{Head: w.T("Pays back after"), Share: 2, Right: true},
	}}
	row := func(name paper.Cell, expected, low, high, net float64, months *float64) {
		left := paper.Of(value.Short(net, e.Unit))
		if net < 0 {
			left.Tone = paper.Bad
		}
		t.Rows = append(t.Rows, []paper.Cell{name, paper.Of(value.Short(expected, e.Unit)), paper.Of(w.span(low, high, e.Unit)), left, paper.Of(w.payback(months, e.Costs))})
	}
	row(paper.Cell{Text: w.T("As above"), Strong: true}, e.Expected, e.P10, e.P90, e.Net, e.PaybackMonths)
	labels, units := w.labels(e), map[string]string{}
	for _, q := range e.Variables {
		units[q.Name] = q.Unit
	}
	for _, c := range e.Costs.Items {
		units[c.Name] = c.Unit
	}
	for _, s := range e.Scenarios {
		var changes []string
		for name, text := range s.Set {
			if x, ok := value.ParseNumber(text); ok {
				text = value.Short(x, units[name])
			}
			changes = append(changes, labels[name]+": "+text)
		}
		slices.Sort(changes)
		row(paper.Cell{Text: w.named(w.Data(s.Name)), Under: list(changes)}, s.Expected, s.P10, s.P90, s.Net, s.PaybackMonths)
	}
	w.add(t)
}
