// Package sources is the page that says where the data come from, and what they
// must keep to: the checks of later phases begin here.
package sources

import (
	"context"
	"strings"
	"sync"

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

// The kinds of documents that the page reads.
const (
	KindSource      = "data_source"
	KindExpectation = "expectation"
	KindRequirement = "requirement"
)

// The fields of a data source, as they are stored.
const (
	Name     = "name"
	About    = "about"
	Location = "location"
	Form     = "form"
	Refresh  = "refresh"
	Owner    = "owner"
	Personal = "personal_data"
	Access   = "access"
)

// State is all that the page shows.
type State struct {
	Loaded   bool
	Problem  string // why the sources can't be read
	Rows     []Row
	People   []edit.Person
	Selected edit.Doc // the source whose form shows
	Groups   []Group  // what the selected one must keep to
	Open     edit.Doc // the expectation whose form shows; without an ID there is none
	Duty     Duty
}

// Row is a source in the list.
type Row struct {
	ID, Name  string
	Facts     string // form, refresh, owner
	Access    string // as it is stored
	Expected  [4]int // expectations in each of the Dimensions
	Decisions int    // conflicts that wait
}

// Group is what is expected in one dimension, or in none.
type Group struct {
	Dimension string
	Items     []Item
}

// Item is an expectation in the list.
type Item struct {
	ID        string
	Statement string
	Sentence  string // what is checked, in words
	Checked   bool   // whether a rule says all that a check needs
	Decisions int
}

// Duty is what follows from personal data: a requirement on how to treat them.
type Duty struct {
	Holds bool   // the selected source has personal data
	ID    string // a compliance requirement of the project, empty when it has none
	Title string
}

// Presenter decides what the page shows. Its own Editor holds the sources, Expected
// what they must keep to. It knows nothing of the toolkit and is safe on any
// goroutine.
type Presenter struct {
	*edit.Editor
	Expected *edit.Editor
	State    observe.Value[State]

	project string
	source  Source
	past    *undo.Past

	mu     sync.Mutex
	people []edit.Person
	duty   Duty // of the project
	broken error
	open   string // ID of an expectation
	wanted string // ID of what is to be shown, once it is read
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past) *Presenter {
	p := &Presenter{project: project, source: source, past: past}
	p.Editor = edit.NewEditor(project, edit.Rules{
		Kind: KindSource, Named: Name, Prose: []string{About}, Label: Label, Check: checkSource,
	}, source, line, past)
	p.Expected = edit.NewEditor(project, edit.Rules{
		Kind: KindExpectation, Named: Statement, Prose: []string{Why}, Lists: []string{Values}, Label: Label, Check: wrong, Missing: missing, Show: show, Store: store,
	}, source, line, past)
	p.Editor.State.Watch(p.publish)
	p.Expected.State.Watch(p.publish)
	return p
}

// Load reads what the page shows as it is now.
func (p *Presenter) Load(ctx context.Context) {
	people, err := p.source.People(ctx)
	duty, failed := p.readDuty(ctx)
	if err == nil {
		err = failed
	}
	p.mu.Lock()
	if p.broken = err; err == nil {
		p.people, p.duty = people, duty
	}
	p.mu.Unlock()
	p.Expected.Load(ctx)
	p.Editor.Load(ctx)
	p.mu.Lock()
	wanted := p.wanted
	p.mu.Unlock()
	if wanted != "" {
		p.Show(wanted)
	}
}

// Show shows a source, or an expectation with its source. What is not read yet is
// shown once it is.
func (p *Presenter) Show(id string) {
	p.mu.Lock()
	p.wanted = id
	p.mu.Unlock()
	e, x := p.Editor.State.Get(), p.Expected.State.Get()
	if d, ok := x.Doc(id); ok {
		p.Editor.Select(d.Fields[Of])
		p.reveal(id)
		p.publish()
	} else if _, ok := e.Doc(id); !ok {
		return
	} else {
		p.Select(id)
	}
	p.mu.Lock()
	p.wanted = ""
	p.mu.Unlock()
}

// Save stores what was typed into sources and expectations.
func (p *Presenter) Save(ctx context.Context) {
	p.Editor.Save(ctx)
	p.Expected.Save(ctx)
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	p.Expected.Refresh()
	p.Editor.Refresh()
}

// Select shows a source.
func (p *Presenter) Select(id string) {
	p.mu.Lock()
	p.wanted = ""
	p.mu.Unlock()
	p.reveal("")
	p.Editor.Select(id)
}

// Reveal shows the form of an expectation, or hides it when it shows.
func (p *Presenter) Reveal(id string) {
	p.mu.Lock()
	if p.open == id {
		id = ""
	}
	p.mu.Unlock()
	p.reveal(id)
	p.publish()
}

func (p *Presenter) reveal(id string) {
	p.mu.Lock()
	p.open = id
	p.mu.Unlock()
	if id != "" {
		p.Expected.Select(id)
	}
}

// publish shows what follows from the documents.
func (p *Presenter) publish() {
	p.State.Update(func(State) State {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.state(p.Editor.State.Get(), p.Expected.State.Get())
	})
}

func (p *Presenter) state(e, x edit.State) State {
	s := State{Loaded: e.Loaded && x.Loaded, Problem: e.Problem, People: p.people, Duty: p.duty}
	switch {
	case s.Problem == "" && x.Problem != "":
		s.Problem = x.Problem
	case s.Problem == "" && p.broken != nil:
		s.Problem = words.Fault(p.broken)
	}
	of := map[string][]edit.Doc{} // source → expectations
	for _, d := range x.Docs {
		of[d.Fields[Of]] = append(of[d.Fields[Of]], d)
	}
	for _, d := range e.Docs {
		s.Rows = append(s.Rows, p.row(d, of[d.ID]))
	}
	s.Selected = calm(e.Current(), Name)
	s.Duty.Holds = s.Selected.Fields[Personal] == "yes"
	if s.Selected.ID != "" {
		s.Groups = groups(of[s.Selected.ID])
	}
	s.Open = p.opened(x, s.Selected.ID)
	return s
}

// opened returns the expectation whose form shows.
func (p *Presenter) opened(x edit.State, source string) edit.Doc {
	if _, ok := x.Doc(p.open); !ok && p.open == edit.New {
		p.open = x.Selected // it was stored
	}
	d, ok := x.Doc(p.open)
	if !ok || d.Fields[Of] != source {
		return edit.Doc{Fields: map[string]string{}}
	}
	return calm(d, Statement)
}

// calm returns a document as its form shows it: that a new one has no name yet is
// no mistake.
func calm(d edit.Doc, named string) edit.Doc {
	if d.ID != edit.New || d.Problems[named] == "" {
		return d
	}
	problems := map[string]string{}
	for field, problem := range d.Problems {
		if field != named {
			problems[field] = problem
		}
	}
	d.Problems = problems
	return d
}

func (p *Presenter) row(d edit.Doc, expected []edit.Doc) Row {
	r := Row{ID: d.ID, Name: strings.TrimSpace(d.Fields[Name]), Access: d.Fields[Access], Decisions: len(d.Conflicts)}
	if r.Name == "" {
		r.Name = words.T("Untitled")
	}
	var facts []string
	for _, fact := range []string{Said(Form, d.Fields[Form]), Said(Refresh, d.Fields[Refresh]), edit.NameOf(p.people, d.Fields[Owner])} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	r.Facts = strings.Join(facts, " · ")
	for _, x := range expected {
		r.Decisions += len(x.Conflicts)
		for i, dimension := range Dimensions {
			if x.Fields[Dimension] == dimension {
				r.Expected[i]++
			}
		}
	}
	return r
}

// groups puts expectations under the dimensions; those under none come last.
func groups(expected []edit.Doc) []Group {
	out := make([]Group, len(Dimensions), len(Dimensions)+1)
	at := map[string]int{}
	for i, dimension := range Dimensions {
		out[i].Dimension, at[dimension] = dimension, i
	}
	for _, d := range expected {
		i, ok := at[d.Fields[Dimension]]
		if !ok {
			i = len(out)
			at[d.Fields[Dimension]] = i
			out = append(out, Group{})
		}
		out[i].Items = append(out[i].Items, item(d))
	}
	return out
}

func item(d edit.Doc) Item {
	x := Item{ID: d.ID, Statement: strings.TrimSpace(d.Fields[Statement]), Checked: d.Fields[Rule] != "" && len(wrong(d.Fields))+len(missing(d.Fields)) == 0, Decisions: len(d.Conflicts)}
	if x.Sentence = Sentence(d.Fields); x.Sentence == "" {
		x.Sentence = words.T("In words only: nothing checks it.")
	}
	if x.Statement == "" {
		x.Statement = words.T("Untitled")
	}
	return x
}
