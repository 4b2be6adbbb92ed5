package value

import (
	"context"
	"strings"

	"cairn/core/value"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// rename gives the project's model another name, and goes on with it.
func (p *Presenter) rename(ctx context.Context, id, from, to string) error {
	p.line.Pending(editor)
	err := p.source.RenameModel(ctx, id, to)
	p.report(err)
	if err != nil {
		return err
	}
	p.alter(func() {
		if p.picked == "" || strings.EqualFold(p.picked, from) {
			p.picked = to
		}
	})
	p.Load(ctx)
	return nil
}

func (p *Presenter) renaming(id, from, to string) undo.Step {
	return undo.Step{
		Name:  words.T("Name “%s”", words.Data(to)),
		Back:  func(ctx context.Context) error { return p.rename(ctx, id, to, from) },
		Again: func(ctx context.Context) error { return p.rename(ctx, id, from, to) },
	}
}

// New offers the models to begin another one with.
func (p *Presenter) New(ctx context.Context) {
	p.Save(ctx)
	offered, err := p.source.Templates(ctx)
	p.change(func() { p.stage, p.adding, p.offered, p.broken = Choosing, true, offered, err })
}

// Stay goes back from New to the model.
func (p *Presenter) Stay(ctx context.Context) {
	p.alter(func() { p.adding = false })
	p.Load(ctx)
}

// blank is a model to write from nothing.
func blank() value.Model {
	return value.Model{Name: words.T("Value model"), Unit: "USD/month", Formula: "0"}
}

// start stores a model under a name that the project has not yet, and shows it.
func (p *Presenter) start(ctx context.Context, m value.Model) {
	p.mu.Lock()
	names := p.found.Names
	p.mu.Unlock()
	m.Name = unused(m.Name, " ", func(name string) bool {
		for _, n := range names {
			if strings.EqualFold(n, name) {
				return true
			}
		}
		return false
	})
	p.line.Pending(editor)
	err := p.source.Save(ctx, p.project, m)
	p.line.Done(editor, err)
	if err != nil {
		return
	}
	p.alter(func() {
		if p.adding || len(names) > 0 {
			p.picked = m.Name
		}
		p.adding, p.drafts = false, map[Key]string{}
	})
	p.Load(ctx)
}

// Duplicate makes a copy of the model, and shows it.
func (p *Presenter) Duplicate(ctx context.Context) {
	p.Save(ctx)
	p.mu.Lock()
	m := p.found.Model
	p.mu.Unlock()
	p.start(ctx, m)
}

// Trash moves the model to the trash and shows another one, if there is one. It
// returns the model's name and what takes it out again.
func (p *Presenter) Trash(ctx context.Context) (name string, restore func(context.Context) error) {
	p.Save(ctx)
	p.mu.Lock()
	id, name := p.found.ID, p.found.Model.Name
	p.mu.Unlock()
	put := func(trashed bool) func(context.Context) error {
		return func(ctx context.Context) error {
			p.line.Pending(editor)
			err := p.source.Trash(ctx, id, trashed)
			p.report(err)
			if err != nil {
				return err
			}
			p.alter(func() {
				p.drafts, p.picked = map[Key]string{}, ""
				if !trashed {
					p.picked = name
				}
			})
			p.Load(ctx)
			return nil
		}
	}
	if err := put(true)(ctx); err != nil {
		return "", nil
	}
	p.past.Did(undo.Step{Name: words.T("“%s” moved to the trash", words.Data(name)), Back: put(false), Again: put(true)})
	return words.Data(name), put(false)
}
