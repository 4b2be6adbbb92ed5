// Package conflicts is the page of what waits for a decision: fields into which
// people wrote different values before their laptops had met. They stand side by
// side until somebody chooses one, or writes what takes their place.
package conflicts

import (
	"context"
	"time"

	"cairn/ui/edit"
)

// Source is what the page needs of the application.
type Source interface {
	// Conflicts returns the fields of all projects in which several values stand
	// beside each other.
	Conflicts(ctx context.Context) ([]Conflict, error)
	// Holds returns what stands in a field, as a person types it.
	Holds(ctx context.Context, document, field string) (string, error)
	// Resolve settles a field by one of its values, counted from 1 as they were
	// listed, or by another when choice is 0.
	Resolve(ctx context.Context, document, field string, choice int, other string) error
	// Change makes fields hold texts, as edit.Source does.
	Change(ctx context.Context, document string, fields, base map[string]string) error
}

// Form is how a field is written.
type Form int

// The forms.
const (
	OneLine Form = iota
	Prose        // text of several lines
	Choice       // one of Options
)

// Option is one of those that a field can hold.
type Option struct{ Value, Words string }

// Conflict is one field of a document.
type Conflict struct {
	Document string // ID
	Title    string // of the document
	Kind     string // of it, at the beginning of a line, in the language of the window
	Page     string // of the window, on which the document is shown, empty for none
	Project  string // ID, empty for the workspace's own
	In       string // the name of the project
	Field    string // as stored
	Label    string // in the language of the window
	Form     Form
	Options  []Option // of a Choice
	Sides    []Side
	Shows    int // which of Sides every page shows meanwhile, counted from 1
	ReadOnly bool
}

// Side is one of the values.
type Side struct {
	Text   string // as a person types it
	By     edit.Person
	Mine   bool
	Laptop string
	At     time.Time
}

// key names a field of a document.
func (c *Conflict) key() string { return c.Document + "/" + c.Field }
