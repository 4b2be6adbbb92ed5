package edit

import (
	"context"
	"maps"
	"slices"

	"cairn/core/fault"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Save stores what was typed, all fields of a document as one. What can't be
// stored as it is, is not lost.
func (e *Editor) Save(ctx context.Context) {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.Lock()
	ready := e.ready()
	e.mu.Unlock()
	if len(ready) == 0 {
		e.tell()
		return
	}
	e.line.Pending(e.name)
	var failed error
	for _, id := range slices.Sorted(maps.Keys(ready)) {
		if err := e.store(ctx, id, ready[id]); err != nil {
			failed = err
		}
	}
	e.done(ctx, failed)
}

// store writes drafts of one document.
func (e *Editor) store(ctx context.Context, id string, drafts map[string]draft) error {
	e.mu.Lock()
	shown, before := maps.Clone(e.docs[id].Fields), e.stored[id].Fields
	e.mu.Unlock()
	for field, typed := range drafts {
		shown[field] = typed.text
	}
	fields, base := map[string]string{}, map[string]string{}
	for field, typed := range drafts {
		fields[field] = e.rules.keep(shown, field)
		if e.rules.merges(field) {
			base[field] = e.rules.keep(map[string]string{field: typed.base}, field)
		}
	}
	if id == New {
		made, err := e.source.Create(ctx, e.project, e.rules.Kind, fields)
		if err != nil {
			return err
		}
		e.mu.Lock()
		e.stored[made], e.born = Document{ID: made, Fields: fields}, made
		e.inherit(made)
		e.mu.Unlock()
		e.forget(made, drafts)
		if !e.rules.Single {
			e.past.Did(e.trashing(words.T("Adding “%s”", e.rules.title(shown)), made, false))
		}
		return nil
	}
	if err := e.source.Change(ctx, id, fields, base); err != nil {
		return err
	}
	e.forget(id, drafts)
	e.past.Did(e.changing(id, shown, before, fields))
	return nil
}

// forget drops drafts that are stored. What was typed meanwhile stays, on top of
// them.
func (e *Editor) forget(id string, stored map[string]draft) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for field, was := range stored {
		now, ok := e.drafts[id][field]
		switch {
		case !ok:
		case now.text == was.text:
			delete(e.drafts[id], field)
		default:
			now.base = was.text
			e.drafts[id][field] = now
		}
	}
	if len(e.drafts[id]) == 0 {
		delete(e.drafts, id)
	}
}

// changing is the step that made fields of a document hold what they do.
func (e *Editor) changing(id string, shown, before, after map[string]string) undo.Step {
	name := words.T("%s of “%s”", e.rules.label(slices.Sorted(maps.Keys(after))[0]), e.rules.title(shown))
	if e.rules.Single {
		name = e.rules.label(slices.Sorted(maps.Keys(after))[0])
	}
	old := make(map[string]string, len(after))
	for field := range after {
		old[field] = before[field]
	}
	return undo.Step{
		Name:  name,
		Back:  func(ctx context.Context) error { return e.replace(ctx, id, after, old) },
		Again: func(ctx context.Context) error { return e.replace(ctx, id, old, after) },
	}
}

// replace makes fields that hold from hold to. It fails when somebody has written
// something else there; of prose, that is kept.
func (e *Editor) replace(ctx context.Context, id string, from, to map[string]string) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.Load(ctx)
	e.mu.Lock()
	now, base := e.stored[id], map[string]string{}
	changed := now.ID == ""
	for field, text := range from {
		if e.rules.merges(field) {
			base[field] = text
			continue
		}
		changed = changed || e.rules.show(now.Fields, field) != e.rules.show(merged(now.Fields, field, text), field)
	}
	e.mu.Unlock()
	if changed {
		return fault.New(fault.Conflict, "Somebody has changed this since.", "Look at it first; the history has what stood there.")
	}
	err := e.source.Change(ctx, id, to, base)
	e.done(ctx, err)
	return err
}

func merged(fields map[string]string, field, text string) map[string]string {
	out := maps.Clone(fields)
	if out == nil {
		out = map[string]string{}
	}
	out[field] = text
	return out
}

// Trash moves the document called id to the trash, and returns its title for
// whoever offers to undo it. One that is not stored is forgotten.
func (e *Editor) Trash(ctx context.Context, id string) (title string, ok bool) {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.Lock()
	title = e.rules.title(e.docs[id].Fields)
	known := e.stored[id].ID != ""
	delete(e.drafts, id)
	e.mu.Unlock()
	if !known {
		e.done(ctx, nil)
		return title, false
	}
	err := e.source.Trash(ctx, id, true)
	e.done(ctx, err)
	if err == nil {
		e.past.Did(e.trashing(words.T("Moving “%s” to the trash", title), id, true))
	}
	return title, err == nil
}

// Restore takes a document out of the trash, shows it, and stores what was typed
// into it meanwhile.
func (e *Editor) Restore(ctx context.Context, id string) {
	e.writing.Lock()
	err := e.source.Trash(ctx, id, false)
	e.mu.Lock()
	e.selected = id
	e.mu.Unlock()
	e.done(ctx, err)
	e.writing.Unlock()
	e.Save(ctx)
}

// trashing is the step that moved a document to the trash, or made it.
func (e *Editor) trashing(name, id string, trashed bool) undo.Step {
	move := func(trashed bool) func(context.Context) error {
		return func(ctx context.Context) error {
			e.writing.Lock()
			defer e.writing.Unlock()
			err := e.source.Trash(ctx, id, trashed)
			e.done(ctx, err)
			return err
		}
	}
	return undo.Step{Name: name, Back: move(!trashed), Again: move(trashed)}
}

// Resolve settles a conflict: choice counts the versions from 1, 0 is other, as a
// person types it.
func (e *Editor) Resolve(ctx context.Context, id, field string, choice int, other string) {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.Lock()
	if choice == 0 {
		other = e.rules.keep(merged(e.docs[id].Fields, field, other), field)
	}
	delete(e.drafts[id], field)
	e.mu.Unlock()
	e.done(ctx, e.source.Resolve(ctx, id, field, choice, other))
}

// done says how writing ended, and reads what is stored now.
func (e *Editor) done(ctx context.Context, err error) {
	e.mu.Lock()
	e.failed = err
	e.mu.Unlock()
	e.Load(ctx)
	e.tell()
}

// tell says how it stands with what is typed.
func (e *Editor) tell() {
	e.mu.Lock()
	waits, ready, failed := len(e.drafts), len(e.ready()), e.failed
	e.mu.Unlock()
	switch {
	case failed != nil:
		e.line.Done(e.name, failed)
	case ready > 0:
		e.line.Pending(e.name)
	case waits > 0:
		e.line.Held(e.name)
	default:
		e.line.Done(e.name, nil)
	}
}
