package window

import (
	"context"

	"cairn/app"
)

// RenameModel implements value.Source.
func (s *session) RenameModel(ctx context.Context, id, name string) error {
	_, err := do(ctx, s, app.SetField, app.SetFieldRequest{ID: id, Field: "name", Value: name})
	return err
}

// Trash implements value.Source.
func (s *session) Trash(ctx context.Context, id string, trashed bool) error {
	return documents{s}.Trash(ctx, id, trashed)
}
