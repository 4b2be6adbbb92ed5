package value

import (
	"context"
	"maps"

	"cairn/core/value"
	"cairn/ui/words"
)

// edit writes another model, made from the one that is stored by then. The error
// is said to the window's line.
func (p *Presenter) edit(ctx context.Context, name string, change func(value.Model) value.Model) error {
	p.Save(ctx)
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	picked := p.picked
	p.mu.Unlock()
	p.line.Pending(editor)
	now, err := p.source.Find(ctx, p.project, picked)
	if err == nil {
		before := now.Model
		if after := change(before); !same(before, after) {
			if err = p.source.Save(ctx, p.project, after); err == nil {
				p.did(name, after.Name, before, after)
			}
		}
	}
	p.report(err)
	if err == nil {
		p.Load(ctx)
	}
	return err
}

// Remove takes a variable, step, cost or scenario out of the model. What is used
// elsewhere stays; the answer then says where it is used, and why is empty when
// it is gone. Undo puts it back.
func (p *Presenter) Remove(ctx context.Context, of, name string) (why string, undo func(context.Context) error) {
	p.mu.Lock()
	m, picked := p.sum.model, p.picked
	p.mu.Unlock()
	label := labelOf(m, of, name)
	if of == ofVariable || of == ofStep {
		step, formula := user(m, name)
		switch {
		case formula:
			return words.T("The formula uses “%s”. Change the formula first.", label), nil
		case step != "":
			return words.T("“%s” is worked out with “%s”. Change that first.", step, label), nil
		}
	}
	p.forget(of, name, "")
	var before, after value.Model
	err := p.edit(ctx, words.T("Removal of “%s”", label), func(m value.Model) value.Model {
		before, after = m, remove(m, of, name)
		return after
	})
	if err != nil {
		return sentence(err), nil
	}
	return "", func(ctx context.Context) error { return p.retrace(ctx, picked, after, before) }
}

// Move moves one so many places down, up when below 0.
func (p *Presenter) Move(ctx context.Context, of, name string, by int) {
	p.mu.Lock()
	label := labelOf(p.sum.model, of, name)
	p.mu.Unlock()
	_ = p.edit(ctx, words.T("Place of “%s”", label), func(m value.Model) value.Model { return move(m, of, name, by) }) // the line says it
}

// forget drops what is typed and not stored of something, or gives it to the
// name that it has now.
func (p *Presenter) forget(of, name, to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, text := range maps.Clone(p.drafts) {
		if key.Of == of && key.Name == name {
			delete(p.drafts, key)
			if to != "" {
				p.drafts[Key{of, to, key.Part}] = text
			}
		}
	}
}

// labelOf returns what people call something in a model.
func labelOf(m value.Model, of, name string) string {
	switch of {
	case ofVariable:
		if i := at(m.Variables, name, variableName); i >= 0 {
			return named(m.Variables[i].Label, name)
		}
	case ofStep:
		if i := at(m.Steps, name, stepName); i >= 0 {
			return named(m.Steps[i].Label, name)
		}
	case ofCost:
		if i := at(m.Costs, name, costName); i >= 0 {
			return named(m.Costs[i].Label, name)
		}
	}
	return words.Data(name)
}

// Label returns what people call something in the model.
func (p *Presenter) Label(of, name string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return labelOf(p.sum.model, of, name)
}
