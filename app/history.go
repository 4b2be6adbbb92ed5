package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/app/index"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// The use cases of history and conflicts.
var (
	ListHistory     = Call[HistoryRequest, []Change]{"doc/history", "Lists who changed a document or one of its fields, and when, the oldest first.", (*App).listHistory}
	ListConflicts   = Call[ConflictsRequest, []Doc]{"doc/conflicts", "Lists the documents in which people wrote different values at the same time.", (*App).listConflicts}
	ResolveConflict = Call[ResolveRequest, Doc]{"doc/resolve", "Settles a conflict by one of its values or by a new one.", (*App).resolveConflict}
)

// HistoryRequest names a document and, to see no others, one of its fields.
type HistoryRequest struct {
	ID    string `json:"id"`
	Field string `json:"field,omitempty"`
}

// Change is one entry of a history.
type Change struct {
	Time   time.Time `json:"time"`
	Person string    `json:"person"`
	Device string    `json:"device"`
	Field  string    `json:"field,omitempty"` // empty for the document as a whole
	Action string    `json:"action"`
	Value  doc.Value `json:"value"`
	Runes  int       `json:"runes,omitempty"` // inserted into a text or deleted from it
}

func (a *App) listHistory(ctx context.Context, req HistoryRequest) ([]Change, error) {
	d, err := a.findDoc(req.ID)
	if err != nil {
		return nil, err
	}
	kind := a.catalog.ByNumber(d.Noun())
	if req.Field != "" && kind != nil {
		if _, err := kind.FieldOf(req.Field); err != nil {
			return nil, err
		}
	}
	ops, err := a.journal.Operations(ctx, d.ID())
	if err != nil {
		return nil, err
	}
	out := []Change{}
	for _, op := range ops {
		e, err := doc.Describe(op)
		if err != nil {
			continue // it has no effect either
		}
		who := a.author(op.ID.Log)
		c := Change{Time: op.Stamp.Time(), Person: who.Person, Device: who.Device, Action: e.Action.String(), Value: e.Value, Runes: e.Runes}
		if e.Text != "" {
			c.Value = doc.String(e.Text)
		}
		if e.Field != (doc.Field{}) {
			c.Field = fieldName(kind, e.Field)
		}
		if req.Field == "" || req.Field == c.Field {
			out = append(out, c)
		}
	}
	return out, nil
}

// ConflictsRequest asks for the documents with conflicts, of all projects when
// none is named.
type ConflictsRequest struct {
	Project string `json:"project,omitempty"`
}

func (a *App) listConflicts(ctx context.Context, req ConflictsRequest) ([]Doc, error) {
	rows := a.index.Conflicts()
	if req.Project != "" {
		p, err := a.findProject(req.Project)
		if err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(r index.Row) bool { return r.Project != p && r.ID != p })
	}
	out := []Doc{}
	for l, err := range a.listed(ctx, rowsOf(rows)) {
		if err != nil {
			return nil, err
		}
		out = append(out, a.plain(l.doc))
	}
	return out, nil
}

// ResolveRequest settles a conflict.
type ResolveRequest struct {
	ID    string `json:"id"`
	Field string `json:"field"`
	// Choice is the number of one of the values as listed, counting from 1, or
	// the value to write instead, with = before it.
	Choice string `json:"choice"`
}

func (a *App) resolveConflict(ctx context.Context, req ResolveRequest) (Doc, error) {
	return a.edit(ctx, req.ID, func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		f, err := kind.FieldOf(req.Field)
		if err != nil {
			return err
		}
		if !slices.Contains(d.Conflicts(), f.Number) {
			return fault.New(fault.Conflict, "The field %s has no conflict.", "Somebody may have settled it; `cairn doc show` shows the value.").With(sentence.Own(f.Name))
		}
		v, err := chosen(f, d.Multi(f.Number), req.Choice)
		if err != nil {
			return err
		}
		return tx.Apply(d, kind.Number, d.Put(f.Number, v))
	})
}

func chosen(f noun.Field, values []doc.Versioned, choice string) (doc.Value, error) {
	if text, ok := strings.CutPrefix(choice, "="); ok {
		return f.Parse(text)
	}
	var n int
	if _, err := fmt.Sscanf(choice, "%d", &n); err != nil || n < 1 || n > len(values) || fmt.Sprint(n) != choice {
		return doc.Null, fault.New(fault.Invalid, "%q is none of the values.", "Give a number from 1 to %d, or = and the value to write instead.").With(clip(choice), len(values))
	}
	return values[n-1].Value, nil
}
