package presence

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn/ui/observe"
)

// sayEvery is how often at most the others are told where somebody is. A cursor
// moves with every key; ten times a second is as smooth as anybody sees.
const sayEvery = 100 * time.Millisecond

// View is who else is on a document.
type View struct {
	Document string
	People   []Person            // each once, by name
	Fields   map[string][]Person // by field, who came first
}

// Presenter follows who is where, and says where this person is. It knows nothing of
// the toolkit and is safe on any goroutine.
type Presenter struct {
	State observe.Value[View]

	ctx    context.Context //nolint:containedctx // it ends when the window does
	source Source
	now    func() time.Time
	timer  Timer
	stop   func()

	mu       sync.Mutex
	version  uint64
	document string
	place    Place // where this person is
	told     Place // what the others know of it
	at       time.Time
	wait     func() bool // stops a Say that waits, nil when none does
	closed   bool
}

// New returns a presenter that is on no document. What it tells the others ends with
// ctx. Call Close at the end.
func New(ctx context.Context, source Source, now func() time.Time, timer Timer) *Presenter {
	p := &Presenter{ctx: ctx, source: source, now: now, timer: timer}
	p.stop = source.Watch(p.look)
	p.look()
	return p
}

// Close tells the others that this person is nowhere, and follows nobody.
func (p *Presenter) Close() {
	p.stop()
	p.move(Place{})
	p.mu.Lock()
	p.closed = true
	wait := p.wait
	p.mu.Unlock()
	if wait != nil && wait() {
		p.say()
	}
}

// On shows who else is on a document from now on, and tells them that this person
// is. An empty ID is none.
func (p *Presenter) On(document string) {
	p.mu.Lock()
	same := p.document == document
	p.document = document
	p.mu.Unlock()
	if same {
		return
	}
	p.move(Place{Document: document, Caret: -1})
	p.look()
}

// Became takes that what this person is in is stored now, as a document: they are in
// the same field still.
func (p *Presenter) Became(document string) {
	p.mu.Lock()
	p.document = document
	at := p.place
	at.Document = document
	p.mu.Unlock()
	p.move(at)
	p.look()
}

// Enter tells the others that this person is in a field, with the cursor behind so
// many runes, below 0 where there is none. It may be called with every key.
func (p *Presenter) Enter(field string, caret int) {
	p.mu.Lock()
	at := Place{Document: p.document, Field: field, Caret: caret}
	p.mu.Unlock()
	if at.Document != "" {
		p.move(at)
	}
}

// Leave tells the others that this person is in no field.
func (p *Presenter) Leave() { p.Enter("", -1) }

// move takes where this person is. The others are told at once, or when enough time
// has passed since they were told last.
func (p *Presenter) move(to Place) {
	p.mu.Lock()
	if p.closed || p.place == to {
		p.mu.Unlock()
		return
	}
	p.place = to
	if p.wait != nil {
		p.mu.Unlock()
		return
	}
	rest := sayEvery - p.now().Sub(p.at)
	if rest > 0 && !p.at.IsZero() {
		p.wait = p.timer(rest, p.say)
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	p.say()
}

// say tells the others where this person is. That it does not arrive is no matter:
// what they see is a moment old at best.
func (p *Presenter) say() {
	p.mu.Lock()
	at, again := p.place, p.place != p.told
	p.told, p.at, p.wait = at, p.now(), nil
	p.mu.Unlock()
	if again {
		_ = p.source.Say(p.ctx, at)
	}
}

// look shows who is on the document now.
func (p *Presenter) look() {
	all := p.source.Here()
	p.mu.Lock()
	p.version++
	version, v := p.version, viewOf(p.document, all)
	p.mu.Unlock()
	p.State.Put(version, v)
}

func viewOf(document string, all []Person) View {
	v := View{Document: document, Fields: map[string][]Person{}}
	if document == "" {
		return v
	}
	here := slices.DeleteFunc(slices.Clone(all), func(o Person) bool { return o.Document != document })
	slices.SortFunc(here, func(a, b Person) int { return cmp.Or(a.Since.Compare(b.Since), strings.Compare(a.Device, b.Device)) })
	for _, o := range here {
		if o.Field != "" {
			v.Fields[o.Field] = append(v.Fields[o.Field], o)
		}
		if !slices.ContainsFunc(v.People, func(known Person) bool { return known.ID == o.ID }) {
			v.People = append(v.People, o)
		}
	}
	slices.SortFunc(v.People, func(a, b Person) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID)) })
	return v
}
