package panel

import (
	"context"
	"time"

	"cairn/core/mention"
)

// Discussion is what comments need of the application.
type Discussion interface {
	// Threads returns what is said about a place, the oldest first, and whether
	// the person of this device may say something too.
	Threads(ctx context.Context, at Place) (threads []Thread, mayWrite bool, err error)
	// People returns who can be mentioned.
	People(ctx context.Context) ([]mention.Person, error)
	// Say says something: in a thread when parent is its ID, else about at.
	Say(ctx context.Context, at Place, parent, body string) error
	// Change changes a comment or the thread that it begins.
	Change(ctx context.Context, c Change) error
}

// Change is what can be done to a comment.
type Change struct {
	ID string
	Do Deed
	To string // the words, of Rewrite
}

// Deed is what is done.
type Deed int

// The deeds.
const (
	Resolve Deed = iota
	Reopen
	Delete
	Undelete
	Rewrite
)

// Place is what a page, or a part of it, is about.
type Place struct {
	Project  string // ID
	Document string // ID; empty when the page is about all of a kind, or nothing yet
	Kind     string // of the documents, empty for all of the project
	Field    string // empty for all of it
	// Title is what to call it, in the language of the window.
	Title string
}

// Thread is a comment and what was answered to it.
type Thread struct {
	Comment
	About      string // ID of the document
	AboutTitle string
	Field      string // as stored, empty for all of it
	FieldLabel string // in the language of the window
	Resolved   bool
	ResolvedBy string
	ResolvedAt time.Time
	Replies    []Comment // the oldest first
}

// Comment is what a person says.
type Comment struct {
	ID       string
	Author   Person
	Time     time.Time
	Edited   bool
	EditedBy string // name, when it is not the author
	Body     string
	Mentions []Person
	Mine     bool
	Deleted  bool
}

// Person is somebody by ID and name.
type Person struct{ ID, Name string }
