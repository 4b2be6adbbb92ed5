// Package roles is the page that says who is involved in which phase, and how: a
// RACI chart with a row for each role.
package roles

import (
	"context"
	"sync"

	"cairn/core/lifecycle"
	"cairn/ui/edit"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	edit.Source
	edit.People
}

// Kind is that of the documents of the page, each a row.
const Kind = "responsibility"

// The fields of a row, beside one for each of the Phases.
const (
	Role   = "role"
	Holder = "person"
)

// Phases are the columns, as their fields are stored.
var Phases = []string{"design", "development", "deployment", "monitoring"}

// State is all that the page shows.
type State struct {
	Loaded  bool
	Problem string // why the chart can't be read
	Rows    []Row
	Columns []Column // one for each of the Phases
	People  []edit.Person
	Offered []string // roles of the lifecycle without a row
	Usual   int      // how many cells the usual would fill
}

// Row is a role: how it is involved, and who holds it.
type Row struct {
	ID       string
	Role     string // as it is stored
	Name     string // as it is said
	Own      bool   // one of the team's own, whose name can be typed
	Wrong    string // what is wrong with the name
	Holder   string // a person's ID
	Parts    map[string]string
	Disputed map[string][]edit.Version // field → what people wrote apart
	ReadOnly bool
	Gone     bool // somebody moved it to the trash while it was typed into
}

// Column is what a phase has, and what it lacks.
type Column struct {
	Phase                    string
	Accountable, Responsible int // roles that are
}

// Complete reports whether the phase has just one who answers for it and somebody
// who does the work.
func (c Column) Complete() bool { return c.Accountable == 1 && c.Responsible > 0 }

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	*edit.Editor
	State observe.Value[State]

	project string
	source  Source
	past    *undo.Past

	mu     sync.Mutex
	people []edit.Person
	broken error // why the people can't be read
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past) *Presenter {
	p := &Presenter{project: project, source: source, past: past}
	p.Editor = edit.NewEditor(project, edit.Rules{
		Kind: Kind, Named: Role, Title: func(shown map[string]string) string { return Name(shown[Role]) }, Label: label, Check: check,
	}, source, line, past)
	p.Editor.State.Watch(p.publish)
	return p
}

func label(field string) string {
	switch field {
	case Role:
		return words.T("Role")
	case Holder:
		return words.T("Held by")
	default:
		return PhaseName(field)
	}
}

func check(shown map[string]string) map[string]string {
	if shown[Role] == "" {
		return map[string]string{Role: words.T("Give the role a name.")}
	}
	return nil
}

// Load reads the chart and the people as they are now.
func (p *Presenter) Load(ctx context.Context) {
	people, err := p.source.People(ctx)
	p.mu.Lock()
	if p.broken = err; err == nil {
		p.people = people
	}
	p.mu.Unlock()
	p.Editor.Load(ctx)
}

// publish shows what follows from the documents.
func (p *Presenter) publish() {
	p.State.Update(func(State) State {
		p.mu.Lock()
		defer p.mu.Unlock()
		s := p.Editor.State.Get()
		return p.state(s)
	})
}

func (p *Presenter) state(e edit.State) State {
	s := State{Loaded: e.Loaded, Problem: e.Problem, People: p.people}
	if s.Problem == "" && p.broken != nil {
		s.Problem = words.Fault(p.broken)
	}
	there := map[string]bool{}
	for _, d := range e.Docs {
		r := row(d)
		there[r.Role] = true
		s.Rows = append(s.Rows, r)
	}
	for _, phase := range Phases {
		s.Columns = append(s.Columns, column(s.Rows, phase))
	}
	for _, role := range lifecycle.RoleNames {
		if !there[role] {
			s.Offered = append(s.Offered, role)
		}
	}
	for _, f := range usual(s) {
		s.Usual += len(f.to)
	}
	return s
}

func row(d edit.Doc) Row {
	r := Row{
		ID: d.ID, Role: d.Fields[Role], Name: Name(d.Fields[Role]), Own: !ofLifecycle(d.Fields[Role]), Holder: d.Fields[Holder],
		Parts: map[string]string{}, Disputed: d.Conflicts, ReadOnly: d.ReadOnly, Gone: d.Gone,
	}
	if d.ID != edit.New {
		r.Wrong = d.Problems[Role]
	}
	for _, phase := range Phases {
		r.Parts[phase] = d.Fields[phase]
	}
	return r
}

func column(rows []Row, phase string) Column {
	c := Column{Phase: phase}
	for _, r := range rows {
		switch r.Parts[phase] {
		case Accountable:
			c.Accountable++
		case Responsible:
			c.Responsible++
		}
	}
	return c
}

// AddRole adds a row for a role, an empty one to be named when role is.
func (p *Presenter) AddRole(ctx context.Context, role string) {
	p.Save(ctx)
	fields := map[string]string{}
	if role != "" {
		fields[Role] = role
	}
	p.Add(fields)
	e := p.Editor.State.Get()
	if d, _ := e.Doc(edit.New); role != "" && d.Fields[Role] != role { // one was begun and not named
		p.Type(edit.New, Role, role)
	}
	if role != "" {
		p.Save(ctx)
	}
}
