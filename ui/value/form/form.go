// Package form is what the sheets of the value page ask for, and the model that
// follows from the answers: all of a variable, a step, a cost, a scenario, or the
// settings of the model. It is pure, and knows neither the toolkit nor where
// models are stored.
package form

import (
	"errors"
	"maps"
	"strings"

	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// Form is what a sheet shows.
type Form struct {
	Serial               int // another one for each time that a form is opened
	Title, Purpose, Verb string
	Fields               []Field
	Problem              string // with the model as it would be
}

// Field is something to fill in. Those in one Row stand beside each other.
type Field struct {
	ID, Label, Aside string
	Example, Help    string
	Text, Problem    string
	Options          []Option // to choose from, when there are any
	Row              string
	Lines            int // how many to show of what may be long; 0 for one line and no more
}

// Option is one of several things to choose, and what to call it.
type Option struct{ Value, Words string }

// Filling is a form that is being filled in. It is not safe for concurrent use.
type Filling struct {
	Of, Name string // what it changes; an empty name is a new one
	Serial   int
	values   map[string]string
	touched  map[string]bool
	tried    bool   // somebody wanted to keep it: from now on all that is wrong is said
	failed   string // why it was not stored
}

// kind is how one kind of form begins, looks and changes a model.
type kind struct {
	begin  func(m value.Model, f *Filling)
	form   func(m value.Model, f *Filling) Form
	change func(m value.Model, f *Filling) (value.Model, map[string]string) // problems by field
	where  string                                                           // how value.Error begins to say which
}

func (f *Filling) kind() kind {
	switch f.Of {
	case revise.Cost:
		return costForm
	case revise.Step:
		return stepForm
	case revise.Scenario:
		return scenarioForm
	case revise.Model:
		return modelForm
	default:
		return variableForm
	}
}

// Open begins to change a part of a model, a new one when name is empty.
func Open(m value.Model, of, name string, serial int) *Filling {
	f := &Filling{Of: of, Name: name, Serial: serial, values: map[string]string{}, touched: map[string]bool{}}
	f.kind().begin(m, f)
	return f
}

// Fill takes what stands in a field.
func (f *Filling) Fill(id, text string) { f.values[id], f.touched[id], f.failed = text, true, "" }

// Refuse makes the form say all that is wrong with it, and why it was not stored.
func (f *Filling) Refuse(why string) { f.tried, f.failed = true, why }

// Get returns what a field holds.
func (f *Filling) Get(id string) string { return strings.TrimSpace(f.values[id]) }

// Copy returns the form as it is now.
func (f *Filling) Copy() *Filling {
	out := *f
	out.values, out.touched = maps.Clone(f.values), maps.Clone(f.touched)
	return &out
}

// Change returns the model as the form makes it of another.
func (f *Filling) Change(m value.Model) value.Model {
	after, _ := f.kind().change(m, f)
	return after
}

// NameIn returns the name that what the form changes has in a model made by it.
func (f *Filling) NameIn(m value.Model) string {
	switch {
	case f.Of == revise.Scenario:
		return f.Get(Label)
	case f.Get(idName) != "":
		return f.Get(idName)
	case f.Of == revise.Cost && f.Name == "" && len(m.Costs) > 0:
		return m.Costs[len(m.Costs)-1].Name
	}
	return f.Name
}

// Try returns the model as the form would make it, and what is wrong with it, by
// field and as a whole. Say puts a problem into words.
func (f *Filling) Try(m value.Model, say func(error) string) (after value.Model, problems map[string]string, problem string) {
	after, problems = f.kind().change(m, f)
	if len(problems) > 0 {
		return after, problems, ""
	}
	_, err := value.Check(after)
	e, ok := errors.AsType[*value.Error](err)
	switch {
	case err == nil:
		return after, nil, ""
	case !ok:
		return after, nil, say(err)
	case f.kind().where != "" && strings.HasPrefix(e.Where, f.kind().where):
		for _, id := range []string{idFormula, idUnit} {
			if text := f.Get(id); text != "" && text == e.Text {
				return after, map[string]string{id: say(err)}, ""
			}
		}
	}
	where, _, _ := e.In(words.Data)
	return after, nil, where + ": " + say(err)
}

// Shown returns the form as the page shows it.
func (f *Filling) Shown(m value.Model, say func(error) string) Form {
	shown := f.kind().form(m, f)
	_, problems, problem := f.Try(m, say)
	shown.Serial, shown.Problem = f.Serial, problem
	if f.failed != "" {
		shown.Problem = f.failed
	}
	if !f.tried && len(f.touched) == 0 {
		shown.Problem = ""
	}
	for i := range shown.Fields {
		field := &shown.Fields[i]
		field.Text = f.values[field.ID]
		if f.tried || f.touched[field.ID] && f.Get(field.ID) != "" {
			field.Problem = problems[field.ID]
		}
	}
	return shown
}
