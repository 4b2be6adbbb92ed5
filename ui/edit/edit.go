// Package edit holds what a person types into documents until it is on the disk,
// so that every form saves as one types, tells what is wrong beside the field,
// takes in a teammate's edit without losing a word, shows a conflict where there
// is one, and can take back what it did. A page says in Rules what its kind of
// document is like, and draws.
package edit

import (
	"context"
	"time"

	"cairn/ui/words"
)

// Source is what an Editor needs of the application.
type Source interface {
	// Documents returns a project's documents of a kind, the oldest first.
	Documents(ctx context.Context, project, kind string) ([]Document, error)
	// Create makes one with the fields given, and returns its ID.
	Create(ctx context.Context, project, kind string, fields map[string]string) (string, error)
	// Change makes fields hold texts, all or none. Of prose, base is what stood
	// there when typing began: what others have changed since is kept.
	Change(ctx context.Context, id string, fields, base map[string]string) error
	// Trash moves one to the trash, or takes it out again.
	Trash(ctx context.Context, id string, trashed bool) error
	// Resolve settles a conflict: choice counts the versions from 1, 0 is other.
	Resolve(ctx context.Context, id, field string, choice int, other string) error
}

// Document is a stored one. Fields are in the form that Source takes them in; a
// list is a JSON array. One that is not there is empty.
type Document struct {
	ID        string
	Fields    map[string]string
	Conflicts map[string][]Version
	ReadOnly  bool // this person may not change it, or this version of Cairn can't
	By        string
	At        time.Time // of the latest change
}

// Version is one of several values that people wrote into a field apart.
type Version struct {
	Text, By string
	At       time.Time
}

// Rules say what a kind of document is like for the person who fills it in. Only
// Kind is needed.
type Rules struct {
	Kind string
	// Single says that a project has one document of the kind.
	Single bool
	// Named is the field without which a new document is not stored yet.
	Named string
	// Prose are the fields whose words are merged, Lists those that hold several
	// words and are shown with one on each line.
	Prose, Lists []string
	// Show returns what stands in a field for what is stored, given all fields.
	Show func(stored map[string]string, field string) string
	// Store is the opposite of Show: what to store for what is typed.
	Store func(shown map[string]string, field string) string
	// Check returns what is wrong with what is typed: field → a sentence. Such a
	// field is not stored. Missing returns what is said beside a field all the same.
	Check, Missing func(shown map[string]string) map[string]string
	// Title and Label name a document and a field in what undo says.
	Title func(shown map[string]string) string
	Label func(field string) string
}

// State is what the documents say, as a page shows it.
type State struct {
	Loaded   bool
	Problem  string // why they can't be read
	Docs     []Doc  // the oldest first
	Selected string // ID, New, or nothing
}

// Doc is a document with what is typed into it. Its maps are shared: don't change
// them.
type Doc struct {
	ID        string // New while it is not stored
	Fields    map[string]string
	Problems  map[string]string // field → what is wrong with it, or missing
	Conflicts map[string][]Version
	ReadOnly  bool
	Gone      bool // somebody moved it to the trash while this person typed
	By        string
	At        time.Time

	wrong map[string]string // the part of Problems that keeps a field from being stored
}

// New is the ID of a document that is typed and not stored yet.
const New = "new"

// Doc returns the document called id.
func (s *State) Doc(id string) (Doc, bool) {
	for _, d := range s.Docs {
		if d.ID == id {
			return d, true
		}
	}
	return Doc{}, false
}

// Current returns the selected document, an empty one when there is none.
func (s *State) Current() Doc {
	d, ok := s.Doc(s.Selected)
	if !ok {
		d = Doc{ID: s.Selected, Fields: map[string]string{}}
	}
	return d
}

// Decisions returns how many fields wait for somebody to settle a conflict.
func (s *State) Decisions() int {
	n := 0
	for _, d := range s.Docs {
		n += len(d.Conflicts)
	}
	return n
}

func (r *Rules) title(shown map[string]string) string {
	title := ""
	switch {
	case r.Title != nil:
		title = r.Title(shown)
	case r.Named != "":
		title = shown[r.Named]
	}
	if title == "" {
		return words.T("Untitled")
	}
	return title
}

func (r *Rules) label(field string) string {
	if r.Label == nil {
		return field
	}
	return r.Label(field)
}
