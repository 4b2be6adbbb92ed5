package panel

import (
	"context"
	"slices"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/core/feed"
	"cairn/core/sentence"
	"cairn/ui/observe"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// History is what the past needs of the application.
type History interface {
	// Past returns what happened to the document of a place, or to its field,
	// the latest first, from after on, which is empty for the first page; and
	// whether the person of this device may change the document.
	Past(ctx context.Context, at Place, after string) (page PastPage, mayWrite bool, err error)
	// Restore makes a field hold a text as Past gave it.
	Restore(ctx context.Context, document, field, text string) error
}

// PastPage is part of the past of a document.
type PastPage struct {
	Entries []Past
	Next    string // asks for what came before, empty at the end
}

// Past is what one person did to the document in a burst.
type Past struct {
	Person   Person
	Time     time.Time
	Sentence sentence.Sentence // for what is no change of a field
	Fields   []PastField
}

// PastField is what a field held before and after.
type PastField struct {
	Field, Label  string // as stored; a term of Cairn's
	Prose         bool
	From, To      sentence.Arg // short forms, empty when there are none
	Before, After string       // as Restore takes them
	Long          bool         // Before and After were too long to be told
	Parts         []PastPart
}

// PastPart is an element of a list that came, went or changed.
type PastPart struct {
	Name     string
	Deed     feed.Deed
	From, To sentence.Arg
}

// PastPresenter decides what the past shows. It knows nothing of the toolkit and
// is safe on any goroutine.
type PastPresenter struct {
	State observe.Value[PastState]

	source History
	past   *undo.Past
	now    func() time.Time

	writing  sync.Mutex // held while something is written
	mu       sync.Mutex
	version  uint64
	at       Place
	field    string // only this one, empty for all
	fields   []FieldName
	loaded   bool
	loading  bool // more
	broken   error
	mayWrite bool
	entries  []Past
	next     string
	failed   string
	why      error
}

// FieldName is a field that has a past.
type FieldName struct{ Field, Label string }

// NewPastPresenter returns a presenter of no place yet.
func NewPastPresenter(source History, past *undo.Past, now func() time.Time) *PastPresenter {
	return &PastPresenter{source: source, past: past, now: now}
}

// Show goes to another place.
func (p *PastPresenter) Show(ctx context.Context, at Place) {
	p.change(func() {
		if key(p.at) != key(at) {
			p.forget()
			p.fields, p.field = nil, at.Field
		}
		p.at = at
	})
	p.Load(ctx)
}

// forget drops what was read. The caller holds mu.
func (p *PastPresenter) forget() {
	p.loaded, p.broken, p.entries, p.next, p.failed = false, nil, nil, "", ""
}

// Only shows the past of one field, of all when it is empty.
func (p *PastPresenter) Only(ctx context.Context, field string) {
	p.change(func() {
		if p.field != field {
			p.forget()
			p.field = field
		}
	})
	p.Load(ctx)
}

// place returns what to ask for.
func (p *PastPresenter) place() Place {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.at
	at.Field = p.field
	return at
}

// Load reads the latest of the past. What was read of what came before is read
// again when somebody asks for it.
func (p *PastPresenter) Load(ctx context.Context) {
	at := p.place()
	if at.Document == "" {
		p.change(func() { p.loaded = true })
		return
	}
	page, mayWrite, err := p.source.Past(ctx, at, "")
	p.change(func() {
		if p.at.Document != at.Document || p.field != at.Field {
			return // somebody has gone on meanwhile
		}
		p.loaded, p.broken = true, err
		if err != nil {
			return
		}
		p.entries, p.next, p.mayWrite = page.Entries, page.Next, mayWrite
		if at.Field == "" {
			p.learn()
		}
	})
}

// learn notes which fields have a past. The caller holds mu.
func (p *PastPresenter) learn() {
	for _, e := range p.entries {
		for _, f := range e.Fields {
			if !slices.ContainsFunc(p.fields, func(n FieldName) bool { return n.Field == f.Field }) {
				p.fields = append(p.fields, FieldName{f.Field, f.Label})
			}
		}
	}
}

// More reads what came before.
func (p *PastPresenter) More(ctx context.Context) {
	at := p.place()
	var after string
	p.change(func() {
		if !p.loading {
			after = p.next
		}
		p.loading = p.loading || after != ""
	})
	if after == "" {
		return
	}
	page, _, err := p.source.Past(ctx, at, after)
	p.change(func() {
		p.loading = false
		switch {
		case p.at.Document != at.Document || p.field != at.Field || p.next != after:
		case err != nil:
			p.broken = err
		default:
			p.entries, p.next = append(slices.Clip(p.entries), page.Entries...), page.Next
			if at.Field == "" {
				p.learn()
			}
		}
	})
}

// Refresh shows the same at the present time, in the language that is spoken now.
func (p *PastPresenter) Refresh() { p.change(func() {}) }

// Restore makes a field hold again what it held after an entry, named as in
// ChangeView. It can be undone until somebody else changes the field.
func (p *PastPresenter) Restore(ctx context.Context, key string) {
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	at, f, ok := p.at, PastField{}, false
	for i, e := range p.entries {
		for _, g := range e.Fields {
			if changeKey(i, e, g) == key {
				f, ok = g, true
			}
		}
	}
	now, known := p.current(f.Field)
	p.mu.Unlock()
	if !ok || f.Long {
		return
	}
	to := func(from, text string) func(context.Context) error {
		return func(ctx context.Context) error {
			if err := p.unchanged(ctx, at, f.Field, from); err != nil {
				return err
			}
			err := p.source.Restore(ctx, at.Document, f.Field, text)
			p.Load(ctx)
			return err
		}
	}
	err := p.source.Restore(ctx, at.Document, f.Field, f.After)
	if err == nil && known {
		name := words.T("%s restored", words.Data(f.Label))
		p.past.Did(undo.Step{Name: name, Back: to(f.After, now), Again: to(now, f.After)})
	}
	p.change(func() {
		if p.failed, p.why = "", err; err != nil {
			p.failed = key
		}
	})
	if err == nil {
		p.Load(ctx)
	}
}

// unchanged returns why a field does not hold text any more.
func (p *PastPresenter) unchanged(ctx context.Context, at Place, field, text string) error {
	at.Field = field
	page, _, err := p.source.Past(ctx, at, "")
	if err != nil {
		return err
	}
	for _, e := range page.Entries {
		for _, f := range e.Fields {
			if f.Field != field {
				continue
			}
			if f.After == text {
				return nil
			}
			return fault.New(fault.Conflict, "Somebody has changed this since.", "Look at the history, and choose a value there.")
		}
	}
	return nil
}

// current returns what a field holds, as the latest entry left it. The caller
// holds mu.
func (p *PastPresenter) current(field string) (text string, known bool) {
	for _, e := range p.entries {
		for _, f := range e.Fields {
			if f.Field == field {
				return f.After, !f.Long
			}
		}
	}
	return "", false
}

// change changes what the presenter holds and publishes what follows.
func (p *PastPresenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version := p.version
	s := p.state()
	p.mu.Unlock()
	p.State.Put(version, s)
}
