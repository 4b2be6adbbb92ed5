package main

import (
	"context"

	"cairn/app"
)

// RenameModel implements value.Source.
func (s *session) RenameModel(ctx context.Context, id, name string) error {
	_, err := do(ctx, s, app.SetField, app.SetFieldRequest{ID: id, Field: "name", Value: name})
	return err
}
