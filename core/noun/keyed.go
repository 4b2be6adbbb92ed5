package noun

import (
	"fmt"

	"cairn/core/doc"
	"cairn/core/id"
)

// Keyed says that a project has one document of the kind for each combination of
// values of the fields called by names, and so just one when there are none. Its
// name follows from these, and stays when they change. It panics on a field that
// the kind does not have, or that holds a list.
func (n Noun[T]) Keyed(names ...string) Noun[T] {
	if !n.InProject() {
		panic(fmt.Sprintf("noun: %s belongs to no project", n.Name))
	}
	for _, name := range names {
		if f, ok := n.Field(name); !ok || f.many() {
			panic(fmt.Sprintf("noun: %s has no single field %s", n.Name, name))
		}
	}
	n.keyed, n.key = true, names
	return n
}

// NameOf returns the name of the document of the kind in project whose fields
// hold these values, or false when the kind leaves names to chance.
func (k *Kind) NameOf(project id.Doc, fields map[string]doc.Value) (id.Doc, bool) {
	if !k.keyed {
		return id.Doc{}, false
	}
	parts := []string{k.Name}
	for _, name := range k.key {
		parts = append(parts, fields[name].String())
	}
	return id.Derive(project, parts...), true
}
