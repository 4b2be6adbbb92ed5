package main

import "context"

// RenameModel implements value.Source.
func (w *world) RenameModel(context.Context, string, string) error { return w.broken }

// WriteExport implements value.Source.
func (w *world) WriteExport(_ context.Context, name string, _ []byte) (string, error) {
	return name, w.broken
}
