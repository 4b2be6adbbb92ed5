package index

import (
	"iter"

	"cairn/core/id"
)

// Get is Snapshot.Get as of now.
func (x *Index) Get(name id.Doc) (row Row, ok bool, err error) { return x.Snapshot().Get(name) }

// List is Snapshot.List as of now.
func (x *Index) List(q Query) (Page, error) { return x.Snapshot().List(q) }

// All is Snapshot.All as of the moment its rows are asked for.
func (x *Index) All(q Query) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) { x.Snapshot().All(q)(yield) }
}

// Count is Snapshot.Count as of now.
func (x *Index) Count(noun uint16, project id.Doc) (int, error) {
	return x.Snapshot().Count(noun, project)
}

// Conflicts is Snapshot.Conflicts as of now.
func (x *Index) Conflicts() []Row { return x.Snapshot().Conflicts() }

// FindPrefix is Snapshot.FindPrefix as of now.
func (x *Index) FindPrefix(text string, limit int) ([]Row, error) {
	return x.Snapshot().FindPrefix(text, limit)
}
