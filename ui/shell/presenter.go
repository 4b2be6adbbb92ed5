// Package shell is the window around the pages: where one is, where one can go,
// whether what was typed is saved, and how it all looks.
package shell

import (
	"context"
	"strings"
	"sync"

	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/words"
)

// Source is what the window needs of the application.
type Source interface {
	// Whoami returns whose window this is and where the data are.
	Whoami(ctx context.Context) (Identity, error)
	// Projects lists the projects, the newest first.
	Projects(ctx context.Context) ([]Project, error)
	// Marks returns how far the pages of a project are.
	Marks(ctx context.Context, project string) (map[Page]Mark, error)
	// Documents lists what can be jumped to in a project.
	Documents(ctx context.Context, project string) ([]Document, error)
}

// Document is something in a project that has a name and a page.
type Document struct {
	ID, Name string
	Page     Page
}

// Identity says whose window this is.
type Identity struct {
	Workspace, Person string
	Hue               int      // of the person's avatar
	Roles             []string // as stored
	Folder, Version   string
	Devices           int  // of others
	Demo              bool // the workspace is the demo
}

// Project is a project. Of the one that is open, Marks say how far its pages are.
type Project struct {
	ID, Name string
	Marks    map[Page]Mark
}

// Settings remember what a person chose, on this device.
type Settings interface {
	Get(key string) string
	Put(key, value string)
}

// The keys of Settings.
const (
	keyPage     = "page"
	keyProject  = "project"
	KeyTheme    = "theme"    // of theme.Mode
	KeyLanguage = "language" // of words.Language
	keyPanel    = "panel"    // open, or nothing
)

// State is all that the window shows around a page.
type State struct {
	Identity
	Role     string // in the language of the window
	Projects []Project
	Project  Project // the one that is open, or an empty one
	Route    Route
	Saving   saving.State
	Panel    bool   // what belongs to a page stands beside it
	Talks    int    // discussions about what the page shows that nobody has settled
	Problem  string // why the workspace can't be read

	HasTeam, HasReviews bool // the window has the pages of a team
	Sync                Sync
	Decisions           int // that wait
}

// Presenter decides what the window shows. It knows nothing of the toolkit and
// is safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	source   Source
	settings Settings
	line     *saving.Line
	stops    []func()
	loading  sync.Mutex
}

// NewPresenter returns the presenter of a window that opens where it was left.
// Call Load to fill it and Close at the end.
func NewPresenter(source Source, settings Settings, line *saving.Line) *Presenter {
	p := &Presenter{source: source, settings: settings, line: line}
	p.State.Set(State{Route: Route{Page: Page(settings.Get(keyPage)), Project: settings.Get(keyProject)}, Panel: settings.Get(keyPanel) != ""})
	p.stops = []func(){line.State.Watch(p.showSaving)}
	p.showSaving()
	return p
}

// Close stops following what is saved, and the team.
func (p *Presenter) Close() {
	for _, stop := range p.stops {
		stop()
	}
}

func (p *Presenter) showSaving() {
	now := p.line.State.Get()
	p.State.Update(func(s State) State { s.Saving = now; return s })
}

// Load reads who this is and which projects there are.
func (p *Presenter) Load(ctx context.Context) {
	p.loading.Lock()
	defer p.loading.Unlock()
	who, err := p.source.Whoami(ctx)
	var projects []Project
	if err == nil {
		projects, err = p.source.Projects(ctx)
	}
	_, open := resolve(p.State.Get().Route, projects)
	if err == nil && open.ID != "" {
		open.Marks, err = p.source.Marks(ctx, open.ID)
	}
	p.State.Update(func(s State) State {
		if err != nil {
			s.Problem = words.Fault(err)
			return s
		}
		s.Problem, s.Identity, s.Projects = "", who, projects
		s.Role = role(who.Roles)
		s.Route, s.Project = resolve(s.Route, projects)
		if s.Project.ID == open.ID { // else somebody went to another one meanwhile
			s.Project.Marks = open.Marks
		}
		return s
	})
}

// Documents lists what can be jumped to in the project that is open.
func (p *Presenter) Documents(ctx context.Context) []Document {
	project := p.State.Get().Project.ID
	if project == "" {
		return nil
	}
	found, err := p.source.Documents(ctx, project)
	if err != nil {
		return nil // the pages say why
	}
	return found
}

// TogglePanel shows what belongs to a page beside it, or hides it.
func (p *Presenter) TogglePanel() {
	p.State.Update(func(s State) State { s.Panel = !s.Panel; return s })
	kept := ""
	if p.State.Get().Panel {
		kept = "open"
	}
	p.settings.Put(keyPanel, kept)
}

// SetTalks takes how many discussions are open about what the page shows.
func (p *Presenter) SetTalks(n int) {
	if p.State.Get().Talks != n {
		p.State.Update(func(s State) State { s.Talks = n; return s })
	}
}

// Go opens a page. One of a project that there is not is the overview. The marks
// of another project come with the next Load.
func (p *Presenter) Go(to Route) {
	p.State.Update(func(s State) State {
		before := s.Project
		s.Route, s.Project = resolve(to, s.Projects)
		if before.ID == s.Project.ID {
			s.Project.Marks = before.Marks
		}
		return s
	})
	now := p.State.Get().Route
	p.settings.Put(keyPage, string(now.Page))
	p.settings.Put(keyProject, now.Project)
}

// arrived forgets the document that a route led to: the page has it now, and
// somebody may go on from there, and come back by the same route.
func (p *Presenter) arrived(at Route) {
	p.State.Update(func(s State) State {
		if s.Route == at {
			s.Route.Document = ""
		}
		return s
	})
}

// Page opens a page of the project that is open.
func (p *Presenter) Page(page Page) {
	p.Go(Route{Page: page, Project: p.State.Get().Route.Project})
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	p.State.Update(func(s State) State { s.Role = role(s.Roles); return s })
}

// Remember keeps a choice for the next start.
func (p *Presenter) Remember(key, value string) { p.settings.Put(key, value) }

// resolve returns where a route leads, among the projects that there are.
func resolve(to Route, projects []Project) (Route, Project) {
	var found Project
	for _, project := range projects {
		if project.ID == to.Project {
			found = project
		}
	}
	switch {
	case found.ID == "" && len(projects) == 0 && !to.Page.OfWorkspace():
		return Route{Page: Overview}, found
	case found.ID == "" && len(projects) == 0:
	case found.ID == "":
		return Route{Page: Overview, Project: projects[0].ID}, projects[0]
	case !known(to.Page):
		to.Page = Overview
	}
	return to, found
}

// role returns the first of a person's roles for people.
func role(roles []string) string {
	if len(roles) == 0 {
		return words.T("No role yet")
	}
	shown := make([]string, len(roles))
	for i, r := range roles {
		shown[i] = words.Data(RoleName(r))
	}
	return strings.Join(shown, ", ")
}

// Beside reports whether something stands beside the page.
func (s State) Beside() bool { return s.Panel && s.HasPanel() }

// HasPanel reports whether something can stand beside the page: only what belongs
// to a project is discussed.
func (s State) HasPanel() bool { return s.Project.ID != "" && !s.Route.Page.OfWorkspace() }

// DesignReady returns how many pages of the design phase are ready, and of how
// many.
func (p Project) DesignReady() (ready, of int) {
	for _, page := range InDesign {
		if p.Marks[page].Done() {
			ready++
		}
	}
	return ready, len(InDesign)
}
