package window

import (
	"context"
	"slices"
	"strconv"

	"cairn/app"
	"cairn/ui/edit"
)

// documents is the workspace as pages of documents need it.
type documents struct{ *session }

// Documents implements edit.Source.
func (s documents) Documents(ctx context.Context, project, kind string) ([]edit.Document, error) {
	rows, err := s.list(ctx, kind, project)
	if err != nil {
		return nil, err
	}
	out := make([]edit.Document, 0, len(rows))
	for _, row := range slices.Backward(rows) { // they come newest first
		d := edit.Document{ID: row.ID.String(), Fields: make(map[string]string, len(row.Fields)), ReadOnly: row.ReadOnly, By: row.UpdatedBy, At: row.Updated}
		for field, v := range row.Fields {
			d.Fields[field] = text(v)
		}
		if row.Conflicts > 0 {
			if d.Conflicts, err = s.versions(ctx, d.ID); err != nil {
				return nil, err
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// versions returns what people wrote apart into the fields of a document.
func (s documents) versions(ctx context.Context, id string) (map[string][]edit.Version, error) {
	shown, err := do(ctx, s.session, app.ShowDoc, app.DocRequest{ID: id})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]edit.Version, len(shown.Conflicts))
	for field, values := range shown.Conflicts {
		for _, v := range values {
			out[field] = append(out[field], edit.Version{Text: text(v.Value), By: v.Person, At: v.Time})
		}
	}
	return out, nil
}

// Create implements edit.Source.
func (s documents) Create(ctx context.Context, project, kind string, fields map[string]string) (string, error) {
	made, err := do(ctx, s.session, app.CreateDoc, app.CreateDocRequest{Kind: kind, Project: project, Fields: fields})
	return made.ID.String(), err
}

// Change implements edit.Source.
func (s documents) Change(ctx context.Context, id string, fields, base map[string]string) error {
	_, err := do(ctx, s.session, app.ChangeDoc, app.ChangeDocRequest{ID: id, Fields: fields, Base: base})
	return err
}

// Trash implements edit.Source.
func (s documents) Trash(ctx context.Context, id string, trashed bool) error {
	call := app.TakeFromTrash
	if trashed {
		call = app.MoveToTrash
	}
	_, err := do(ctx, s.session, call, app.DocRequest{ID: id})
	return err
}

// Resolve implements edit.Source.
func (s documents) Resolve(ctx context.Context, id, field string, choice int, other string) error {
	chosen := strconv.Itoa(choice)
	if choice == 0 {
		chosen = "=" + other
	}
	_, err := do(ctx, s.session, app.ResolveConflict, app.ResolveRequest{ID: id, Field: field, Choice: chosen})
	return err
}

// People implements edit.People.
func (s documents) People(ctx context.Context) ([]edit.Person, error) {
	known, err := s.list(ctx, kindPerson, "")
	if err != nil {
		return nil, err
	}
	people := make([]edit.Person, len(known))
	for i, p := range known {
		person := edit.Person{ID: p.ID.String(), Name: p.Title}
		for _, role := range p.Fields["roles"].Items() {
			person.Roles = append(person.Roles, text(role))
		}
		people[len(known)-1-i] = person
	}
	return people, nil
}
