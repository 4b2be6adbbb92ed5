package report

import (
	"math"
	"strings"

	"cairn/app/report/paper"
	"cairn/core/value"
)

// lead returns the estimate that stands at the head: that of the first model
// that can be estimated.
func (p Project) lead() *value.Estimate {
	for _, m := range p.Models {
		if m.Estimate != nil {
			return m.Estimate
		}
	}
	return nil
}

// number puts the one number at the head, and what makes it trustworthy or not.
func (w *writer) number() {
	e := w.project.lead()
	if e == nil {
		return
	}
	k := paper.Key{Name: w.T("What it is expected to be worth, before costs"), Number: value.Short(e.Expected, e.Unit), Words: w.tail(e.Expected, e.Unit)}
	if len(e.Costs.Items) == 0 {
		k.Name = w.T("What it is expected to be worth")
	}
	if year := w.perYear(e); year != "" {
		k.Words = strings.TrimSpace(k.Words + " · " + year)
	}
	beside := func(name, text string) { k.Beside = append(k.Beside, paper.Fact{Name: name, Text: text}) }
	if len(e.Costs.Items) > 0 {
		beside(w.T("Left after costs"), w.amount(e.Net, e.Unit))
	}
	if e.SD > 0 {
		beside(w.T("In 8 of 10 cases"), w.span(e.P10, e.P90, e.Unit))
	}
	if e.NetSpread.SD > 0 {
		beside(w.T("Chance of a loss"), value.Short(e.ProbabilityOfLoss, "%"))
	}
	if e.Costs.Period != "" && len(e.Costs.Items) > 0 {
		beside(w.T("Pays back after"), w.payback(e.PaybackMonths, e.Costs))
	}
	w.add(k)
}

// perYear returns the value as one per year, nothing for a total and for what is
// per year already.
func (v *voice) perYear(e *value.Estimate) string {
	times, ok := yearly[e.Costs.Period]
	unit, err := value.ParseUnit(e.Unit)
	period, _ := value.ParseUnit(e.Costs.Period)
	year, _ := value.ParseUnit("year")
	if !ok || err != nil {
		return ""
	}
	x, per := e.Expected*times, unit.Times(period).Per(year).String()
	tail := strings.TrimSpace(strings.TrimPrefix(value.Amount(x, per), value.Short(x, per)))
	if tail == "a year" {
		tail = v.T("a year")
	}
	return value.Short(x, per) + " " + tail
}

// yearly is how many of a period are in a year of 365.25 days.
var yearly = map[string]float64{"hour": 365.25 * 24, "day": 365.25, "week": 365.25 / 7, "month": 12, "quarter": 4}

// span returns a range that a simulation found.
func (v *voice) span(low, high float64, unit string) string {
	return value.Short(rounded(low), unit) + " – " + value.Short(rounded(high), unit)
}

// payback says when what was paid once has come back.
func (v *voice) payback(months *float64, c value.CostSummary) string {
	switch {
	case c.Period == "" || len(c.Items) == 0:
		return "–"
	case months == nil:
		return v.T("never")
	case c.Once == 0:
		return v.T("at once")
	}
	return v.T("%s months", value.FormatNumber(math.Ceil(*months*10)/10))
}
