// Package presence shows who else is on a document, and in which of its fields, and
// tells the others where this person is. Who is there now is no part of a document:
// it is not stored, and gone when a laptop is.
package presence

import (
	"context"
	"time"
)

// Source is what the package needs of the application.
type Source interface {
	// Here returns where the others are now, this person's other laptops included.
	// It asks no other laptop.
	Here() []Person
	// Watch calls changed after every change of that, on any goroutine, until stop is
	// called.
	Watch(changed func()) (stop func())
	// Say tells the others where this person is, until something else is said.
	Say(ctx context.Context, at Place) error
}

// Place is where somebody is: nowhere when it has no document, and in no field when
// it has none.
type Place struct {
	Document, Field string
	Caret           int // runes before the cursor, below 0 for not known
}

// Person is somebody on one laptop.
type Person struct {
	ID, Name string
	Device   string // ID
	Place
	Since time.Time // that they are in this field
}

// Timer calls do once after a while, unless stop is called before; time.AfterFunc
// is one.
type Timer func(after time.Duration, do func()) (stop func() bool)
