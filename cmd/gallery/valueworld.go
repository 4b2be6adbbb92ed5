package main

import "context"

// RenameModel implements value.Source.
func (w *world) RenameModel(context.Context, string, string) error { return w.broken }
