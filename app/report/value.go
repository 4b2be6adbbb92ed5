package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cairn/app/report/paper"
	"cairn/core/value"
)

// value is how the number comes about and how sure it is.
func (w *writer) value() {
	w.heading(w.T("Value"))
	if len(w.project.Models) == 0 {
		w.nothing(w.T("There is no value estimate yet."))
		return
	}
	several := len(w.project.Models) > 1
	for _, m := range w.project.Models {
		if several {
			w.minor(w.named(w.Data(m.Name)))
		}
		if m.Estimate == nil {
			w.add(paper.Note{Text: w.T("This value model can't be estimated: %s", m.Problem.In(w.Data)), Tone: paper.Warning})
			continue
		}
		w.estimate(m.Estimate)
	}
}

func (w *writer) estimate(e *value.Estimate) {
	if about := strings.TrimSpace(e.About); about != "" {
		w.add(paper.Text{Text: w.about(about)})
	}
	w.minor(w.T("How it is worked out"))
	w.formula(e)
	w.minor(w.T("What it is worked out from"))
	w.variables(e)
	w.certainty(e)
	w.breakEven(e)
	if w.audience.money() {
		w.costs(e)
		w.scenarios(e)
	}
	for _, n := range e.Notes {
		w.add(paper.Note{Text: w.Data(n), Tone: paper.Warning})
	}
}

// about returns what a model says of itself. Of a template, the sentence that is
// translated is its first.
func (w *writer) about(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	first, rest, _ := strings.Cut(text, ". ")
	first = strings.TrimSuffix(first, ".") + "."
	if said := w.Data(first); said != first {
		return said
	}
	return strings.TrimSpace(first + " " + rest)
}

// labelled returns what a quantity is called: its label, or its name as words.
func (v *voice) labelled(label, name string) string {
	return v.Data(cmp.Or(label, strings.ReplaceAll(name, "_", " ")))
}

// token matches a name, a number, or one sign of a formula.
var token = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*|[0-9][0-9_.,]*(?:[eE][+-]?[0-9]+)?%?|<=|>=|==|!=|[^\s]`)

// signs are how operators are printed.
var signs = map[string]string{"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", "==": "="}

// inWords returns a formula with labels for names.
func inWords(formula string, labels map[string]string) string {
	return token.ReplaceAllStringFunc(formula, func(t string) string { return cmp.Or(labels[t], signs[t], t) })
}

// labels returns what the quantities of an estimate are called, by name.
func (v *voice) labels(e *value.Estimate) map[string]string {
	out := map[string]string{}
	for _, q := range e.Variables {
		out[q.Name] = v.labelled(q.Label, q.Name)
	}
	for _, s := range e.Steps {
		out[s.Name] = v.labelled(s.Label, s.Name)
	}
	for _, c := range e.Costs.Items {
		out[c.Name] = v.labelled(c.Label, c.Name)
	}
	return out
}

// formula says step by step what is multiplied with what, the value last.
func (w *writer) formula(e *value.Estimate) {
	labels := w.labels(e)
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Result"), Share: 3}, {Head: w.T("Worked out as"), Share: 6}, {Head: "=", Share: 3, Right: true}}}
	row := func(name, code, formula, worked, result string, strong bool) {
		how := paper.Cell{Text: inWords(formula, labels), Under: worked}
		what := paper.Cell{Text: name, Strong: strong}
		if w.audience.technical() {
			what.Under, how.Under = code, worked+"\n"+formula
		}
		t.Rows = append(t.Rows, []paper.Cell{what, how, {Text: result, Strong: strong}})
	}
	for _, s := range e.Steps {
		if used(s.Name, e) || w.audience.technical() {
			row(labels[s.Name], s.Name, s.Formula, s.Worked, w.amount(s.Value, s.Unit), false)
		}
	}
	row(w.T("Estimated value"), "", e.Formula, e.Worked, w.amount(e.Expected, e.Unit), true)
	w.add(t)
}

// used reports whether a step is part of the value, not only shown beside it.
func used(step string, e *value.Estimate) bool {
	if slices.Contains(token.FindAllString(e.Formula, -1), step) {
		return true
	}
	return slices.ContainsFunc(e.Steps, func(s value.StepResult) bool {
		return s.Name != step && slices.Contains(token.FindAllString(s.Formula, -1), step)
	})
}

func (w *writer) variables(e *value.Estimate) {
	t := paper.Table{Columns: []paper.Column{
		{Head: w.T("Quantity"), Share: 4},
		{Head: w.T("Best guess"), Share: 2.6, Right: true},
		{Head: w.T("Range"), Share: 3, Right: true},
		{Head: w.T("Where the number comes from"), Share: 4},
	}}
	for _, q := range e.Variables {
		name := paper.Cell{Text: w.labelled(q.Label, q.Name)}
		ranged := paper.Cell{Text: w.T("exact")}
		if q.Shape != value.Fixed {
			ranged = paper.Cell{Text: value.Short(q.Low, q.Unit) + " – " + value.Short(q.High, q.Unit)}
			if w.audience.technical() {
				ranged.Under = w.shape(q.Shape)
			}
		}
		if w.audience.technical() {
			name.Under = q.Name
		}
		why := w.Data(q.Why)
		if why == "" {
			why = w.T("not said")
		}
		t.Rows = append(t.Rows, []paper.Cell{name, paper.Of(w.amount(q.Value, q.Unit)), ranged, paper.Of(why)})
	}
	w.add(t)
}

// certainty is the distribution, and what moves it.
func (w *writer) certainty(e *value.Estimate) {
	w.minor(w.T("How sure it is"))
	if e.SD == 0 {
		w.add(paper.Text{Text: w.T("All numbers are exact, so nothing is known of how sure the estimate is.")})
	} else {
		w.add(paper.Text{Text: w.T("In 8 of 10 cases it comes to between %s and %s; as often above %s as below.",
			value.Short(rounded(e.P10), e.Unit), w.amount(rounded(e.P90), e.Unit), value.Short(rounded(e.P50), e.Unit))})
		w.add(w.histogram(e))
	}
	if f, ok := w.tornado(e); ok {
		w.add(f)
	}
}

// breakEven says of each quantity, the others as they are, where nothing is left.
func (w *writer) breakEven(e *value.Estimate) {
	if len(e.BreakEven) == 0 || len(e.Costs.Items) == 0 {
		return
	}
	w.minor(w.T("Where it breaks even"))
	var items []string
	for _, b := range e.BreakEven {
		items = append(items, w.breaksEven(b, e))
	}
	w.add(paper.Text{Text: w.T("Each alone, the others as they are"), Quiet: true}, paper.List{Items: items})
}

func (v *voice) breaksEven(b value.BreakEven, e *value.Estimate) string {
	name := v.labelled(b.Label, b.Name)
	if b.Value == nil {
		from, to := value.Short(b.From, b.Unit), v.amount(b.To, b.Unit)
		if e.Net >= 0 {
			return v.T("It pays whatever “%s” is, from %s to %s.", name, from, to)
		}
		return v.T("No “%s” from %s to %s covers the costs.", name, from, to)
	}
	i := slices.IndexFunc(e.Variables, func(q value.VariableResult) bool { return q.Name == b.Name })
	above := i < 0 || *b.Value < e.Variables[i].Value
	at := v.amount(rounded(*b.Value), b.Unit)
	switch {
	case e.Net > 0 && above:
		return v.T("It pays while “%s” stays above %s.", name, at)
	case e.Net > 0:
		return v.T("It pays while “%s” stays below %s.", name, at)
	case above:
		return v.T("It would pay once “%s” is below %s.", name, at)
	default:
		return v.T("It would pay once “%s” is above %s.", name, at)
	}
}

// shape returns what a distribution is called.
func (v *voice) shape(s value.Shape) string {
	switch s {
	case value.Uniform:
		return v.T("uniform")
	case value.Triangular:
		return v.T("triangular")
	case value.PERT:
		return v.T("PERT")
	case value.Normal:
		return v.T("normal")
	case value.LogNormal:
		return v.T("lognormal")
	case value.Fixed:
		return v.T("exact")
	}
	return string(s)
}
