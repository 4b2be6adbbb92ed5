package value

import (
	"context"
	"slices"
	"strings"

	"cairn/core/value"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// Open begins to change something; an empty name begins a new one.
func (p *Presenter) Open(of, name string) {
	p.change(func() {
		p.serial++
		p.form = form.Open(p.sum.model, of, name, p.serial)
	})
}

// Fill takes what stands in a field of the form.
func (p *Presenter) Fill(id, text string) {
	p.change(func() {
		if p.form != nil {
			p.form.Fill(id, text)
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
	f := p.form.Copy()
	trial, problems, problem := f.Try(p.sum.model, sentence)
	label := revise.Label(p.sum.model, f.Of, f.Name)
	p.mu.Unlock()
	if len(problems) > 0 || problem != "" {
		return p.refuse(f, "")
	}
	if f.Of == revise.Model {
		return p.keepModel(ctx, f)
	}
	to := f.NameIn(trial)
	what := words.T("Change of “%s”", label)
	if f.Name == "" {
		what = words.T("“%s” added", revise.Label(trial, f.Of, to))
	}
	p.settleDrafts(f, to)
	if err := p.edit(ctx, what, f.Change); err != nil {
		return p.refuse(f, sentence(err))
	}
	p.Dismiss()
	return true
}

// settleDrafts drops what was typed on the page about what the form says anew.
func (p *Presenter) settleDrafts(f *form.Filling, to string) {
	if f.Of == revise.Variable || f.Of == revise.Cost {
		p.forget(f.Of, f.Name)
	}
	if f.Name != to {
		p.mu.Lock()
		delete(p.drafts, Key{Of: revise.Formula, Part: Text}) // it would bring the old name back
		p.mu.Unlock()
	}
}

// keepModel stores the settings of the model, its name first: what is stored
// under a name is found by it.
func (p *Presenter) keepModel(ctx context.Context, f *form.Filling) bool {
	p.mu.Lock()
	id, old, others := p.found.ID, p.found.Model.Name, p.found.Names
	p.mu.Unlock()
	name := f.Get(form.Label)
	if name == words.Data(old) {
		name = old
	}
	if name != old {
		if slices.ContainsFunc(others, func(n string) bool { return strings.EqualFold(n, name) && !strings.EqualFold(n, old) }) {
			return p.refuse(f, words.T("Another model has this name."))
		}
		p.Save(ctx)
		if err := p.rename(ctx, id, old, name); err != nil {
			return p.refuse(f, sentence(err))
		}
		p.past.Did(p.renaming(id, old, name))
	}
	if err := p.edit(ctx, words.T("Settings of “%s”", words.Data(name)), f.Change); err != nil {
		return p.refuse(f, sentence(err))
	}
	p.Dismiss()
	return true
}

// refuse says why a form was not stored.
func (p *Presenter) refuse(f *form.Filling, why string) bool {
	p.change(func() {
		if p.form != nil && p.form.Serial == f.Serial {
			p.form.Refuse(why)
		}
	})
	return false
}

// shownForm returns the form as the page shows it, nil for none. The caller
// holds mu.
func (p *Presenter) shownForm(m value.Model) *form.Form {
	if p.form == nil {
		return nil
	}
	shown := p.form.Shown(m, sentence)
	return &shown
}
