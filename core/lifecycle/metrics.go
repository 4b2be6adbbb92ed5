package lifecycle

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/thread"
)

// columnCodes are what to say when a column of the board is empty.
var columnCodes = []struct {
	column string
	code   Code
}{{"data scientist", MetricsScientist}, {"expert", MetricsExpert}, {"business", MetricsBusiness}}

// metricsLack adds what the key metrics lack, each of the three who look at the
// board being its own.
func (p *project) metricsLack(l *list) {
	filled := map[string]bool{}
	for _, m := range p.metrics {
		filled[m.view.Column] = filled[m.view.Column] || !blank(m.view.Name)
	}
	for _, c := range columnCodes {
		if !filled[c.column] {
			l.must(c.code, nil, "")
		}
	}
	board := thread.Links(docsOf(p.metrics), docsOf(p.requirements), docsOf(p.models))
	byID := map[id.Doc]*doc.Doc{}
	for _, d := range slices.Concat(p.pages[Metrics], p.pages[Requirements]) {
		byID[d.ID()] = d
	}
	for _, column := range board.Columns {
		for _, m := range column.Metrics {
			p.metricLacks(l, byID[m.ID], m, column.Name)
		}
	}
	for _, r := range board.Requirements {
		for range r.Flags {
			l.advise(RequirementServed, byID[r.ID], "", title(byID[r.ID]))
		}
	}
}

func (p *project) metricLacks(l *list, d *doc.Doc, m thread.Metric, column string) {
	roles := []string{columnRole[column]}
	if column == "" {
		roles = texts[MetricColumn].roles
	}
	by := func(item *Item) { item.Who = p.who(roles) }
	if blank(m.View.Name) {
		by(l.must(MetricName, d, "name"))
	}
	for _, f := range m.Flags {
		switch f.Kind {
		case thread.FlagUnlinked:
			by(l.must(MetricUnlinked, d, "requirements", title(d)))
		case thread.FlagRequirement:
			by(l.advise(MetricRequirement, d, "requirements", title(d)))
		case thread.FlagVariable:
			by(l.advise(MetricVariable, d, "variable", title(d)))
		}
	}
	if column == "" {
		by(l.advise(MetricColumn, d, "column", title(d)))
	}
	if blank(m.View.Definition) {
		by(l.advise(MetricDefinition, d, "definition", title(d)))
	}
}

// columnRole is whose a column of the board is.
var columnRole = map[string]string{"data scientist": DataScientist, "expert": Expert, "business": Stakeholder}

func docsOf[T any](entries []entry[T]) []*doc.Doc {
	out := make([]*doc.Doc, len(entries))
	for i, e := range entries {
		out[i] = e.doc
	}
	return out
}
