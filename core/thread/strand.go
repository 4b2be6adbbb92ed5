package thread

import (
	"cmp"
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/value"
)

// Design is what a project has agreed to, none of it in the trash.
type Design struct {
	Metrics, Requirements []*doc.Doc
	Models                []Model
	// Called returns what a person is called. Without it nobody has a name.
	Called func(id.Person) string
}

// Model is a value model, or why it can't be read.
type Model struct {
	Doc     *doc.Doc
	Value   value.Model
	Problem sentence.Sentence // Value is not looked at when it says something
}

// Strand is one thread, as far as it is spun: from what was agreed to what it is
// measured by, to the quantities of a value model that this is, to what it is
// worth. Its JSON names are part of the command line's contract.
type Strand struct {
	// Requirement is nil for a key metric that serves none that can be measured.
	Requirement *Agreed    `json:"requirement,omitempty"`
	Metrics     []Measure  `json:"metrics"`   // by column
	Variables   []Quantity `json:"variables"` // of the value models, once each
	// Worth is nil when the strand reaches no value model that can be worked out.
	Worth  *Worth `json:"worth,omitempty"`
	States States `json:"states"`
	// Problem says why the value model that the strand reaches has no numbers.
	Problem string `json:"problem,omitempty"`
	// ProblemWords are the same, to be translated.
	ProblemWords *sentence.Sentence `json:"problem_words,omitempty"`
}

// Agreed is the requirement at the beginning of a strand.
type Agreed struct {
	ID       id.Doc `json:"id"`
	Title    string `json:"title"`
	Demand   string `json:"demand"` // "recall >= 80 %"; empty when none of it can be read
	Owner    string `json:"owner,omitempty"`
	Disputed []Part `json:"disputed,omitempty"`
}

// Measure is a key metric of a strand.
type Measure struct {
	ID       id.Doc `json:"id"`
	Name     string `json:"name"`
	Column   string `json:"column,omitempty"`
	Variable string `json:"variable,omitempty"` // the one of Variables that it is the measure of
}

// Quantity is a variable or step of a value model.
type Quantity struct {
	Model    id.Doc   `json:"model"`
	Name     string   `json:"name"`
	Label    string   `json:"label,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Computed bool     `json:"computed"`
	Value    *float64 `json:"value"` // its best guess, nil when the model can't be worked out
}

// States is how the links of a strand stand.
type States struct {
	Requirement LinkState `json:"requirement"`
	Metric      LinkState `json:"metric"`
	Value       LinkState `json:"value"`
}

// LinkState is how a link of a strand stands.
type LinkState string

// The states of links.
const (
	LinkAgreed   LinkState = "agreed"
	LinkDisputed LinkState = "disputed" // people wrote it differently, and nobody has settled it
	LinkMissing  LinkState = "missing"  // the strand ends before it
	LinkBroken   LinkState = "broken"   // it is there, and can't be read or worked out
)

// Strands returns a strand for every requirement that can be measured, and for
// every key metric that serves none of them. Those at which the most money is at
// stake come first, then those that reach a value model, those that reach a key
// metric, and the rest.
func Strands(d Design) []Strand {
	s := newSpinner(d)
	out := []Strand{}
	served := map[id.Doc]bool{} // key metric → a strand begins above it
	for i, r := range s.board.Requirements {
		g, missing := From(d.Requirements[i])
		if missing != nil {
			continue
		}
		out = append(out, s.spin(&g, r.Metrics))
		for _, m := range r.Metrics {
			served[m] = true
		}
	}
	for _, c := range s.board.Columns {
		for _, m := range c.Metrics {
			if !served[m.ID] {
				out = append(out, s.spin(nil, []id.Doc{m.ID}))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Strand) int {
		return cmp.Or(cmp.Compare(b.AtRisk(), a.AtRisk()), cmp.Compare(b.reach(), a.reach()))
	})
	return out
}

// AtRisk returns what missing the requirement by a tenth costs, in the unit of
// the worth; 0 when it costs nothing or nobody can tell.
func (s Strand) AtRisk() float64 {
	if s.Worth == nil || s.Worth.Stake == nil {
		return 0
	}
	return max(0, s.Worth.Stake.AtRisk)
}

// reach returns how far the strand goes.
func (s Strand) reach() int {
	switch {
	case s.Worth != nil && s.Worth.Stake != nil:
		return 4
	case s.Worth != nil:
		return 3
	case len(s.Variables) > 0:
		return 2
	default:
		return min(len(s.Metrics), 1)
	}
}

// spinner makes strands.
type spinner struct {
	board   Board
	called  func(id.Person) string
	metrics map[id.Doc]Metric
	place   map[id.Doc]int      // key metric → its place on the board
	docs    map[id.Doc]*doc.Doc // key metrics and value models
	ledgers map[string]*ledger  // variable or step → the first model that has it
}

func newSpinner(d Design) *spinner {
	s := &spinner{called: d.Called, metrics: map[id.Doc]Metric{}, place: map[id.Doc]int{}, docs: map[id.Doc]*doc.Doc{}, ledgers: map[string]*ledger{}}
	models := make([]*doc.Doc, len(d.Models))
	for i, m := range d.Models {
		models[i], s.docs[m.Doc.ID()] = m.Doc, m.Doc
		l := &ledger{model: m}
		for _, name := range namesOf(m.Doc) {
			if s.ledgers[name] == nil {
				s.ledgers[name] = l
			}
		}
	}
	for _, m := range d.Metrics {
		s.docs[m.ID()] = m
	}
	s.board = Links(d.Metrics, d.Requirements, models)
	for _, c := range s.board.Columns {
		for _, m := range c.Metrics {
			s.place[m.ID] = len(s.place)
			s.metrics[m.ID] = m
		}
	}
	return s
}

// namesOf returns the names of a value model's variables and steps.
func namesOf(model *doc.Doc) []string {
	w := weaver{byName: map[string]int{}}
	view := noun.ValueModels.View(model)
	w.addVariables(view.Variables, false)
	w.addVariables(view.Steps, true)
	names := make([]string, len(w.variables))
	for i, v := range w.variables {
		names[i] = v.Name
	}
	return names
}

// spin returns the strand of a gate, or of none, through key metrics.
func (s *spinner) spin(g *Gate, metrics []id.Doc) Strand {
	out := Strand{Metrics: []Measure{}, Variables: []Quantity{}, States: States{LinkMissing, LinkMissing, LinkMissing}}
	if g != nil {
		out.Requirement, out.States.Requirement = s.agreed(g), stateOf(g)
	}
	metrics = slices.Clone(metrics)
	slices.SortFunc(metrics, func(a, b id.Doc) int { return cmp.Compare(s.place[a], s.place[b]) })
	var reached []*ledger
	for _, name := range metrics {
		m := s.metrics[name]
		variable := strings.TrimSpace(m.View.Variable)
		l := s.ledgers[variable]
		if l == nil {
			variable = ""
		}
		out.Metrics = append(out.Metrics, Measure{m.ID, m.View.Name, m.View.Column, variable})
		out.States.Metric = worse(out.States.Metric, s.health(m.ID, noun.KeyMetrics.Kind, "name"))
		if l == nil || slices.ContainsFunc(out.Variables, func(q Quantity) bool { return q.Name == variable }) {
			continue
		}
		out.Variables = append(out.Variables, l.quantity(variable))
		out.States.Value = worse(out.States.Value, s.health(l.model.Doc.ID(), noun.ValueModels.Kind, "formula", "unit", "discount"))
		reached = append(reached, l)
	}
	s.weigh(&out, g, reached)
	return out
}

func (s *spinner) agreed(g *Gate) *Agreed {
	a := &Agreed{ID: g.Requirement, Title: g.Title, Disputed: g.Disputed}
	if len(g.Bounds) > 0 {
		a.Demand = g.Demand(g.Bounds[0])
	}
	if s.called != nil && !g.Owner.IsZero() {
		a.Owner = s.called(g.Owner)
	}
	return a
}

func stateOf(g *Gate) LinkState {
	switch {
	case g.Unread:
		return LinkBroken
	case len(g.Disputed) > 0:
		return LinkDisputed
	default:
		return LinkAgreed
	}
}

// health returns how a document stands that a strand goes through: disputed when
// one of the fields is.
func (s *spinner) health(name id.Doc, kind *noun.Kind, fields ...string) LinkState {
	d := s.docs[name]
	if d.Frozen() {
		return LinkBroken
	}
	for _, number := range d.Conflicts() {
		for _, field := range fields {
			if f, ok := kind.Field(field); ok && f.Number == number {
				return LinkDisputed
			}
		}
	}
	return LinkAgreed
}

// worse returns the state of a link that is made of several.
func worse(a, b LinkState) LinkState {
	rank := func(s LinkState) int {
		return slices.Index([]LinkState{LinkMissing, LinkAgreed, LinkDisputed, LinkBroken}, s)
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}
