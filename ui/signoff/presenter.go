package signoff

import (
	"context"
	"strings"
	"sync"

	"cairn/core/lifecycle"
	"cairn/ui/observe"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// State is all that is shown.
type State struct {
	Loaded  bool
	Problem string // why it can't be read
	Standing
}

// Presenter holds where a project stands, for the page, the chips and the cards
// alike. It knows nothing of the toolkit and is safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	past    *undo.Past

	mu    sync.Mutex
	reads uint64                    // how many have begun
	notes map[lifecycle.Page]string // typed and not given yet
}

// NewPresenter returns the presenter of a project. Load fills it.
func NewPresenter(project string, source Source, past *undo.Past) *Presenter {
	return &Presenter{project: project, source: source, past: past, notes: map[lifecycle.Page]string{}}
}

// Load reads where the project stands now. Of reads that overlap, the one that
// began last shows.
func (p *Presenter) Load(ctx context.Context) {
	p.mu.Lock()
	p.reads++
	mine := p.reads
	p.mu.Unlock()
	now, err := p.source.Standing(ctx, p.project)
	p.State.Update(func(s State) State {
		p.mu.Lock()
		defer p.mu.Unlock()
		if mine != p.reads && s.Loaded {
			return s
		}
		if err != nil {
			return State{Loaded: true, Problem: words.Fault(err), Standing: s.Standing}
		}
		return State{Loaded: true, Standing: now}
	})
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() { p.State.Update(func(s State) State { return s }) }

// Note keeps what is typed for a verdict until it is given.
func (p *Presenter) Note(page lifecycle.Page, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.notes[page] = text
}

// Noted returns what was typed for a verdict.
func (p *Presenter) Noted(page lifecycle.Page) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.notes[page]
}

// Give keeps a verdict. To undo it is to take it back.
func (p *Presenter) Give(ctx context.Context, v Verdict) error {
	defer p.Load(ctx)
	v.Note = strings.TrimSpace(v.Note)
	id, err := p.source.Give(ctx, p.project, v)
	if err != nil {
		return err
	}
	p.Note(v.Page, "")
	name := words.T("Rejecting %s", words.Data(v.Page.Name()))
	if v.Approve {
		name = words.T("Approving %s", words.Data(v.Page.Name()))
	}
	p.past.Did(undo.Step{
		Name: name,
		Back: func(ctx context.Context) error { return p.Revoke(ctx, id) },
		Again: func(ctx context.Context) error {
			defer p.Load(ctx)
			again, err := p.source.Give(ctx, p.project, v)
			if err == nil {
				id = again
			}
			return err
		},
	})
	return nil
}

// Revoke takes a sign-off of one's own back.
func (p *Presenter) Revoke(ctx context.Context, id string) error {
	defer p.Load(ctx)
	return p.source.Revoke(ctx, id)
}
