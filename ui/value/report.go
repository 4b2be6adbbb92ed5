package value

import (
	"math"
	"slices"
	"strings"

	"cairn/core/value"
	"cairn/ui/chart"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// now says in words what follows from the likely numbers.
func now(e *value.Estimate, m value.Model) Now {
	r := Now{
		Value: exactly(e.Expected, e.Unit), Per: strings.TrimSpace(words.Period(e.Unit) + words.T(", before costs")),
		Net: exactly(e.Net, e.Unit), Terms: terms(e, m),
		Payback: payback(e.PaybackMonths, e.Costs), Verdict: verdict(e), Costs: costs(e),
	}
	if len(e.Costs.Items) == 0 {
		r.Per = words.Period(e.Unit)
	}
	for _, s := range e.Steps {
		r.Steps = append(r.Steps, Line{Name: s.Name, Label: revise.Named(s.Label, s.Name), Amount: words.Amount(s.Value, s.Unit)})
	}
	return r
}

// chances says in words what was simulated of a plan, nil for nothing.
func chances(e *value.Estimate, plan *value.Plan) *Chances {
	if e == nil {
		return nil
	}
	short := func(x float64) string { return brief(x, 1e7, e.Unit) } // of what is simulated
	r := &Chances{
		Samples: words.T("%s samples", value.FormatNumber(float64(e.Samples))), Range: words.T("No range yet"),
		Loss: value.Short(e.ProbabilityOfLoss, "%"), Scenarios: scenarios(e, short, func(x float64) string { return exactly(x, e.Unit) }),
		Charts:  &Charts{histogram(e), tornado(e)},
		Assumed: len(e.Sensitivity) > 0 && e.Sensitivity[0].Assumed,
	}
	if e.SD > 0 {
		r.Range = span(short(e.P10), short(e.P90))
	}
	for _, b := range e.BreakEven {
		r.Sentences = append(r.Sentences, breakEven(b, e))
	}
	for _, n := range plan.Notes() {
		r.Notes = append(r.Notes, n.In(words.Data))
	}
	return r
}

func verdict(e *value.Estimate) Verdict {
	switch {
	case len(e.Costs.Items) == 0:
		return Open
	case e.Net > 0 && (e.Costs.Period == "" || e.Costs.Once == 0 || e.PaybackMonths != nil):
		return Pays
	}
	return Loses
}

// rounded keeps three digits of what a simulation found: the rest is chance.
func rounded(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	return math.Round(x/unit) * unit
}

func span(from, to string) string { return from + " – " + to }

func payback(months *float64, c value.CostSummary) string {
	switch {
	case c.Period == "" || len(c.Items) == 0:
		return "–"
	case months == nil:
		return words.T("never")
	case c.Once == 0:
		return words.T("at once")
	}
	return words.T("%s months", value.FormatNumber(math.Ceil(*months*10)/10))
}

// breakEven says where a variable, the others as they are, leaves just nothing.
func breakEven(b value.BreakEven, e *value.Estimate) string {
	name := revise.Named(b.Label, b.Name)
	if b.Value == nil {
		from, to := value.Short(b.From, b.Unit), words.Amount(b.To, b.Unit)
		if e.Net >= 0 {
			return words.T("It pays whatever “%s” is, from %s to %s.", name, from, to)
		}
		return words.T("No “%s” from %s to %s covers the costs.", name, from, to)
	}
	i := slices.IndexFunc(e.Variables, func(v value.VariableResult) bool { return v.Name == b.Name })
	above := i < 0 || *b.Value < e.Variables[i].Value
	at := words.Amount(rounded(*b.Value), b.Unit)
	switch {
	case e.Net > 0 && above:
		return words.T("It pays while “%s” stays above %s.", name, at)
	case e.Net > 0:
		return words.T("It pays while “%s” stays below %s.", name, at)
	case above:
		return words.T("It would pay once “%s” is below %s.", name, at)
	default:
		return words.T("It would pay once “%s” is above %s.", name, at)
	}
}

func costs(e *value.Estimate) []Line {
	if len(e.Costs.Items) == 0 {
		return nil
	}
	out := []Line{{Label: words.T("Value"), Amount: words.Amount(e.Expected, e.Unit)}}
	for _, c := range e.Costs.Items {
		amount := words.Amount(c.Value, c.Unit)
		if c.Every != "" {
			amount += " " + words.Data("every "+c.Every)
		}
		out = append(out, Line{Label: revise.Named(c.Label, c.Name), Amount: "− " + amount})
	}
	left := words.T("Left")
	if e.Costs.Once > 0 && e.Costs.Period != "" {
		left = words.T("Left, once it is built")
	}
	return append(out, Line{Label: left, Amount: words.Amount(e.Net, e.Unit), Strong: true})
}

func scenarios(e *value.Estimate, short, exact func(float64) string) []Scenario {
	labels := map[string]string{}
	units := map[string]string{}
	for _, v := range e.Variables {
		labels[v.Name], units[v.Name] = revise.Named(v.Label, v.Name), v.Unit
	}
	for _, c := range e.Costs.Items {
		labels[c.Name], units[c.Name] = revise.Named(c.Label, c.Name), c.Unit
	}
	between := func(low, high float64) string {
		if low == high {
			return "–"
		}
		return span(short(low), short(high))
	}
	out := []Scenario{{
		Name: words.T("As above"), Difference: "–", Expected: exact(e.Expected), Range: between(e.P10, e.P90),
		Net: exact(e.Net), Payback: payback(e.PaybackMonths, e.Costs),
	}}
	for _, s := range e.Scenarios {
		var changes []string
		for name, text := range s.Set {
			if x, ok := value.ParseNumber(text); ok {
				text = words.Number(x, units[name])
			}
			changes = append(changes, labels[name]+": "+text)
		}
		slices.Sort(changes)
		out = append(out, Scenario{
			ID: s.Name, Name: words.Data(s.Name), Change: strings.Join(changes, ", "),
			Expected: exact(s.Expected), Difference: signed(s.Difference, exact),
			Range: between(s.P10, s.P90), Net: exact(s.Net), Payback: payback(s.PaybackMonths, e.Costs),
		})
	}
	return out
}

// signed returns a difference with its sign.
func signed(x float64, exact func(float64) string) string {
	if x > 0 {
		return "+" + exact(x)
	}
	return exact(x)
}

func histogram(e *value.Estimate) chart.Histogram {
	if e.SD == 0 {
		return chart.Histogram{}
	}
	mark := func(x float64, name string) chart.Mark {
		return chart.Mark{X: x, Name: name, Words: brief(x, 1e6, e.Unit)}
	}
	return chart.Histogram{
		Low: e.Histogram.Low, High: e.Histogram.High, Counts: e.Histogram.Counts, From: e.P10, To: e.P90,
		Marks:  []chart.Mark{mark(e.P10, "P10"), mark(e.P50, "P50"), mark(e.P90, "P90")},
		Format: compact(e.Unit),
	}
}

func tornado(e *value.Estimate) chart.Tornado {
	t := chart.Tornado{Expected: e.Expected, Format: compact(e.Unit)}
	const most = 6 // what moves it less is not seen beside what moves it most
	for _, s := range e.Sensitivity {
		if len(t.Bars) == most || s.Swing == 0 {
			break
		}
		t.Bars = append(t.Bars, chart.Bar{
			Name: revise.Named(s.Label, s.Name), Range: span(value.Short(s.Low, s.Unit), value.Short(s.High, s.Unit)),
			Low: s.ValueLow, High: s.ValueHigh,
		})
	}
	return t
}

// compact returns how numbers stand at an axis: short, with the sign of money.
func compact(unit string) func(float64) string {
	return func(x float64) string { return brief(x, 1e4, unit) }
}

// exactly returns an amount in full, as long as people can read that.
func exactly(x float64, unit string) string {
	if math.Abs(x) >= 1e12 {
		return brief(x, 1e12, unit)
	}
	return value.Short(x, unit)
}

// brief returns x with three digits that count, and from a size on in
// thousands, millions and so on.
func brief(x, from float64, unit string) string {
	if math.Abs(x) >= from && strings.TrimSpace(unit) != "%" {
		for _, scale := range []struct {
			size float64
			mark string
		}{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
			if math.Abs(x) >= scale.size {
				return value.Short(rounded(x/scale.size), unit) + scale.mark
			}
		}
	}
	return value.Short(rounded(x), unit)
}

// ScenarioTable returns the scenarios as spreadsheets take a table: cells apart
// by tabs.
func (p *Presenter) ScenarioTable() string {
	rows := [][]string{{words.T("Scenario"), words.T("Value"), words.T("Difference"), words.T("In 8 of 10 cases"), words.T("After costs"), words.T("Pays back after")}}
	for _, s := range p.State.Get().Result.Scenarios {
		rows = append(rows, []string{s.Name, s.Expected, s.Difference, s.Range, s.Net, s.Payback})
	}
	return tabbed(rows)
}

func tabbed(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.Join(strings.Fields(cell), " ")) // no tabs or line breaks of its own
		}
		b.WriteByte('\n')
	}
	return b.String()
}
