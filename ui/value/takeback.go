package value

import (
	"context"

	"cairn/core/fault"
	"cairn/core/value"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// did remembers that the model became another, so that it can be taken back.
func (p *Presenter) did(name, model string, before, after value.Model) {
	if same(before, after) {
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
	m, ok := merged(now.Model, from, to)
	if !ok {
		return fault.New(fault.Conflict, words.T("Somebody has changed the same since."), words.T("The history of the page has both."))
	}
	if err := p.source.Save(ctx, p.project, m); err != nil {
		return err
	}
	p.Load(ctx)
	return nil
}

// merged returns now with what changes on the way from one model to another. It
// is not ok when now differs from the first where the second does, too.
func merged(now, from, to value.Model) (m value.Model, ok bool) {
	ok = true
	text := func(now, from, to string) string {
		ok = ok && (from == to || now == from)
		if from == to {
			return now
		}
		return to
	}
	m = now
	m.About, m.Unit, m.Formula = text(now.About, from.About, to.About), text(now.Unit, from.Unit, to.Unit), text(now.Formula, from.Formula, to.Formula)
	if from.Discount != to.Discount {
		ok = ok && now.Discount == from.Discount
		m.Discount = to.Discount
	}
	m.Variables = mergedList(now.Variables, from.Variables, to.Variables, variableName, &ok)
	m.Steps = mergedList(now.Steps, from.Steps, to.Steps, stepName, &ok)
	m.Costs = mergedList(now.Costs, from.Costs, to.Costs, costName, &ok)
	m.Scenarios = mergedList(now.Scenarios, from.Scenarios, to.Scenarios, scenarioName, &ok)
	return m, ok
}

func mergedList[T any](now, from, to []T, of func(T) string, ok *bool) []T {
	switch {
	case same(from, to):
		return now
	case same(now, from):
		return to
	}
	out := now
	for _, old := range from {
		name := of(old)
		i, j := at(out, name, of), at(to, name, of)
		switch {
		case j >= 0 && same(old, to[j]):
		case i < 0 || !same(out[i], old):
			*ok = false
		case j < 0:
			out = without(out, name, of)
		default:
			out = put(out, name, of, to[j])
		}
	}
	for _, added := range to {
		if name := of(added); at(from, name, of) < 0 {
			*ok = *ok && at(out, name, of) < 0
			out = put(out, name, of, added)
		}
	}
	return out
}
