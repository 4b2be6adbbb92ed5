package metrics

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cairn/ui/edit"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Suggestion is a key metric that the project seems to want.
type Suggestion struct {
	Name, Column, Unit, Direction, Variable string
	Requirements                            []string // IDs of those that name it

	alias string // what programs call it in any language, when that is one word
}

// typical are metrics that go with a quantity of the value templates: one for each
// who looks at the board. Of quantities with one name the unit tells.
func typical() []Suggestion {
	return []Suggestion{
		{Name: words.T("Recall"), Column: Scientist, Unit: "%", Direction: Higher, Variable: "accuracy", alias: "recall"},
		{Name: words.T("Customers kept"), Column: Expert, Unit: "customer/month", Direction: Higher, Variable: "kept"},
		{Name: words.T("Revenue that leaves"), Column: Business, Unit: "USD/month", Direction: Lower, Variable: "lost"},

		{Name: words.T("Forecast error"), Column: Scientist, Unit: "%", Direction: Lower, Variable: "error_model"},
		{Name: words.T("Goods thrown away"), Column: Expert, Unit: "%", Direction: Lower, Variable: "waste"},
		{Name: words.T("Waste and margin lost"), Column: Business, Unit: "USD/month", Direction: Lower, Variable: "avoidable"},

		{Name: words.T("Error rate"), Column: Scientist, Unit: "%", Direction: Lower, Variable: "errors_model"},
		{Name: words.T("Documents sorted without a person"), Column: Expert, Unit: "%", Direction: Higher, Variable: "automated"},
		{Name: words.T("Working time saved on a document"), Column: Business, Unit: "USD/document", Direction: Higher, Variable: "time_saved"},

		{Name: words.T("Recall"), Column: Scientist, Unit: "%", Direction: Higher, Variable: "recall", alias: "recall"},
		{Name: words.T("Payments stopped wrongly"), Column: Expert, Unit: "%", Direction: Lower, Variable: "false_alarms"},
		{Name: words.T("Loss prevented"), Column: Business, Unit: "USD/month", Direction: Higher, Variable: "prevented"},

		{Name: words.T("Lift"), Column: Scientist, Direction: Higher, Variable: "lift", alias: "lift"},
		{Name: words.T("Leads called"), Column: Expert, Unit: "lead/month", Direction: Higher, Variable: "called"},
		{Name: words.T("Additional deals"), Column: Business, Unit: "deal/month", Direction: Higher, Variable: "extra_deals"},

		{Name: words.T("Failures announced in time"), Column: Scientist, Unit: "%", Direction: Higher, Variable: "announced"},
		{Name: words.T("False alarms"), Column: Expert, Unit: "alarm/month", Direction: Lower, Variable: "false_alarms"},
		{Name: words.T("Downtime saved"), Column: Business, Unit: "USD/month", Direction: Higher, Variable: "saved"},

		{Name: words.T("Uplift"), Column: Scientist, Unit: "%", Direction: Higher, Variable: "uplift", alias: "uplift"},
		{Name: words.T("Visitors who see recommendations"), Column: Expert, Unit: "%", Direction: Higher, Variable: "seen"},
		{Name: words.T("Additional orders"), Column: Business, Unit: "order/month", Direction: Higher, Variable: "extra_orders"},
	}
}

// Suggest returns the metrics that requirements name and that are not on the board,
// then those that are typical for the value model and measure what no metric does.
func Suggest(docs []edit.Doc, a Around) (named, usual []Suggestion) {
	for _, id := range a.Links.Unserved {
		r, ok := a.requirement(id)
		if name := strings.TrimSpace(r.Metric); ok && name != "" {
			named = join(named, Suggestion{Name: name, Column: columnOf(r.Area), Unit: strings.TrimSpace(r.Unit), Direction: directionOf(r.Comparison), Requirements: []string{id}})
		}
	}
	measured := map[string]bool{}
	for _, d := range docs {
		measured[strings.TrimSpace(d.Fields[Variable])] = true
	}
	for _, s := range typical() {
		q, ok := a.quantity(s.Variable)
		if !ok || measured[s.Variable] || !alike(q.Unit, s.Unit) && !money(s.Unit) || hasName(docs, s) {
			continue
		}
		measured[s.Variable] = true
		s.Unit = q.Unit
		if i := slices.IndexFunc(named, func(n Suggestion) bool { return s.called(n.Name) }); i >= 0 {
			named[i].Column, named[i].Variable, named[i].Direction = s.Column, s.Variable, s.Direction
			continue
		}
		usual = append(usual, s)
	}
	return named, usual
}

// join adds a metric that a requirement names; several may name one.
func join(to []Suggestion, s Suggestion) []Suggestion {
	if i := slices.IndexFunc(to, func(n Suggestion) bool { return sameName(n.Name, s.Name) }); i >= 0 {
		to[i].Requirements = append(to[i].Requirements, s.Requirements...)
		return to
	}
	return append(to, s)
}

// money reports whether a unit is one that templates have in dollars, and a team in
// its own currency.
func money(unit string) bool { return strings.HasPrefix(unit, "USD") }

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// called reports whether name is a name of the metric.
func (s Suggestion) called(name string) bool {
	return sameName(name, s.Name) || s.alias != "" && sameName(name, s.alias)
}

func hasName(docs []edit.Doc, s Suggestion) bool {
	return slices.ContainsFunc(docs, func(d edit.Doc) bool { return s.called(d.Fields[Name]) })
}

// columnOf returns whose a metric is that a requirement of an area asks for.
func columnOf(area string) string {
	switch area {
	case "accuracy":
		return Scientist
	case "budget", "team":
		return Business
	case "speed", "transparency", "compliance":
		return Expert
	default:
		return ""
	}
}

// directionOf returns what is better by a comparison.
func directionOf(comparison string) string {
	switch comparison {
	case ">=", ">":
		return Higher
	case "<=", "<":
		return Lower
	default:
		return ""
	}
}

// Accept makes the metrics suggested, each a step that can be undone. One alone is
// shown, to be gone on with.
func (p *Presenter) Accept(ctx context.Context, suggested []Suggestion) {
	const saver = "suggested key metrics"
	p.line.Pending(saver)
	var failed error
	made := ""
	for _, s := range suggested {
		id, err := p.source.Create(ctx, p.project, Kind, s.fields())
		if err != nil {
			failed = err
			break
		}
		made = id
		p.past.Did(undo.Step{
			Name:  words.T("Adding “%s”", s.Name),
			Back:  func(ctx context.Context) error { return p.trash(ctx, id, true) },
			Again: func(ctx context.Context) error { return p.trash(ctx, id, false) },
		})
	}
	p.line.Done(saver, failed)
	p.Load(ctx)
	if len(suggested) == 1 && made != "" {
		p.Select(made)
	}
}

func (p *Presenter) trash(ctx context.Context, id string, trashed bool) error {
	err := p.source.Trash(ctx, id, trashed)
	p.Load(ctx)
	return err
}

// fields returns the metric as it is stored.
func (s Suggestion) fields() map[string]string {
	fields := map[string]string{}
	for field, text := range map[string]string{Name: s.Name, Column: s.Column, Unit: s.Unit, Direction: s.Direction, Variable: s.Variable} {
		if text != "" {
			fields[field] = text
		}
	}
	if raw, err := json.Marshal(s.Requirements); err == nil && len(s.Requirements) > 0 {
		fields[Requirements] = string(raw)
	}
	return fields
}
