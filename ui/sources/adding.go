package sources

import (
	"context"

	"cairn/ui/edit"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Expect adds an expectation of the selected source in a dimension, as suggested
// or, without a statement, to be written freely, and shows its form.
func (p *Presenter) Expect(ctx context.Context, dimension string, suggested Suggestion) {
	p.Save(ctx)
	e := p.Editor.State.Get()
	of := e.Current().ID
	if of == "" || of == edit.New { // it has no name yet
		return
	}
	fields := map[string]string{Of: of, Dimension: dimension}
	if suggested.Rule != "" {
		fields[Rule] = suggested.Rule
	}
	if suggested.Statement != "" {
		fields[Statement] = suggested.Statement
	}
	x := p.Expected.State.Get()
	_, begun := x.Doc(edit.New)
	p.mu.Lock()
	p.open = edit.New
	p.mu.Unlock()
	p.Expected.Add(fields)
	if begun { // and left without a statement
		for field, text := range fields {
			p.Expected.Type(edit.New, field, text)
		}
	}
	p.Expected.Save(ctx)
}

// Withdraw moves an expectation to the trash, and returns its statement for whoever
// offers to undo it.
func (p *Presenter) Withdraw(ctx context.Context, id string) (statement string, ok bool) {
	p.reveal("")
	return p.Expected.Trash(ctx, id)
}

// readDuty finds a requirement that says how to treat personal data: one in the
// area of compliance.
func (p *Presenter) readDuty(ctx context.Context) (Duty, error) {
	found, err := p.source.Documents(ctx, p.project, KindRequirement)
	if err != nil {
		return Duty{}, err
	}
	for _, d := range found {
		if d.Fields["area"] == "compliance" {
			return Duty{ID: d.ID, Title: d.Fields["title"]}, nil
		}
	}
	return Duty{}, nil
}

// AddDuty adds a compliance requirement for the personal data of the selected
// source, and returns its ID. The project's first one is enough: where there is
// one, that is returned.
func (p *Presenter) AddDuty(ctx context.Context) (string, error) {
	now := p.State.Get()
	if now.Duty.ID != "" {
		return now.Duty.ID, nil
	}
	title := words.T("Personal data in “%s” are used only for what they were collected for", now.Selected.Fields[Name])
	id, err := p.source.Create(ctx, p.project, KindRequirement, map[string]string{"title": title, "area": "compliance"})
	if err != nil {
		return "", err
	}
	move := func(trashed bool) func(context.Context) error {
		return func(ctx context.Context) error {
			defer p.Load(ctx)
			return p.source.Trash(ctx, id, trashed)
		}
	}
	p.past.Did(undo.Step{Name: words.T("Adding “%s”", title), Back: move(true), Again: move(false)})
	p.Load(ctx)
	return id, nil
}
