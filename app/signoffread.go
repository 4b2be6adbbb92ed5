package app

import (
	"context"
	"slices"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// signOffs returns the sign-offs of a project, each as its author wrote it.
func (a *App) signOffs(ctx context.Context, project id.Doc) ([]lifecycle.SignOff, error) {
	var out []lifecycle.SignOff
	// Those in the trash too: only its author takes a sign-off back.
	q := index.Query{Noun: noun.SignOffs.Number, Project: project, Trashed: index.WithTrashed, Order: index.Oldest}
	for l, err := range a.listed(ctx, a.index.All(q)) {
		if err != nil {
			return nil, err
		}
		mine, author, err := a.asWritten(ctx, l.doc)
		if err != nil {
			return nil, err
		}
		if !mine.Trashed() {
			out = append(out, lifecycle.SignOff{ID: l.row.ID, View: noun.SignOffs.View(mine), Author: author, At: verdictOf(mine).At})
		}
	}
	return out, nil
}

func verdictOf(d *doc.Doc) doc.Versioned {
	f, _ := noun.SignOffs.Field("verdict")
	v, _ := d.Register(f.Number)
	return v
}

// asWritten returns a document as the person who began it wrote it, without
// what others have done to it, and that person. Its history is read only when
// others have written on it too.
func (a *App) asWritten(ctx context.Context, d *doc.Doc) (*doc.Doc, id.Person, error) {
	var writers []id.Person
	for _, log := range d.Logs() {
		if who := a.authorOf(log); !slices.Contains(writers, who) {
			writers = append(writers, who)
		}
	}
	if len(writers) == 1 {
		return d, writers[0], nil
	}
	ops, err := a.journal.Operations(ctx, d.ID())
	if err != nil || len(ops) == 0 {
		return d, id.Person{}, err
	}
	author := a.authorOf(ops[0].ID.Log)
	own := slices.DeleteFunc(ops, func(op oplog.Op) bool { return a.authorOf(op.ID.Log) != author })
	return lifecycle.Fold(d.ID(), own), author, nil
}

func (a *App) listSignOffs(ctx context.Context, req ListSignOffsRequest) ([]SignOff, error) {
	if req.Scope != "" && req.Scope != lifecycle.Design && !slices.Contains(lifecycle.Pages, req.Scope) {
		return nil, noSuchPage(req.Scope)
	}
	project, err := a.findProject(req.Project)
	if err != nil {
		return nil, err
	}
	judged, err := a.judged(ctx, project)
	if err != nil {
		return nil, err
	}
	out := []SignOff{}
	h := histories{app: a, read: map[id.Doc][]oplog.Op{}}
	for _, j := range judged {
		if req.Scope != "" && j.Scope != req.Scope {
			continue
		}
		s := a.plainSignOff(j)
		for i, t := range j.Touched {
			if t.Touch != lifecycle.TouchChanged || t.Doc == project {
				continue
			}
			if s.Touched[i].Fields, err = h.changes(ctx, j, t.Doc); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// judged returns the sign-offs of a project, held to the content as it is.
func (a *App) judged(ctx context.Context, project id.Doc) ([]lifecycle.Judged, error) {
	in, err := a.standing(ctx, project)
	if err != nil {
		return nil, err
	}
	return lifecycle.Assess(in).Judged, nil
}

// maxCompared is how many changed documents a list of sign-offs compares field by
// field; each takes a walk through the logs.
const maxCompared = 20

// histories are the operations on documents, each read once.
type histories struct {
	app  *App
	read map[id.Doc][]oplog.Op
}

// changes returns what differs in a document from what a sign-off was given for,
// nothing once enough documents have been compared.
func (h histories) changes(ctx context.Context, j lifecycle.Judged, name id.Doc) ([]FieldChange, error) {
	ops, ok := h.read[name]
	if !ok {
		if len(h.read) >= maxCompared {
			return nil, nil
		}
		var err error
		if ops, err = h.app.journal.Operations(ctx, name); err != nil {
			return nil, err
		}
		h.read[name] = ops
	}
	now, err := h.app.journal.Doc(name)
	if err != nil {
		return nil, err
	}
	kind := h.app.catalog.ByNumber(now.Noun())
	var out []FieldChange
	for _, c := range lifecycle.Since(j.SignOff, now, ops) {
		change := FieldChange{Field: fieldName(kind, c.Field), Old: c.Old, New: c.New}
		if !c.Last.By.Log.IsZero() {
			at := c.Last.At.Time()
			change.Person, change.Time = h.app.author(c.Last.By.Log).Person, &at
		}
		out = append(out, change)
	}
	return out, nil
}
