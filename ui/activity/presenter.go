// Package activity is the page on which a team sees what happened in a project:
// who did what, the latest first, each a step away from where it happened.
package activity

import (
	"context"
	"slices"
	"sync"
	"time"

	"cairn/core/sentence"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// Activity returns what happened in a project, the latest first: all of it,
	// or what the person of an ID did; from after on, which is empty for the
	// first page. A page may be short, or empty, and still have a Next.
	Activity(ctx context.Context, project, person, after string) (Page, error)
	// People returns who may have done something.
	People(ctx context.Context) ([]Person, error)
}

// Page is part of what happened.
type Page struct {
	Entries []Entry
	Next    string // asks for what came before, empty at the end
}

// Entry is what one person did to one document in a burst.
type Entry struct {
	Document string // ID
	Kind     string
	Page     string // of the window, empty for none
	Person   Person
	Time     time.Time
	Sentence sentence.Sentence
	Details  []Detail // short values that changed, the latest first
}

// Detail is a short value that changed.
type Detail struct {
	Label    string // a term of Cairn's
	Part     string // the item of a list, empty for all of the field
	From, To sentence.Arg
}

// Person is somebody by ID and name.
type Person struct{ ID, Name string }

// State is all that the page shows.
type State struct {
	Loaded  bool
	Problem string // why it can't be read
	Rows    []Row
	More    bool
	Loading bool
	People  []Person
	Person  string // ID of the only one who is shown, empty for all
}

// Row is an entry as it is shown.
type Row struct {
	Key     string
	Day     string // above the row, when it is the first of a day
	Name    string
	Number  int // for the colour of the avatar
	Runs    []Run
	Details []string
	When    string
	Opens   bool // there is a page to go to
}

// Run is a piece of a sentence.
type Run struct {
	Text   string
	Strong bool
}

// enough is how many entries are read before the page is shown, and patience how
// many pages are asked for them: where little concerns a person, most of the
// logs is of others.
const (
	enough   = 20
	patience = 5
)

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	open    func(page, document string)
	now     func() time.Time

	mu      sync.Mutex
	version uint64
	loaded  bool
	loading bool
	broken  error
	entries []Entry
	next    string
	people  []Person
	person  string
}

// NewPresenter returns the presenter of a project's page. Open goes to a document
// on its page. Load fills it.
func NewPresenter(project string, source Source, open func(page, document string), now func() time.Time) *Presenter {
	return &Presenter{project: project, source: source, open: open, now: now}
}

// Load reads what happened up to now. What came before what is shown is read
// again when somebody asks for it.
func (p *Presenter) Load(ctx context.Context) {
	p.mu.Lock()
	person := p.person
	p.mu.Unlock()
	people, peopleErr := p.source.People(ctx)
	page, err := p.read(ctx, person, "")
	p.change(func() {
		if peopleErr == nil {
			p.people = people
		}
		if p.person != person {
			return // somebody has chosen another meanwhile
		}
		p.loaded, p.broken = true, err
		if err == nil {
			p.entries, p.next = page.Entries, page.Next
		}
	})
}

// read asks for pages until there is enough to show.
func (p *Presenter) read(ctx context.Context, person, after string) (Page, error) {
	out := Page{Next: after}
	for range patience {
		page, err := p.source.Activity(ctx, p.project, person, out.Next)
		if err != nil {
			return out, err
		}
		out.Entries, out.Next = append(out.Entries, page.Entries...), page.Next
		if out.Next == "" || len(out.Entries) >= enough {
			break
		}
	}
	return out, nil
}

// More reads what came before.
func (p *Presenter) More(ctx context.Context) {
	var after, person string
	p.change(func() {
		if !p.loading {
			after, person = p.next, p.person
		}
		p.loading = p.loading || after != ""
	})
	if after == "" {
		return
	}
	page, err := p.read(ctx, person, after)
	p.change(func() {
		p.loading = false
		switch {
		case p.person != person || p.next != after:
		case err != nil:
			p.broken = err
		default:
			p.broken = nil
			p.entries, p.next = append(slices.Clip(p.entries), page.Entries...), page.Next
		}
	})
}

// Only shows what one person did, everybody's when the ID is empty.
func (p *Presenter) Only(ctx context.Context, person string) {
	p.change(func() {
		if p.person != person {
			p.person, p.loaded, p.entries, p.next, p.broken = person, false, nil, "", nil
		}
	})
	p.Load(ctx)
}

// Open goes to where a row happened.
func (p *Presenter) Open(key string) {
	p.mu.Lock()
	i := slices.IndexFunc(p.entries, func(e Entry) bool { return e.key() == key })
	var e Entry
	if i >= 0 {
		e = p.entries[i]
	}
	p.mu.Unlock()
	if e.Page != "" {
		p.open(e.Page, e.Document)
	}
}

// Refresh shows the same at the present time, in the language that is spoken now.
func (p *Presenter) Refresh() { p.change(func() {}) }

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version := p.version
	s := p.state()
	p.mu.Unlock()
	p.State.Put(version, s)
}

func (p *Presenter) state() State {
	s := State{Loaded: p.loaded, More: p.next != "", Loading: p.loading, People: slices.Clone(p.people), Person: p.person}
	if p.broken != nil {
		s.Problem = words.Fault(p.broken)
	}
	day := ""
	for _, e := range p.entries {
		r := p.row(e)
		if d := dayOf(p.now(), e.Time); d != day {
			day, r.Day = d, d
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}
