package value

import (
	"context"
	"errors"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// Form is what a sheet asks for: all of a variable, a cost, a step, a scenario
// or the model itself.
type Form struct {
	Title, Purpose, Verb string
	Fields               []Field
	Problem              string // with the model as it would be
	serial               int
}

// Field is something to fill in. Those in one Row stand beside each other.
type Field struct {
	ID, Label, Aside string
	Example, Help    string
	Text, Problem    string
	Options          []Option // to choose from, when there are any
	Row              string
	Lines            bool // may be long
}

// Option is one of several things to choose, and what to call it.
type Option struct{ Value, Words string }

// filling is a form that is being filled in.
type filling struct {
	of, name string // what it changes; an empty name is a new one
	values   map[string]string
	touched  map[string]bool
	tried    bool   // somebody wanted to keep it: from now on all that is wrong is said
	failed   string // why it was not stored, when it was tried
	serial   int
}

// get returns what a field holds.
func (f *filling) get(id string) string { return strings.TrimSpace(f.values[id]) }

// formKind is how one kind of form begins, looks and changes a model.
type formKind struct {
	begin  func(m value.Model, f *filling)
	form   func(m value.Model, f *filling) Form
	change func(m value.Model, f *filling) (value.Model, map[string]string) // problems by field
	where  string                                                           // how value.Error begins to say which
}

func kindOf(of string) formKind {
	return map[string]formKind{
		ofVariable: variableForm, ofCost: costForm, ofStep: stepForm, ofScenario: scenarioForm, ofModel: modelForm,
	}[of]
}

// Open begins to change something; an empty name begins a new one.
func (p *Presenter) Open(of, name string) {
	p.change(func() {
		p.serial++
		p.form = &filling{of: of, name: name, values: map[string]string{}, touched: map[string]bool{}, serial: p.serial}
		kindOf(of).begin(p.sum.model, p.form)
	})
}

// Fill takes what stands in a field of the form.
func (p *Presenter) Fill(id, text string) {
	p.change(func() {
		if p.form != nil {
			p.form.values[id], p.form.touched[id], p.form.failed = text, true, ""
		}
	})
}

// Dismiss forgets the form.
func (p *Presenter) Dismiss() { p.change(func() { p.form = nil }) }

// Keep stores what the form holds, and reports whether it did. When it did not,
// State says why.
func (p *Presenter) Keep(ctx context.Context) bool {
	p.mu.Lock()
	if p.form == nil {
		p.mu.Unlock()
		return false
	}
	f := p.form.copied()
	trial, problems, problem := f.try(p.sum.model)
	label := labelOf(p.sum.model, f.of, f.name)
	p.mu.Unlock()
	if len(problems) > 0 || problem != "" {
		return p.refuse(f, "")
	}
	what := words.T("Change of “%s”", label)
	to := f.nameAfter(trial)
	if f.name == "" {
		what = words.T("“%s” added", labelOf(trial, f.of, to))
	}
	if f.of == ofModel {
		return p.keepModel(ctx, f)
	}
	p.settleDrafts(f, to)
	err := p.edit(ctx, what, func(m value.Model) value.Model {
		after, _ := kindOf(f.of).change(m, f)
		return after
	})
	if err != nil {
		return p.refuse(f, sentence(err))
	}
	p.Dismiss()
	return true
}

// settleDrafts drops what was typed on the page about what the form says anew.
func (p *Presenter) settleDrafts(f *filling, to string) {
	if f.of == ofVariable || f.of == ofCost {
		p.forget(f.of, f.name, "")
	}
	if f.of == ofVariable && f.name != to {
		p.mu.Lock()
		delete(p.drafts, Key{Of: ofFormula, Part: Text}) // it would bring the old name back
		p.mu.Unlock()
	}
}

// nameAfter returns the name that what the form changes has in a model made by
// it.
func (f *filling) nameAfter(m value.Model) string {
	switch {
	case f.of == ofScenario:
		return f.get(idLabel)
	case f.get(idName) != "":
		return f.get(idName)
	case f.of == ofCost && len(m.Costs) > 0:
		if f.name == "" {
			return m.Costs[len(m.Costs)-1].Name
		}
	}
	return f.name
}

// try returns the model as the form would make it, and what is wrong with it, by
// field and as a whole.
func (f *filling) try(m value.Model) (value.Model, map[string]string, string) {
	after, problems := kindOf(f.of).change(m, f)
	if len(problems) > 0 {
		return after, problems, ""
	}
	_, err := value.Check(after)
	if err == nil {
		return after, nil, ""
	}
	if e, ok := errors.AsType[*value.Error](err); ok && strings.HasPrefix(e.Where, kindOf(f.of).where) {
		if id := f.fieldOf(e); id != "" {
			return after, map[string]string{id: sentence(err)}, ""
		}
	}
	return after, nil, placed(err)
}

// fieldOf returns the field that a problem is about.
func (f *filling) fieldOf(e *value.Error) string {
	for _, id := range []string{idFormula, idUnit} {
		if text := f.get(id); text != "" && text == e.Text {
			return id
		}
	}
	return ""
}

// placed returns what is wrong and where, when it stands beside nothing.
func placed(err error) string {
	e, ok := errors.AsType[*value.Error](err)
	if !ok {
		return sentence(err)
	}
	return words.Data(e.Where) + ": " + sentence(err)
}

// shown returns the form as the page shows it, nil for none. The caller holds
// mu.
func (p *Presenter) shownForm() *Form {
	f := p.form
	if f == nil {
		return nil
	}
	form := kindOf(f.of).form(p.sum.model, f)
	_, problems, problem := f.try(p.sum.model)
	form.serial, form.Problem = f.serial, problem
	if f.failed != "" {
		form.Problem = f.failed
	}
	for i := range form.Fields {
		field := &form.Fields[i]
		field.Text = f.values[field.ID]
		if f.tried || f.touched[field.ID] && f.get(field.ID) != "" {
			field.Problem = problems[field.ID]
		}
	}
	if !f.tried && len(f.touched) == 0 {
		form.Problem = ""
	}
	return &form
}
