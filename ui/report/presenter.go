// Package report is the sheet on which a person has a project written down as a
// file for people who don't open Cairn.
package report

import (
	"context"
	"path/filepath"
	"strings"

	"cairn/core/fault"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Source is what the sheet needs of the application.
type Source interface {
	// Report writes a report on a project into a folder and returns its path. A
	// file of the same name is replaced; an audience is a role of the lifecycle, or
	// nothing for everybody.
	Report(ctx context.Context, project, format, audience, language, folder string) (string, error)
}

// Formats are the forms of a report, as the application knows them.
var Formats = []string{"pdf", "html", "md"}

// FormatName returns what a format is called.
func FormatName(format string) string {
	switch format {
	case "pdf":
		return words.T("PDF, to print or to send")
	case "html":
		return words.T("Web page, one file")
	default:
		return words.T("Markdown, for a wiki")
	}
}

// State is all that the sheet shows.
type State struct {
	Format   string
	Audience string
	Folder   string
	Busy     bool
	Problem  string
	Path     string // of the file, once it is written
}

// Presenter decides what the sheet shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
}

// NewPresenter returns the presenter of a sheet about a project. Reports go into
// folder unless the person names another.
func NewPresenter(project string, source Source, folder string) *Presenter {
	p := &Presenter{project: project, source: source}
	p.State.Set(State{Format: Formats[0], Folder: folder})
	return p
}

// Choose takes a format.
func (p *Presenter) Choose(format string) {
	p.State.Update(func(s State) State { s.Format = format; return s })
}

// For takes whom it is for, a role or nothing for everybody.
func (p *Presenter) For(audience string) {
	p.State.Update(func(s State) State { s.Audience = audience; return s })
}

// Into takes the folder that it goes into.
func (p *Presenter) Into(folder string) {
	p.State.Update(func(s State) State { s.Folder, s.Problem = folder, ""; return s })
}

// Write writes the report, or says why it can't.
func (p *Presenter) Write(ctx context.Context) {
	taken := false
	var s State
	p.State.Update(func(now State) State {
		if taken = now.Busy; !taken {
			now.Busy, now.Problem, now.Path = true, "", ""
		}
		s = now
		return now
	})
	if taken {
		return
	}
	folder := strings.TrimSpace(s.Folder)
	var path string
	var err error = fault.New(fault.Invalid, "The report needs a folder to go into.", "Name one, such as your documents.")
	if folder != "" && filepath.IsAbs(folder) {
		path, err = p.source.Report(ctx, p.project, s.Format, s.Audience, string(words.Spoken()), folder)
	}
	p.State.Update(func(now State) State {
		now.Busy, now.Path = false, path
		if err != nil {
			now.Path, now.Problem = "", words.Fault(err)
		}
		return now
	})
}
