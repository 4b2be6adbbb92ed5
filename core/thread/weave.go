package thread

import (
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// weaver links metrics to what is there.
type weaver struct {
	requirements []Requirement
	measurable   []bool           // by place in requirements
	variables    []Variable       // without metrics until they are linked
	byID         map[id.Doc]int   // requirement → its place
	naming       map[string][]int // metric → places of the requirements that name it
	byName       map[string]int   // variable → its place
}

func newWeaver(requirements, models []*doc.Doc) *weaver {
	w := &weaver{byID: map[id.Doc]int{}, naming: map[string][]int{}, byName: map[string]int{}}
	for place, d := range requirements {
		w.requirements = append(w.requirements, Requirement{ID: d.ID(), Title: noun.Requirements.Title(d)})
		_, missing := From(d)
		w.measurable = append(w.measurable, missing == nil)
		w.byID[d.ID()] = place
		names, _ := read(d, PartMetric, asName, sameName)
		for _, name := range names {
			w.naming[sameName(name)] = append(w.naming[sameName(name)], place)
		}
	}
	for _, d := range models {
		model := noun.ValueModels.View(d)
		w.addVariables(model.Variables, false)
		w.addVariables(model.Steps, true)
	}
	return w
}

// addVariables adds what records of a value model name, once.
func (w *weaver) addVariables(records []doc.Value, computed bool) {
	for _, record := range records {
		name, ok := asName(record.Fields()["name"])
		if _, twice := w.byName[name]; ok && name != "" && !twice {
			w.byName[name] = len(w.variables)
			w.variables = append(w.variables, Variable{Name: name, Computed: computed})
		}
	}
}

// link returns the key metric d with its links, and notes these at the other end.
func (w *weaver) link(d *doc.Doc) Metric {
	m := Metric{ID: d.ID(), View: noun.KeyMetrics.View(d)}
	places := slices.Clone(w.naming[sameName(m.View.Name)])
	gone := 0
	for _, name := range m.View.Requirements {
		if place, ok := w.byID[name]; ok {
			places = append(places, place)
		} else {
			gone++
		}
	}
	slices.Sort(places)
	for _, place := range slices.Compact(places) {
		r := &w.requirements[place]
		r.Metrics = append(r.Metrics, m.ID)
		m.Requirements = append(m.Requirements, r.ID)
	}

	variable := strings.TrimSpace(m.View.Variable)
	place, known := w.byName[variable]
	if known {
		w.variables[place].Metrics = append(w.variables[place].Metrics, m.ID)
	}
	if gone == 1 {
		m.flag(FlagRequirement, sentence.New("It refers to a requirement that is not in the project."))
	} else if gone > 1 {
		m.flag(FlagRequirement, sentence.New("It refers to %d requirements that are not in the project.", gone))
	}
	if !known && variable != "" {
		m.flag(FlagVariable, sentence.New("No value model of the project has a variable called %s.", clip(variable)))
	}
	if !known && len(m.Requirements) == 0 {
		m.flag(FlagUnlinked, sentence.New("Nothing is linked to it: it serves no requirement and is no variable of a value model."))
	}
	return m
}

func (m *Metric) flag(kind FlagKind, said sentence.Sentence) {
	m.Flags = append(m.Flags, Flag{kind, said})
}

// flagged returns the requirements, once all metrics are linked.
func (w *weaver) flagged() []Requirement {
	for i := range w.requirements {
		if r := &w.requirements[i]; w.measurable[i] && len(r.Metrics) == 0 {
			r.Flags = []Flag{{FlagUnlinked, sentence.New("It can be measured, and no key metric serves it.")}}
		}
	}
	return w.requirements
}
