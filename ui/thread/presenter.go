// Package thread shows how what was agreed hangs together: the thread from a
// requirement to its key metric to what it is worth, as a strip that stands on
// other pages, and as a page with all threads of a project.
package thread

import (
	"context"

	corethread "cairn/core/thread"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// Strands returns the strands of a project, those with the most money first.
	Strands(ctx context.Context, project string) ([]corethread.Strand, error)
}

// State is all that the page shows.
type State struct {
	Loaded  bool
	Problem string // why the thread can't be read
	Project Row    // all strands as one
	Rows    []Row  // the most money first
}

// Presenter holds the thread of a project. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	// Strands is the same as State for other pages, which show a part of it.
	Strands observe.Value[[]corethread.Strand]

	project string
	source  Source
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source) *Presenter {
	return &Presenter{project: project, source: source}
}

// Load reads the thread as it is now.
func (p *Presenter) Load(ctx context.Context) {
	strands, err := p.source.Strands(ctx, p.project)
	if err != nil {
		problem := words.Fault(err)
		p.State.Update(func(s State) State { s.Loaded, s.Problem = true, problem; return s })
		return
	}
	p.Strands.Set(strands)
	p.Refresh()
	p.State.Update(func(s State) State { s.Loaded, s.Problem = true, ""; return s })
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	strands := p.Strands.Get()
	rows := make([]Row, len(strands))
	for i, s := range strands {
		rows[i] = RowOf(s)
	}
	project := Summary(strands)
	p.State.Update(func(s State) State { s.Rows, s.Project = rows, project; return s })
}

// Of returns the strand of a requirement.
func Of(strands []corethread.Strand, requirement string) (corethread.Strand, bool) {
	for _, s := range strands {
		if s.Requirement != nil && s.Requirement.ID.String() == requirement {
			return s, true
		}
	}
	return corethread.Strand{}, false
}
