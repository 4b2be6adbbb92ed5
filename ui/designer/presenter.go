package designer

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"

	"cairn/core/template"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// State is all that the page shows.
type State struct {
	Loaded   bool
	Problem  string // why it can't be read
	Rows     []Summary
	Selected string   // ID
	Stored   Template // the selected one, once it is read
	Draft    template.Template
	Changes  []template.Change // of the draft, since the latest version
	Problems []*template.Error // what keeps the draft from being published
	Field    string            // key of the field that is being edited
	Unsaved  string            // why what is typed can't be stored as it is
}

// Editable reports whether the person may change what is shown.
func (s State) Editable() bool { return s.Stored.Team && !s.Stored.ReadOnly }

// Publishable reports whether the draft can become the next version.
func (s State) Publishable() bool {
	return s.Editable() && len(s.Problems) == 0 && (len(s.Changes) > 0 || len(s.Stored.Versions) == 0)
}

// Presenter holds the templates of the workspace and the draft of one. It knows
// nothing of the toolkit and is safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	source Source
	line   *saving.Line
	past   *undo.Past
	suffix func() string // what sets new keys apart from those that teammates make

	writing sync.Mutex // held while something is written
}

// editor is the presenter's name among those who save.
const editor = "templates"

// NewPresenter returns the presenter of the page. Suffix returns a few random
// letters and digits. Load fills it.
func NewPresenter(source Source, line *saving.Line, past *undo.Past, suffix func() string) *Presenter {
	return &Presenter{source: source, line: line, past: past, suffix: suffix}
}

// Load reads the templates as they are now. What is being typed stays, and takes
// in what others changed beside it.
func (p *Presenter) Load(ctx context.Context) {
	rows, err := p.source.Templates(ctx)
	p.State.Update(func(s State) State {
		s.Loaded, s.Problem = true, ""
		if err != nil {
			s.Problem = explain(err)
			return s
		}
		s.Rows = rows
		if !slices.ContainsFunc(rows, func(r Summary) bool { return r.ID == s.Selected }) {
			s.Selected, s.Stored, s.Draft = "", Template{}, template.Template{}
			if len(rows) > 0 {
				s.Selected = rows[0].ID
			}
		}
		return s
	})
	if s := p.State.Get(); err == nil && s.Selected != "" {
		p.read(ctx, s.Selected)
	}
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() { p.State.Update(func(s State) State { return s }) }

// Open shows a template. What is typed into the one before is stored first.
func (p *Presenter) Open(ctx context.Context, id string) {
	p.Save(ctx)
	p.State.Update(func(s State) State { s.Selected = id; return s })
	p.read(ctx, id)
}

// read shows a template as it is stored, with what is typed on top of it.
func (p *Presenter) read(ctx context.Context, id string) {
	found, err := p.source.Template(ctx, id)
	p.State.Update(func(s State) State {
		switch {
		case s.Selected != id: // somebody has gone on meanwhile
			return s
		case err != nil:
			s.Problem = explain(err)
			return s
		}
		return s.take(found)
	})
}

// take shows a template, and keeps what is typed into it if it is the same.
func (s State) take(found Template) State {
	draft := found.Design
	if s.Stored.ID == found.ID && !equal(s.Draft, s.Stored.Design) {
		draft = template.Rebase(s.Stored.Design, s.Draft, found.Design)
	}
	if s.Stored.ID != found.ID {
		s.Field, s.Unsaved = "", ""
	}
	s.Selected, s.Stored, s.Problem = found.ID, found, ""
	for i, r := range s.Rows {
		if r.ID == found.ID {
			s.Rows = slices.Clone(s.Rows)
			s.Rows[i] = found.Summary()
		}
	}
	return s.with(draft)
}

// with shows a draft and what follows from it.
func (s State) with(draft template.Template) State {
	s.Draft, s.Changes, s.Problems = draft, s.Stored.changes(draft), nil
	if s.Editable() {
		s.Problems = template.Problems(draft)
	}
	if _, there := draft.Field(s.Field); !there {
		s.Field = ""
	}
	return s
}

// Save stores the draft where it differs from what was read.
func (p *Presenter) Save(ctx context.Context) {
	p.writing.Lock()
	defer p.writing.Unlock()
	s := p.State.Get()
	if !s.Editable() || equal(s.Draft, s.Stored.Design) {
		p.told(nil)
		return
	}
	if err := storable(s.Draft); err != nil {
		p.held(err)
		return
	}
	p.line.Pending(editor)
	id, base, sent := s.Stored.ID, s.Stored.Design, s.Draft
	stored, err := p.source.Save(ctx, id, sent, base)
	if err != nil {
		p.told(err)
		return
	}
	p.State.Update(func(now State) State {
		if now.Stored.ID != id { // another is shown by now
			return now
		}
		now.Unsaved = ""
		// What was typed meanwhile was typed on top of what was sent.
		now.Stored.Design = sent
		return now.take(stored)
	})
	p.told(nil)
	p.past.Did(undo.Step{
		Name: words.T("Changing the template “%s”", sent.Name),
		Back: func(ctx context.Context) error { return p.replace(ctx, id, sent, base) }, Again: func(ctx context.Context) error { return p.replace(ctx, id, base, sent) },
	})
}

// replace makes a template hold to where it differs from from.
func (p *Presenter) replace(ctx context.Context, id string, from, to template.Template) error {
	p.writing.Lock()
	defer p.writing.Unlock()
	stored, err := p.source.Save(ctx, id, to, from)
	if err != nil {
		return err
	}
	p.State.Update(func(s State) State { return s.take(stored) })
	return nil
}

// storable returns why a draft has to wait until more is typed.
func storable(t template.Template) error {
	if strings.TrimSpace(t.Name) == "" {
		return errNoName
	}
	return template.CheckDraft(t)
}

var errNoName = errors.New("a template needs a name")

// held says that the draft waits, and why.
func (p *Presenter) held(err error) {
	p.line.Held(editor)
	p.State.Update(func(s State) State {
		s.Unsaved = words.T("It is stored once it has a name.")
		if problem, ok := errors.AsType[*template.Error](err); ok {
			s.Unsaved = problem.Said.In(words.Data) + " " + problem.Hint.In(words.Data)
		}
		return s
	})
}

func (p *Presenter) told(err error) {
	p.line.Done(editor, err)
	p.State.Update(func(s State) State {
		if err == nil {
			s.Unsaved = ""
		}
		return s
	})
}

func equal(a, b template.Template) bool { return reflect.DeepEqual(plain(a), plain(b)) }

// plain returns t with nothing in place of what is empty.
func plain(t template.Template) template.Template {
	out := t
	out.Sections = nil
	for _, s := range t.Sections {
		fields := s.Fields
		s.Fields = nil
		for _, f := range fields {
			if len(f.Choices) == 0 {
				f.Choices = nil
			}
			s.Fields = append(s.Fields, f)
		}
		out.Sections = append(out.Sections, s)
	}
	return out
}

// explain says what went wrong, in the language of the window.
func explain(err error) string {
	if problem, ok := errors.AsType[*template.Error](err); ok {
		return problem.Said.In(words.Data) + " " + problem.Hint.In(words.Data)
	}
	return words.Fault(err)
}
