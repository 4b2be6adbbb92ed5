// Package overview is the page that shows where a project stands: what to do
// next, what it is worth, how far its pages are, what happened lately; and the
// other projects beside it.
package overview

import (
	"context"
	"strings"
	"sync"
	"time"

	"cairn/core/sentence"
	"cairn/core/value"
	"cairn/ui/observe"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// Cards returns the projects, the newest first.
	Cards(ctx context.Context) ([]Project, error)
	// Home returns where one of them stands, for the person at this device.
	Home(ctx context.Context, project string) (Home, error)
	// CreateProject makes a project and returns its ID.
	CreateProject(ctx context.Context, name, summary string) (string, error)
}

// Project is a project and what it holds.
type Project struct {
	ID, Name, Summary string
	Model             *value.Model // nil when it has none
	Requirements      int
	Measurable        int // of them
	Ready, Needed     int // pages of the design phase
	Updated           time.Time
}

// Home is where a project stands.
type Home struct {
	Steps    []Task // for this person, the best first
	Waits    []Task // for others
	Next     sentence.Sentence
	Pages    []Standing
	Happened []Happening // the latest first
}

// Task is something to do, and where.
type Task struct {
	Say, Why sentence.Sentence
	To       shell.Route
	Who      []string // persons or roles who can do it
	Must     bool
}

// Standing is how a page is.
type Standing struct {
	Page    shell.Page
	Mark    shell.Mark
	Missing int // that it must have
}

// Happening is what somebody did.
type Happening struct {
	Person string
	Number int // of the person, for the colour
	Say    sentence.Sentence
	At     time.Time
	To     shell.Route
}

// State is all that the page shows.
type State struct {
	Loaded  bool
	Problem string
	Project string // ID of the one that is open, or nothing
	Worth   Worth
	Steps   []Step
	Waits   []Step
	Next    string // what comes, when there is nothing to do
	Pages   []Line
	Lately  []Event
	Cards   []Card // all projects
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	now     func() time.Time

	mu     sync.Mutex
	found  []Project // as read last
	home   Home
	broken error
	loaded bool
}

// NewPresenter returns the presenter of the page, with one of the projects open
// unless project is empty. Load fills it.
func NewPresenter(project string, source Source, now func() time.Time) *Presenter {
	return &Presenter{project: project, source: source, now: now}
}

// Load reads the projects as they are now.
func (p *Presenter) Load(ctx context.Context) {
	projects, err := p.source.Cards(ctx)
	var home Home
	if err == nil && p.project != "" {
		home, err = p.source.Home(ctx, p.project)
	}
	p.mu.Lock()
	p.found, p.home, p.broken, p.loaded = projects, home, err, true
	p.mu.Unlock()
	p.Refresh()
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := State{Loaded: p.loaded, Project: p.project}
	if p.broken != nil {
		s.Problem = words.Fault(p.broken)
	}
	for _, project := range p.found {
		s.Cards = append(s.Cards, card(project, p.now()))
		if project.ID == p.project {
			s.Worth = worth(project.Model)
		}
	}
	s.Steps, s.Waits = steps(p.home.Steps), steps(p.home.Waits)
	s.Next = p.home.Next.In(words.Data)
	for _, page := range p.home.Pages {
		s.Pages = append(s.Pages, line(page))
	}
	for _, h := range p.home.Happened {
		s.Lately = append(s.Lately, Event{Person: h.Person, Number: h.Number, Say: h.Say.In(words.Data), When: words.Ago(p.now(), h.At), To: h.To})
	}
	p.State.Set(s)
}

// Create makes a project. The ID is empty, and the problem says why, when it
// can't be made.
func (p *Presenter) Create(ctx context.Context, name, summary string) (id, problem string) {
	if strings.TrimSpace(name) == "" {
		return "", words.T("Give the project a name.")
	}
	id, err := p.source.CreateProject(ctx, name, summary)
	if err != nil {
		return "", words.Fault(err)
	}
	p.Load(ctx)
	return id, ""
}
