// Package overview is the page that shows the projects, what each is worth and
// what it is held to.
package overview

import (
	"context"
	"strings"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/core/value"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// Cards returns the projects, the newest first.
	Cards(ctx context.Context) ([]Project, error)
	// CreateProject makes a project and returns its ID.
	CreateProject(ctx context.Context, name, summary string) (string, error)
}

// Project is a project and what it holds.
type Project struct {
	ID, Name, Summary string
	Model             *value.Model // nil when it has none
	Requirements      int
	Measurable        int // of them
	Updated           time.Time
}

// State is all that the page shows.
type State struct {
	Loaded  bool
	Problem string
	Cards   []Card
}

// Card is a project in words.
type Card struct {
	ID, Name, Summary string
	Value, Per        string // nothing while there is no estimate
	Requirements      string
	Gates             string
	Changed           string
	Ready             int // of the two pages of design
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	source Source
	now    func() time.Time

	mu     sync.Mutex
	found  []Project // as read last
	broken error
	loaded bool
}

// NewPresenter returns the presenter of the page. Load fills it.
func NewPresenter(source Source, now func() time.Time) *Presenter {
	return &Presenter{source: source, now: now}
}

// Load reads the projects as they are now.
func (p *Presenter) Load(ctx context.Context) {
	projects, err := p.source.Cards(ctx)
	p.mu.Lock()
	p.found, p.broken, p.loaded = projects, err, true
	p.mu.Unlock()
	p.Refresh()
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := State{Loaded: p.loaded}
	if p.broken != nil {
		s.Problem = strings.TrimSpace(words.Data(fault.Message(p.broken)) + " " + words.Data(fault.Hint(p.broken)))
	}
	for _, project := range p.found {
		s.Cards = append(s.Cards, card(project, p.now()))
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
		return "", strings.TrimSpace(words.Data(fault.Message(err)) + " " + words.Data(fault.Hint(err)))
	}
	p.Load(ctx)
	return id, ""
}

func card(p Project, now time.Time) Card {
	c := Card{ID: p.ID, Name: p.Name, Summary: p.Summary, Changed: words.T("Changed %s", words.Ago(now, p.Updated))}
	c.Requirements = words.N("%d requirement", "%d requirements", p.Requirements)
	if p.Requirements == 0 {
		c.Requirements = words.T("No requirements yet")
	}
	if p.Measurable > 0 {
		c.Gates = words.N("%d can be measured", "%d can be measured", p.Measurable)
	}
	if p.Requirements > 0 {
		c.Ready++
	}
	if p.Model == nil {
		return c
	}
	plan, err := value.Check(*p.Model)
	if err != nil {
		return c
	}
	// A few samples: the card shows the number at the best guesses alone.
	if e, err := plan.Estimate(value.Options{Samples: 100, Seed: 1}); err == nil {
		c.Value, c.Per = value.Short(e.Expected, e.Unit), words.Period(e.Unit)
		c.Ready++
	}
	return c
}
