package conflicts

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/ui/observe"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// decision is what a person is about to settle a conflict with.
type decision struct {
	side    int // counted from 1
	writing bool
	other   string
	busy    bool
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[View]

	source Source
	past   *undo.Past
	now    func() time.Time

	mu       sync.Mutex
	version  uint64
	reads    uint64 // how many have begun
	shown    uint64 // the latest of them that is shown
	loaded   bool
	broken   error
	stored   []Conflict
	reopened []Conflict // settled and taken back: the stored field is in no conflict any more
	typed    map[string]decision
	selected string
}

// NewPresenter returns the presenter of the page. Load fills it.
func NewPresenter(source Source, past *undo.Past, now func() time.Time) *Presenter {
	return &Presenter{source: source, past: past, now: now, typed: map[string]decision{}}
}

// Load reads what waits for a decision now. What is typed stays.
func (p *Presenter) Load(ctx context.Context) {
	p.mu.Lock()
	p.reads++
	mine := p.reads
	p.mu.Unlock()
	found, err := p.source.Conflicts(ctx)
	p.change(func() {
		if mine < p.shown {
			return
		}
		p.shown, p.loaded, p.broken = mine, true, err
		if err == nil {
			p.take(found)
		}
	})
}

// take shows what was read. A choice is of the values it was made among, so others
// undo it; what was written stays.
func (p *Presenter) take(found []Conflict) {
	before := map[string]Conflict{}
	for _, c := range p.stored {
		before[c.key()] = c
	}
	for _, c := range found {
		old, there := before[c.key()]
		if d, decided := p.typed[c.key()]; there && decided && !sameSides(old, c) {
			d.side = 0
			p.typed[c.key()] = d
		}
		p.reopened = slices.DeleteFunc(p.reopened, func(r Conflict) bool { return r.key() == c.key() })
	}
	p.stored = nil
	for _, c := range found {
		if len(c.Sides) > 1 { // else there is nothing to decide
			c.Shows = min(max(1, c.Shows), len(c.Sides))
			p.stored = append(p.stored, c)
		}
	}
}

func sameSides(a, b Conflict) bool { return reflect.DeepEqual(a.Sides, b.Sides) }

// all returns the conflicts in the order of the list: the newest first.
func (p *Presenter) all() []Conflict {
	out := append(slices.Clone(p.stored), p.reopened...)
	slices.SortStableFunc(out, func(a, b Conflict) int {
		return cmp.Or(b.latest().Compare(a.latest()), strings.Compare(a.key(), b.key()))
	})
	return out
}

func (p *Presenter) find(key string) (Conflict, bool) {
	all := p.all()
	i := slices.IndexFunc(all, func(c Conflict) bool { return c.key() == key })
	if i < 0 {
		return Conflict{}, false
	}
	return all[i], true
}

// Select shows a conflict.
func (p *Presenter) Select(key string) { p.change(func() { p.selected = key }) }

// Choose chooses one of the values of the selected conflict, counted from 1.
func (p *Presenter) Choose(side int) {
	p.decide(func(_ Conflict, d *decision) { d.side, d.writing = side, false })
}

// Write begins to write what takes the place of all values. What stands there first
// is all of them, where they are text, and else the one that was chosen.
func (p *Presenter) Write() {
	p.decide(func(c Conflict, d *decision) {
		d.writing = true
		if d.other != "" {
			return
		}
		if c.Form != Prose {
			d.other = c.Sides[max(1, d.side)-1].Text
			return
		}
		texts := make([]string, len(c.Sides))
		for i, s := range c.Sides {
			texts[i] = s.Text
		}
		d.other = both(texts)
	})
}

// Type takes what is written.
func (p *Presenter) Type(text string) {
	p.decide(func(_ Conflict, d *decision) { d.other, d.writing = text, true })
}

func (p *Presenter) decide(change func(Conflict, *decision)) {
	p.change(func() {
		c, ok := p.find(p.selected)
		if !ok || c.ReadOnly {
			return
		}
		d := p.decision(c)
		change(c, &d)
		p.typed[c.key()] = d
	})
}

// decision returns what a conflict is about to be settled with: what pages show
// already, as long as nobody has chosen.
func (p *Presenter) decision(c Conflict) decision {
	d, ok := p.typed[c.key()]
	if !ok {
		d.side = c.Shows
	}
	return d
}

// Settle settles the selected conflict by what is chosen or written, and returns
// what was done for whoever offers to undo it.
func (p *Presenter) Settle(ctx context.Context) (said string, err error) {
	var c Conflict
	var d decision
	ok := false
	p.change(func() {
		c, ok = p.find(p.selected)
		d = p.decision(c)
		if ok = ok && !d.busy && !c.ReadOnly && (d.writing || d.side > 0); ok {
			busy := d
			busy.busy = true
			p.typed[c.key()] = busy
		}
	})
	if !ok {
		return "", nil
	}
	text := d.other
	if !d.writing {
		text = c.Sides[d.side-1].Text
	}
	err = p.settle(ctx, c, d, text)
	p.change(func() {
		if err != nil {
			p.typed[c.key()] = d
			return
		}
		delete(p.typed, c.key())
		p.drop(c.key())
	})
	p.Load(ctx)
	if err != nil {
		return "", err
	}
	p.past.Did(p.step(c, text))
	return words.T("%s of “%s” is settled", c.Label, c.title()), nil
}

// drop takes a conflict off the list, and selects the one that follows it.
func (p *Presenter) drop(key string) {
	all := p.all()
	i := slices.IndexFunc(all, func(c Conflict) bool { return c.key() == key })
	is := func(c Conflict) bool { return c.key() == key }
	p.stored, p.reopened = slices.DeleteFunc(slices.Clone(p.stored), is), slices.DeleteFunc(slices.Clone(p.reopened), is)
	if p.selected == key && len(all) > 1 {
		next := i + 1
		if next == len(all) {
			next = i - 1
		}
		p.selected = all[next].key()
	}
}

// settle writes a decision. The values are looked at once more: to settle overwrites
// all of them, also one that has arrived since the page was read.
func (p *Presenter) settle(ctx context.Context, c Conflict, d decision, text string) error {
	found, err := p.source.Conflicts(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(found, func(f Conflict) bool { return f.key() == c.key() })
	switch {
	case i < 0 && p.isReopened(c.key()):
		return p.replace(ctx, c, c.Sides[c.Shows-1].Text, text)
	case i < 0:
		return fault.New(fault.Conflict, "Somebody has settled this meanwhile.", "The page of the document shows what holds now.")
	case !sameSides(found[i], c):
		return fault.New(fault.Conflict, "Another value has arrived meanwhile.", "Look at all of them, then choose.")
	}
	choice := d.side
	if d.writing {
		choice = 0
	}
	return p.source.Resolve(ctx, c.Document, c.Field, choice, d.other)
}

func (p *Presenter) isReopened(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.ContainsFunc(p.reopened, func(c Conflict) bool { return c.key() == key })
}

// step is the one that settled c by text. To take it back writes what every page
// showed before, and opens the choice again; the values are no rivals any more, so
// that they stand beside each other only here.
func (p *Presenter) step(c Conflict, text string) undo.Step {
	was := c.Sides[c.Shows-1].Text
	return undo.Step{
		Name: words.T("Settling %s of “%s”", c.Label, c.title()),
		Back: func(ctx context.Context) error {
			if err := p.replace(ctx, c, text, was); err != nil {
				return err
			}
			p.change(func() { p.reopened, p.selected = append(slices.Clip(p.reopened), c), c.key() })
			p.Load(ctx)
			return nil
		},
		Again: func(ctx context.Context) error {
			if err := p.replace(ctx, c, was, text); err != nil {
				return err
			}
			p.change(func() { p.drop(c.key()) })
			p.Load(ctx)
			return nil
		},
	}
}

// replace makes the field of c that holds from hold to. It fails when somebody has
// written something else there.
func (p *Presenter) replace(ctx context.Context, c Conflict, from, to string) error {
	holds, err := p.source.Holds(ctx, c.Document, c.Field)
	if err != nil {
		return err
	}
	if holds != from {
		return fault.New(fault.Conflict, "Somebody has changed this since.", "Look at it first; the history has what stood there.")
	}
	if from == to {
		return nil
	}
	return p.source.Change(ctx, c.Document, map[string]string{c.Field: to}, map[string]string{})
}

// Refresh shows the same at the present time, in the language that is spoken now.
func (p *Presenter) Refresh() { p.change(func() {}) }

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version, v := p.version, p.view()
	p.mu.Unlock()
	p.State.Put(version, v)
}

func (p *Presenter) view() View {
	v := View{Loaded: p.loaded}
	if p.broken != nil {
		v.Problem = words.Fault(p.broken)
	}
	all := p.all()
	v.Waiting = len(all)
	if i := slices.IndexFunc(all, func(c Conflict) bool { return c.key() == p.selected }); i < 0 && len(all) > 0 {
		p.selected = all[0].key()
	}
	now := p.now()
	for _, c := range all {
		v.Rows = append(v.Rows, c.row(now, p.selected))
		if c.key() == p.selected {
			v.Detail = c.detail(now, p.decision(c))
		}
	}
	return v
}
