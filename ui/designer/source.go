// Package designer is the page on which a team makes its templates: the list of
// those there are, the sections and fields of one of them, and beside it how it
// will look to those who fill it in.
package designer

import (
	"context"
	"time"

	"cairn/core/template"
	"cairn/ui/edit"
)

// Source is what the page needs of the application.
type Source interface {
	// Templates returns the design templates, the team's first.
	Templates(ctx context.Context) ([]Summary, error)
	// Template returns one of them.
	Template(ctx context.Context, id string) (Template, error)
	// Save makes the template hold design where it differs from base, and returns it
	// as it is then. An empty ID makes a new one.
	Save(ctx context.Context, id string, design, base template.Template) (Template, error)
	// Publish makes the next version.
	Publish(ctx context.Context, id, note string) (Template, error)
	// Trash moves one to the trash, or takes it out again.
	Trash(ctx context.Context, id string, trashed bool) error
	Files
}

// Files asks the person where a template goes as a file, or comes from.
type Files interface {
	// Export writes a template as a file and returns its path, empty when the
	// person did not choose one.
	Export(ctx context.Context, id string) (path string, err error)
	// Import makes a template of the team from a file and returns its ID, empty when
	// the person did not choose one.
	Import(ctx context.Context) (id string, err error)
}

// Summary is a template in the list.
type Summary struct {
	ID, Name string
	Team     bool // the team's own; else one that Cairn comes with
	Version  int  // the latest, 0 when none was published
	Changed  bool // there is more than was published
}

// Template is one as it is stored.
type Template struct {
	ID        string
	Team      bool
	ReadOnly  bool // this person may not change it
	Design    template.Template
	Latest    template.Template // as the latest version has it
	Versions  []Version         // the oldest first
	Conflicts []edit.Version    // over its name
}

// Version is one that was published.
type Version struct {
	Number   int
	Note, By string
	At       time.Time // zero for one of Cairn's
	Changes  []template.Change
}

// Summary returns the template as the list shows it.
func (t Template) Summary() Summary {
	return Summary{ID: t.ID, Name: t.Design.Name, Team: t.Team, Version: len(t.Versions), Changed: t.Team && len(t.changes(t.Design)) > 0}
}

// changes returns what is different in a draft from the latest version.
func (t Template) changes(draft template.Template) []template.Change {
	if !t.Team || len(t.Versions) == 0 {
		return nil
	}
	return template.Diff(t.Latest, draft)
}
