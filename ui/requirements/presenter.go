// Package requirements is the page on which a team writes down what the model
// must do for the business, each as something that can be measured if it can.
package requirements

import (
	"context"
	"strings"
	"sync"

	"cairn/core/fault"
	"cairn/core/value"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// List returns a project's requirements, the oldest first, and the people
	// who can own one.
	List(ctx context.Context, project string) ([]Requirement, []Person, error)
	// Create makes one with the fields given, and returns its ID.
	Create(ctx context.Context, project string, fields map[string]string) (string, error)
	// Set makes a field of one hold a text.
	Set(ctx context.Context, id, field, text string) error
	// Trash moves one to the trash, or takes it out again.
	Trash(ctx context.Context, id string, trashed bool) error
}

// The fields of a requirement, as they are stored.
const (
	Title      = "title"
	Area       = "area"
	Metric     = "metric"
	Comparison = "comparison"
	Threshold  = "threshold"
	Unit       = "unit"
	Owner      = "owner"
	Notes      = "notes"
)

// Areas and Comparisons are what those fields can hold.
var (
	Areas       = []string{"speed", "accuracy", "transparency", "compliance", "budget", "team"}
	Comparisons = []string{">=", ">", "<=", "<", "="}
)

// Requirement is a stored one: field → text as a person types it.
type Requirement struct {
	ID        string
	Fields    map[string]string
	Conflicts []string // fields that people wrote differently
}

// Person can own a requirement.
type Person struct{ ID, Name string }

// State is all that the page shows.
type State struct {
	Loaded   bool
	Problem  string // why the list can't be read
	Rows     []Row
	People   []Person
	Selected string            // ID, New for one that is not stored yet, or nothing
	Fields   map[string]string // of the selected one, as typed
	Problems map[string]string // field → what is wrong with it
	Gate     string            // what the selected one is held to, in words
	Conflict []string          // names of fields that need a decision

	version uint64
}

// Row is a line of the list.
type Row struct{ ID, Title, Area, Gate, Owner string }

// New is the ID of a requirement that is typed and not stored yet.
const New = "new"

const editor = "requirements"

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	line    *saving.Line

	writing  sync.Mutex // held while something is written
	mu       sync.Mutex
	version  uint64
	loaded   bool
	broken   error
	stored   []Requirement
	people   []Person
	selected string
	drafts   map[string]map[string]string // ID → field → what is typed and not stored
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line) *Presenter {
	return &Presenter{project: project, source: source, line: line, drafts: map[string]map[string]string{}}
}

// Load reads the requirements as they are now. What is being typed stays.
func (p *Presenter) Load(ctx context.Context) {
	stored, people, err := p.source.List(ctx, p.project)
	p.change(func() {
		p.loaded, p.broken = true, err
		if err != nil {
			return
		}
		p.stored, p.people = stored, people
		if p.find(p.selected) == nil && p.selected != New {
			p.selected = ""
			if len(stored) > 0 {
				p.selected = stored[0].ID
			}
		}
	})
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() { p.change(func() {}) }

// Select shows one of the list.
func (p *Presenter) Select(id string) { p.change(func() { p.selected = id }) }

// Add shows an empty one. It is stored once it has a title.
func (p *Presenter) Add() {
	p.change(func() {
		p.selected = New
		if p.drafts[New] == nil {
			p.drafts[New] = map[string]string{}
		}
	})
}

// Type takes what stands in a field of the selected one. Save stores it.
func (p *Presenter) Type(field, text string) {
	held := false
	p.change(func() {
		if p.selected == "" {
			return
		}
		if p.drafts[p.selected] == nil {
			p.drafts[p.selected] = map[string]string{}
		}
		p.drafts[p.selected][field] = text
		if old := p.text(p.selected, Threshold); field == Unit && strings.TrimSpace(text) == "%" && old != "" {
			p.drafts[p.selected][Threshold] = old // 80 that was typed before the unit means 80 %
		}
		held = len(p.saveable()) == 0
	})
	if held {
		p.line.Held(editor)
		return
	}
	p.line.Pending(editor)
}

// Save stores what was typed. What can't be stored as it is, is not lost.
func (p *Presenter) Save(ctx context.Context) {
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	ready := p.saveable()
	p.mu.Unlock()
	if len(ready) == 0 {
		return
	}
	p.line.Pending(editor)
	var failed error
	for id, typed := range ready {
		if err := p.store(ctx, id, typed); err != nil {
			failed = err
		}
	}
	p.report(failed)
	p.Load(ctx)
}

func (p *Presenter) store(ctx context.Context, id string, fields map[string]string) error {
	p.mu.Lock()
	unit := p.text(id, Unit)
	p.mu.Unlock()
	if id == New {
		made, err := p.source.Create(ctx, p.project, stored(fields, unit))
		if err != nil {
			return err
		}
		p.mu.Lock()
		p.drafts[made] = p.drafts[New]
		delete(p.drafts, New)
		if p.selected == New {
			p.selected = made
		}
		p.mu.Unlock()
		p.forget(made, fields)
		return nil
	}
	for field, text := range fields {
		if err := p.source.Set(ctx, id, field, stored(map[string]string{field: text}, unit)[field]); err != nil {
			return err
		}
		p.forget(id, map[string]string{field: text})
	}
	return nil
}

// forget drops drafts that are stored, unless more was typed meanwhile.
func (p *Presenter) forget(id string, fields map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for field, text := range fields {
		if p.drafts[id][field] == text {
			delete(p.drafts[id], field)
		}
	}
	if len(p.drafts[id]) == 0 {
		delete(p.drafts, id)
	}
}

// Trash moves the selected one to the trash, and returns its ID and title for
// whoever offers to undo it.
func (p *Presenter) Trash(ctx context.Context) (id, title string) {
	p.mu.Lock()
	id = p.selected
	title = p.text(id, Title)
	delete(p.drafts, id)
	p.mu.Unlock()
	if id == New || id == "" {
		p.change(func() { p.selected = "" })
		p.report(nil)
		p.Load(ctx)
		return "", ""
	}
	p.report(p.source.Trash(ctx, id, true))
	p.Load(ctx)
	return id, title
}

// Restore takes one out of the trash and shows it.
func (p *Presenter) Restore(ctx context.Context, id string) {
	p.report(p.source.Trash(ctx, id, false))
	p.mu.Lock()
	p.selected = id
	p.mu.Unlock()
	p.Load(ctx)
}

func (p *Presenter) report(err error) {
	p.mu.Lock()
	waits, ready := 0, len(p.saveable())
	for _, fields := range p.drafts {
		waits += len(fields)
	}
	p.mu.Unlock()
	switch {
	case err != nil:
		p.line.Done(editor, err)
	case ready > 0:
		p.line.Pending(editor)
	case waits > 0:
		p.line.Held(editor)
	default:
		p.line.Done(editor, nil)
	}
}

// find returns a stored requirement. The caller holds mu.
func (p *Presenter) find(id string) *Requirement {
	for i := range p.stored {
		if p.stored[i].ID == id {
			return &p.stored[i]
		}
	}
	return nil
}

// text returns what a field holds, as typed if it is being typed.
func (p *Presenter) text(id, field string) string {
	if text, ok := p.drafts[id][field]; ok {
		return text
	}
	r := p.find(id)
	if r == nil {
		return ""
	}
	if field == Threshold {
		if x, ok := value.ParseNumber(r.Fields[field]); ok {
			return words.Number(x, r.Fields[Unit])
		}
	}
	return r.Fields[field]
}

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	s := p.state()
	s.version = p.version
	p.mu.Unlock()
	p.State.Update(func(old State) State {
		if old.version > s.version {
			return old
		}
		return s
	})
}

func (p *Presenter) state() State {
	s := State{Loaded: p.loaded, People: p.people, Selected: p.selected}
	if p.broken != nil {
		s.Problem = strings.TrimSpace(words.Data(fault.Message(p.broken)) + " " + words.Data(fault.Hint(p.broken)))
	}
	for _, r := range p.stored {
		s.Rows = append(s.Rows, p.row(r.ID))
	}
	if p.drafts[New] != nil {
		s.Rows = append(s.Rows, p.row(New))
	}
	if s.Selected != "" {
		s.Fields = map[string]string{}
		for _, f := range []string{Title, Area, Metric, Comparison, Threshold, Unit, Owner, Notes} {
			s.Fields[f] = p.text(s.Selected, f)
		}
		s.Problems, s.Gate = problems(s.Fields), gate(s.Fields)
		if r := p.find(s.Selected); r != nil {
			s.Conflict = r.Conflicts
		}
	}
	return s
}

func (p *Presenter) row(id string) Row {
	get := func(field string) string { return p.text(id, field) }
	fields := map[string]string{Metric: get(Metric), Comparison: get(Comparison), Threshold: get(Threshold), Unit: get(Unit)}
	row := Row{ID: id, Title: get(Title), Area: words.Data(AreaName(get(Area))), Gate: gate(fields)}
	if row.Title == "" {
		row.Title = words.T("Untitled")
	}
	for _, person := range p.people {
		if person.ID == get(Owner) {
			row.Owner = person.Name
		}
	}
	return row
}

// AreaName returns an area as it stands at the beginning of a line, in English.
func AreaName(area string) string {
	if area == "" {
		return ""
	}
	return strings.ToUpper(area[:1]) + area[1:]
}
