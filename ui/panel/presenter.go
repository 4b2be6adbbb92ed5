// Package panel is what belongs to a page beside its content: what people say
// about it, and what happened to it. Comments decide in TalkPresenter and are
// drawn by TalkScreen; the past in PastPresenter and PastScreen; Panel puts them
// and what others provide into one column.
package panel

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn/core/mention"
	"cairn/ui/observe"
	"cairn/ui/undo"
	"cairn/ui/words"
)

const (
	// foldReplies is how many answers a thread shows unasked, shownThreads how
	// many threads are drawn at first: a column is read from the top.
	foldReplies  = 3
	shownThreads = 30
	// suggested is how many people are offered for a name.
	suggested = 5
)

// TalkPresenter decides what the comments show. It knows nothing of the toolkit
// and is safe on any goroutine.
type TalkPresenter struct {
	State observe.Value[TalkState]

	source Discussion
	drafts *Drafts
	past   *undo.Past
	now    func() time.Time

	writing   sync.Mutex // held while something is written
	mu        sync.Mutex
	version   uint64
	at        Place
	loaded    bool
	broken    error
	mayWrite  bool
	threads   []Thread
	people    []mention.Person
	settled   bool
	shown     int
	answering string          // ID of the thread
	editing   string          // ID of the comment
	unfolded  map[string]bool // IDs of threads all answers of which are shown
	sending   string
	failed    string
	why       error
	suggest   Suggestion
}

// NewTalkPresenter returns a presenter of no place yet. What is done is
// remembered in past, which may be nil.
func NewTalkPresenter(source Discussion, drafts *Drafts, past *undo.Past, now func() time.Time) *TalkPresenter {
	return &TalkPresenter{source: source, drafts: drafts, past: past, now: now, shown: shownThreads, unfolded: map[string]bool{}}
}

// Show goes to another place. What is typed here waits until somebody comes back.
func (p *TalkPresenter) Show(ctx context.Context, at Place) {
	p.change(func() {
		if p.key() != key(at) {
			p.loaded, p.broken, p.threads, p.shown = false, nil, nil, shownThreads
			p.answering, p.editing, p.failed, p.suggest = "", "", "", Suggestion{}
		}
		p.at = at
	})
	p.Load(ctx)
}

// Load reads the comments as they are now. What is being typed stays.
func (p *TalkPresenter) Load(ctx context.Context) {
	p.mu.Lock()
	at := p.at
	p.mu.Unlock()
	threads, mayWrite, err := p.source.Threads(ctx, at)
	people, peopleErr := p.source.People(ctx)
	p.change(func() {
		if p.key() != key(at) {
			return // somebody has gone on meanwhile
		}
		p.loaded, p.broken = true, err
		if err == nil {
			p.threads, p.mayWrite = threads, mayWrite
		}
		if peopleErr == nil {
			p.people = people
		}
	})
}

// Refresh shows the same at the present time, in the language that is spoken now.
func (p *TalkPresenter) Refresh() { p.change(func() {}) }

// ShowResolved shows the threads that are settled, or hides them again.
func (p *TalkPresenter) ShowResolved(shown bool) { p.change(func() { p.settled = shown }) }

// More draws more threads.
func (p *TalkPresenter) More() { p.change(func() { p.shown += shownThreads }) }

// Unfold shows all answers of a thread.
func (p *TalkPresenter) Unfold(id string) { p.change(func() { p.unfolded[id] = true }) }

// Answer opens the entry for an answer in a thread, or closes it: what was typed
// stays.
func (p *TalkPresenter) Answer(id string, open bool) {
	p.change(func() {
		if p.answering = ""; open {
			p.answering = id
		}
		p.suggest = Suggestion{}
	})
}

// Edit begins to rewrite a comment, or ends it without effect.
func (p *TalkPresenter) Edit(id string, open bool) {
	p.change(func() {
		p.drafts.put(p.draftKey(EditPrefix+id), "")
		if p.editing = ""; open {
			p.editing = id
		}
		p.suggest = Suggestion{}
	})
}

// Type takes what stands in an entry: NewThread, the ID of a thread, or that of a
// comment behind EditPrefix.
func (p *TalkPresenter) Type(at, text string) {
	p.change(func() {
		before := p.drafts.get(p.draftKey(at))
		p.drafts.put(p.draftKey(at), text)
		if p.failed == at {
			p.failed, p.why = "", nil
		}
		p.offer(at, text, cursorOf(before, text))
	})
}

// offer suggests who may be meant. The caller holds mu.
func (p *TalkPresenter) offer(at, text string, cursor int) {
	p.suggest = Suggestion{}
	_, begun, ok := mention.Begun(text, cursor)
	if !ok {
		return
	}
	s := Suggestion{At: at, Begun: len([]rune(begun))}
	for _, person := range p.people {
		if mention.Completes(person.Name, begun) && !slices.Contains(s.Names, person.Name) && len(s.Names) < suggested {
			s.Names = append(s.Names, person.Name)
		}
	}
	// A name that is written out needs no offer.
	if len(s.Names) > 0 && !strings.EqualFold(s.Names[0], begun) {
		p.suggest = s
	}
}

// Move moves the choice among those who are offered.
func (p *TalkPresenter) Move(by int) {
	p.change(func() {
		if n := len(p.suggest.Names); n > 0 {
			p.suggest.Chosen = ((p.suggest.Chosen+by)%n + n) % n
		}
	})
}

// Dismiss takes the offer away.
func (p *TalkPresenter) Dismiss() { p.change(func() { p.suggest = Suggestion{} }) }

// Send says what is typed in an entry. What can't be said stays there.
func (p *TalkPresenter) Send(ctx context.Context, at string) {
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	place, text := p.at, p.drafts.get(p.draftKey(at))
	draft := p.draftKey(at)
	p.mu.Unlock()
	if strings.TrimSpace(text) == "" {
		if id, ok := strings.CutPrefix(at, EditPrefix); ok {
			p.Edit(id, false) // nothing was changed
		}
		return
	}
	p.change(func() { p.sending, p.failed, p.suggest = at, "", Suggestion{} })
	err := p.say(ctx, place, at, text)
	p.change(func() {
		p.sending = ""
		if err != nil {
			p.failed, p.why = at, err
			return
		}
		if p.drafts.get(draft) == text { // nothing was typed meanwhile
			p.drafts.put(draft, "")
		}
		if id, ok := strings.CutPrefix(at, EditPrefix); ok && p.editing == id {
			p.editing = ""
		}
		if p.answering == at {
			p.answering = ""
		}
	})
	if err == nil {
		p.Load(ctx)
	}
}

func (p *TalkPresenter) say(ctx context.Context, place Place, at, text string) error {
	if id, ok := strings.CutPrefix(at, EditPrefix); ok {
		return p.source.Change(ctx, Change{ID: id, Do: Rewrite, To: text})
	}
	if at == NewThread {
		at = ""
	}
	return p.source.Say(ctx, place, at, text)
}

// Settle resolves a thread or takes it up again; it can be undone.
func (p *TalkPresenter) Settle(ctx context.Context, id string, resolved bool) {
	do, undone, name := Resolve, Reopen, words.T("Comment resolved")
	if !resolved {
		do, undone, name = Reopen, Resolve, words.T("Comment reopened")
	}
	p.do(ctx, id, do, undone, name)
}

// Delete deletes a comment; it can be undone.
func (p *TalkPresenter) Delete(ctx context.Context, id string) {
	p.do(ctx, id, Delete, Undelete, words.T("Comment deleted"))
}

// Undelete brings a comment back that was just deleted. It is what takes Delete
// back, and so is not remembered itself.
func (p *TalkPresenter) Undelete(ctx context.Context, id string) {
	p.writing.Lock()
	defer p.writing.Unlock()
	err := p.source.Change(ctx, Change{ID: id, Do: Undelete})
	p.change(func() {
		p.failed, p.why = "", err
		if err != nil {
			p.failed = id
		}
	})
	p.Load(ctx)
}

func (p *TalkPresenter) do(ctx context.Context, id string, do, undone Deed, name string) {
	p.writing.Lock()
	defer p.writing.Unlock()
	change := func(d Deed) func(context.Context) error {
		return func(ctx context.Context) error {
			err := p.source.Change(ctx, Change{ID: id, Do: d})
			p.Load(ctx)
			return err
		}
	}
	err := change(do)(ctx)
	if err == nil {
		p.past.Did(undo.Step{Name: name, Back: change(undone), Again: change(do)})
	}
	p.change(func() {
		p.failed, p.why = "", err
		if err != nil {
			p.failed = id
		}
	})
}

func key(at Place) string {
	return strings.Join([]string{at.Project, at.Document, at.Kind, at.Field}, "/")
}

func (p *TalkPresenter) key() string { return key(p.at) }

// draftKey returns where what is typed at an entry is kept. Answers and edits are
// of a comment, wherever it is shown.
func (p *TalkPresenter) draftKey(at string) string {
	if at == NewThread {
		return NewThread + " " + p.key()
	}
	return at
}

// change changes what the presenter holds and publishes what follows.
func (p *TalkPresenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version := p.version
	s := p.state()
	p.mu.Unlock()
	p.State.Put(version, s)
}

func problem(err error) string {
	if err == nil {
		return ""
	}
	return words.Fault(err)
}
