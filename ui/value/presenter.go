// Package value is the page on which a team agrees what a model is worth: the
// numbers that go in, the formula, and what comes out of it with how sure that
// is.
package value

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/core/value"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	Store
	// WriteExport keeps a file for whoever sits at the window, under a name of
	// that kind, and returns where it is.
	WriteExport(ctx context.Context, name string, content []byte) (path string, err error)
}

// Store holds the models of projects.
type Store interface {
	// Templates returns the models to begin revise.With, by ID.
	Templates(ctx context.Context) ([]Named, error)
	// Find returns a model of a project, the first when name is empty. A
	// project without one is a fault of kind NotFound.
	Find(ctx context.Context, project, name string) (Document, error)
	// Save makes the project hold the model, changing only where it differs.
	Save(ctx context.Context, project string, m value.Model) error
	// Resolve settles a conflict by one of its versions, counting from 1, or by
	// a text after "=".
	Resolve(ctx context.Context, id, field, choice string) error
	// RenameModel gives a model another name.
	RenameModel(ctx context.Context, id, name string) error
	// Trash moves a model to the trash, or takes it out again.
	Trash(ctx context.Context, id string, trashed bool) error
}

// Named is a template.
type Named struct {
	ID    string
	Model value.Model
}

// Document is a stored model.
type Document struct {
	ID        string
	Model     value.Model
	Names     []string // of all models of the project
	By        string   // who changed it last
	At        time.Time
	ReadOnly  bool
	Conflicts []Conflict
}

// editor is the name under which the page reports what is saved.
const editor = "value"

// Presenter decides what the page shows. It knows nothing of the toolkit, does
// everything on the caller's goroutine, and is safe on any.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	line    *saving.Line
	past    *undo.Past
	now     func() time.Time

	writing sync.Mutex // held while something is written
	mu      sync.Mutex
	version uint64
	stage   Stage
	picked  string // name of the model
	found   Document
	offered []Named
	broken  error
	drafts  map[Key]string // what is typed and not stored yet
	sum     sum
	odds    odds
	adding  bool          // a model beside those that the project has
	form    *form.Filling // nil when none is open
	along   string        // the variable that was chosen for the curve
	curved  curveKey      // what drawn follows from
	drawn   Curve
	serial  int // of forms
}

// NewPresenter returns the presenter of a project's page. Load fills it. What is
// stored is remembered in past, which may be nil.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past, now func() time.Time) *Presenter {
	return &Presenter{project: project, source: source, line: line, past: past, now: now, drafts: map[Key]string{}}
}

// Load reads the model as it is now. What is being typed stays.
func (p *Presenter) Load(ctx context.Context) {
	p.mu.Lock()
	name := p.picked
	p.mu.Unlock()
	found, err := p.source.Find(ctx, p.project, name)
	var offered []Named
	p.mu.Lock()
	adding := p.adding
	p.mu.Unlock()
	if adding && err == nil {
		p.change(func() { p.found = found })
		return
	}
	if fault.KindOf(err) == fault.NotFound && err != nil {
		offered, err = p.source.Templates(ctx)
		p.change(func() { p.stage, p.offered, p.broken, p.found = Choosing, offered, err, Document{} })
		return
	}
	p.alter(func() {
		p.stage, p.found, p.broken = Ready, found, err
		if err != nil {
			p.stage = Broken
		}
	})
	p.Simulate()
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	p.change(func() { p.odds.shown = chances(p.odds.estimate, p.odds.of) })
}

// Pick shows another of the project's models.
func (p *Presenter) Pick(ctx context.Context, name string) {
	p.Save(ctx)
	p.alter(func() { p.picked, p.drafts = name, map[Key]string{} })
	p.Load(ctx)
}

// Begin makes a template the project's model, or an empty one when template is
// empty.
func (p *Presenter) Begin(ctx context.Context, template string) {
	p.mu.Lock()
	var chosen *value.Model
	if empty := blank(); template == "" {
		chosen = &empty
	}
	for _, t := range p.offered {
		if t.ID == template {
			chosen = &t.Model
		}
	}
	p.mu.Unlock()
	if chosen == nil {
		return
	}
	p.start(ctx, *chosen)
}

// Type takes what stands in an input, and works the model out with it. Save
// stores it.
func (p *Presenter) Type(key Key, text string) {
	p.change(func() { p.drafts[key] = text })
	p.report(nil)
}

// Revert forgets what stands in an input and shows what is stored.
func (p *Presenter) Revert(key Key) {
	p.change(func() { delete(p.drafts, key) })
	p.report(nil)
}

// Save stores what was typed, onto the model as it is by then: what a teammate
// changed meanwhile stays. What can't be read yet is not stored and not lost.
func (p *Presenter) Save(ctx context.Context) {
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	sent, name := p.saveable(), p.picked
	p.mu.Unlock()
	if len(sent) == 0 {
		return
	}
	p.line.Pending(editor)
	now, err := p.source.Find(ctx, p.project, name)
	before := now.Model
	if err == nil {
		now.Model, _ = apply(now.Model, sent)
		err = p.source.Save(ctx, p.project, now.Model)
	}
	if err == nil {
		p.did(typedName(before, sent), name, before, now.Model)
	}
	if err == nil {
		now, err = p.source.Find(ctx, p.project, name)
	}
	p.change(func() {
		if err != nil {
			return
		}
		p.found = now
		for key, text := range sent {
			if p.drafts[key] == text {
				delete(p.drafts, key)
			}
		}
	})
	p.report(err)
}

// typedName is what a step of undo calls what was typed.
func typedName(m value.Model, sent map[Key]string) string {
	name := ""
	for key := range sent {
		label := words.T("Formula")
		if key.Of != revise.Formula {
			label = revise.Label(m, key.Of, key.Name)
		}
		if name != "" && name != label {
			return words.T("Numbers of “%s”", words.Data(m.Name))
		}
		name = label
	}
	return words.T("Change of “%s”", name)
}

// report tells the window how saving stands.
func (p *Presenter) report(err error) {
	p.mu.Lock()
	waits, writable := len(p.drafts), len(p.saveable())
	p.mu.Unlock()
	switch {
	case err != nil:
		p.line.Done(editor, err)
	case writable > 0:
		p.line.Pending(editor)
	case waits > 0:
		p.line.Held(editor)
	default:
		p.line.Done(editor, nil)
	}
}

// Resolve settles a conflict by one of its versions, counting from 1, or by
// another text.
func (p *Presenter) Resolve(ctx context.Context, field string, version int, other string) {
	p.mu.Lock()
	id := p.found.ID
	p.mu.Unlock()
	choice := "=" + other
	if version > 0 {
		choice = number(version)
	}
	p.line.Pending(editor)
	err := p.source.Resolve(ctx, id, field, choice)
	p.report(err)
	p.Load(ctx)
}

// Model returns the model as it is typed, for whoever exports it.
func (p *Presenter) Model() value.Model {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, _ := apply(p.found.Model, p.drafts)
	return m
}

// saveable returns the drafts that can be stored: those that can be read,
// unless the model as a whole makes no sense with them. The caller holds mu.
func (p *Presenter) saveable() map[Key]string {
	if len(p.sum.wrong) == 0 {
		if p.sum.plan == nil {
			return nil
		}
		return maps.Clone(p.drafts)
	}
	good := map[Key]string{}
	for key, text := range p.drafts {
		if _, bad := p.sum.wrong[key.quantity()]; !bad {
			good[key] = text
		}
	}
	m, _ := apply(p.found.Model, good)
	if _, err := value.Check(m); err != nil {
		return nil
	}
	return good
}

// sentence returns what is wrong and what to do about it.
func sentence(err error) string {
	if p, ok := errors.AsType[*value.Error](err); ok {
		_, message, hint := p.In(words.Data)
		return strings.TrimSpace(message + " " + hint)
	}
	return words.Fault(err)
}

func offer(from []Named) []Template {
	out := make([]Template, 0, len(from))
	for _, t := range from {
		about, _, _ := strings.Cut(strings.Join(strings.Fields(t.Model.About), " "), ". ")
		shown := Template{ID: t.ID, Name: words.Data(t.Model.Name), About: words.Data(strings.TrimSuffix(about, ".") + ".")}
		if plan, err := value.Check(t.Model); err == nil {
			if e, err := plan.Expected(); err == nil {
				shown.Result = words.Amount(e.Expected, e.Unit)
			}
		}
		out = append(out, shown)
	}
	return out
}
