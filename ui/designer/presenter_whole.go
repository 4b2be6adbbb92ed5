package designer

import (
	"context"
	"strings"

	"cairn/core/fault"
	"cairn/core/template"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// New makes a template of the team and shows it.
func (p *Presenter) New(ctx context.Context) error {
	return p.make(ctx, template.Template{
		Name:     words.T("New template"),
		Sections: []template.Section{{Title: words.T("First section"), Fields: []template.Field{{Label: words.T("First question"), Kind: template.Prose}}}},
	})
}

// Copy makes a template of the team of the one that is shown, in the language of
// the window, and shows it.
func (p *Presenter) Copy(ctx context.Context) error {
	p.Save(ctx)
	t := Translated(clone(p.State.Get().Draft))
	t.Name = words.T("%s (copy)", t.Name)
	return p.make(ctx, t)
}

// Translated returns a template of Cairn as the window shows it, and any other as
// it is.
func Translated(t template.Template) template.Template {
	t.Name, t.About = words.Data(t.Name), words.Data(t.About)
	for i := range t.Sections {
		s := &t.Sections[i]
		s.Title, s.Help = words.Data(s.Title), words.Data(s.Help)
		for j := range s.Fields {
			f := &s.Fields[j]
			f.Label, f.Help, f.Example = words.Data(f.Label), words.Data(f.Help), words.Data(f.Example)
			var choices []string
			for _, c := range f.Choices {
				choices = append(choices, words.Data(c))
			}
			f.Choices = choices
		}
	}
	return t
}

func (p *Presenter) make(ctx context.Context, t template.Template) error {
	made, err := p.source.Save(ctx, "", t.WithKeys(p.suffix), template.Template{})
	if err != nil {
		return err
	}
	p.past.Did(p.trashing(words.T("Making the template “%s”", t.Name), made.ID, false))
	p.State.Update(func(s State) State { return s.take(made) })
	p.Load(ctx)
	return nil
}

// Publish makes the draft the next version.
func (p *Presenter) Publish(ctx context.Context, note string) error {
	p.Save(ctx)
	s := p.State.Get()
	if s.Unsaved != "" {
		return fault.New(fault.Invalid, "%s", "Correct it, then publish.").With(s.Unsaved)
	}
	stored, err := p.source.Publish(ctx, s.Stored.ID, strings.TrimSpace(note))
	if err != nil {
		return err
	}
	p.State.Update(func(s State) State { return s.take(stored) })
	return nil
}

// Trash moves the template to the trash. It returns its ID and name for whoever
// offers to undo it.
func (p *Presenter) Trash(ctx context.Context) (id, name string, err error) {
	s := p.State.Get()
	if !s.Editable() {
		return "", "", nil
	}
	id, name = s.Stored.ID, s.Stored.Design.Name
	p.Save(ctx)
	if err := p.trash(ctx, id, true); err != nil {
		return id, name, err
	}
	p.past.Did(p.trashing(words.T("Moving “%s” to the trash", name), id, true))
	return id, name, nil
}

// Restore takes a template out of the trash and shows it.
func (p *Presenter) Restore(ctx context.Context, id string) error { return p.trash(ctx, id, false) }

func (p *Presenter) trash(ctx context.Context, id string, trashed bool) error {
	err := p.source.Trash(ctx, id, trashed)
	if err == nil && !trashed {
		p.State.Update(func(s State) State { s.Selected = id; return s })
	}
	p.Load(ctx)
	return err
}

// trashing is the step that moved a template to the trash, or made it.
func (p *Presenter) trashing(name, id string, trashed bool) undo.Step {
	move := func(trashed bool) func(context.Context) error {
		return func(ctx context.Context) error { return p.trash(ctx, id, trashed) }
	}
	return undo.Step{Name: name, Back: move(!trashed), Again: move(trashed)}
}

// Import makes a template of the team from a file that the person chooses, and
// shows it.
func (p *Presenter) Import(ctx context.Context) error {
	p.Save(ctx)
	id, err := p.source.Import(ctx)
	if err != nil || id == "" {
		return err
	}
	p.State.Update(func(s State) State { s.Selected = id; return s })
	p.Load(ctx)
	return nil
}

// Export writes the template as a file and returns its path, empty when the person
// chose none.
func (p *Presenter) Export(ctx context.Context) (string, error) {
	p.Save(ctx)
	return p.source.Export(ctx, p.State.Get().Selected)
}

// Settle settles a conflict over the name.
func (p *Presenter) Settle(ctx context.Context, name string) {
	p.SetName(name)
	s := p.State.Get()
	if s.Draft.Name == s.Stored.Design.Name { // written again, it is the only one
		base := clone(s.Stored.Design)
		base.Name = ""
		if err := p.replace(ctx, s.Stored.ID, base, s.Draft); err != nil {
			p.told(err)
		}
		return
	}
	p.Save(ctx)
}
