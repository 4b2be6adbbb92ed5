// Package worksheet is the page on which a project fills in design templates:
// which worksheets there are and how far they are, and one of them with its
// sections, saved as one types.
package worksheet

import (
	"context"
	"time"

	"cairn/core/template"
	"cairn/ui/edit"
)

// Source is what the page needs of the application.
type Source interface {
	Reading
	Writing
}

// Reading is what the page reads.
type Reading interface {
	// Worksheets returns the worksheets of a project by name.
	Worksheets(ctx context.Context, project string) ([]Summary, error)
	// Worksheet returns one with its answers.
	Worksheet(ctx context.Context, id string) (Sheet, error)
	// Designs returns the templates that can be filled in, the team's first.
	Designs(ctx context.Context) ([]Design, error)
	// Linkable returns what a field can name: people for "person", else the
	// project's documents of a kind.
	Linkable(ctx context.Context, project, of string) ([]edit.Person, error)
}

// Writing is what the page changes.
type Writing interface {
	// Begin makes a worksheet of a template and returns its ID. Name is that of the
	// template when it is empty.
	Begin(ctx context.Context, project, template, name string) (string, error)
	// Answer fills in a field, in the form of template.Field.Answer. Of prose, base
	// is what stood there when typing began, nil of anything else.
	Answer(ctx context.Context, id, field, text string, base *string) error
	// Move takes a worksheet to a version of its template, 0 being the newest.
	Move(ctx context.Context, id string, version int) error
	// Trash moves one to the trash, or takes it out again.
	Trash(ctx context.Context, id string, trashed bool) error
}

// Summary is a worksheet in the list.
type Summary struct {
	ID, Name, Template string
	Answered, Fields   int
	Missing            int // required and without a right answer
	Attention          int // conflicts, and answers that don't fit
	Outdated           bool
}

// Design is a template that can be filled in.
type Design struct {
	ID, Name, About, Phase string
	Fields                 int
	Team                   bool // the team's own
}

// Sheet is a worksheet with what is stored in it.
type Sheet struct {
	ID, Name, Template, About string
	Cairn                     bool // the template is one that Cairn comes with
	Version, Newest           int  // 0 while it has not arrived here
	Changes                   []template.Change
	Sections                  []Section
	LeftOver                  []Answer // answered, and no longer asked
	ReadOnly                  bool
}

// Section is a part of a sheet.
type Section struct {
	Title, Help string
	Fields      []Answer
}

// Answer is a field and what is stored in it.
type Answer struct {
	template.Field
	Stored    string // see template.Field.Answer
	Shown     string // for people
	Conflicts []edit.Version
	By        string
	At        time.Time
}

// Fields returns every field in order.
func (s Sheet) Fields() []Answer {
	var out []Answer
	for _, section := range s.Sections {
		out = append(out, section.Fields...)
	}
	return out
}

// Same reports whether two sheets ask the same, so that one form shows both.
func (s Sheet) Same(o Sheet) bool {
	a, b := s.asked(), o.asked()
	return s.ID == o.ID && s.Version == o.Version && len(template.Diff(a, b)) == 0
}

func (s Sheet) asked() template.Template {
	var t template.Template
	for _, section := range s.Sections {
		x := template.Section{Key: section.Title, Title: section.Title, Help: section.Help}
		for _, f := range section.Fields {
			x.Fields = append(x.Fields, f.Field)
		}
		t.Sections = append(t.Sections, x)
	}
	return t
}
