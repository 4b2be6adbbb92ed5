package value

import (
	"context"

	"cairn/core/fault"
	"cairn/core/value"
	"cairn/ui/undo"
	"cairn/ui/value/revise"
)

// did remembers that the model became another, so that it can be taken back.
func (p *Presenter) did(name, model string, before, after value.Model) {
	if revise.Same(before, after) {
		return
	}
	p.past.Did(undo.Step{
		Name:  name,
		Back:  func(ctx context.Context) error { return p.retrace(ctx, model, after, before) },
		Again: func(ctx context.Context) error { return p.retrace(ctx, model, before, after) },
	})
}

// retrace writes what differs between two models onto the stored one, unless
// somebody has changed the same since.
func (p *Presenter) retrace(ctx context.Context, model string, from, to value.Model) error {
	p.writing.Lock()
	defer p.writing.Unlock()
	now, err := p.source.Find(ctx, p.project, model)
	if err != nil {
		return err
	}
	m, ok := revise.Merged(now.Model, from, to)
	if !ok {
		return fault.New(fault.Conflict, "Somebody has changed the same since.", "The history of the page has both.")
	}
	if err := p.source.Save(ctx, p.project, m); err != nil {
		return err
	}
	p.Load(ctx)
	return nil
}
