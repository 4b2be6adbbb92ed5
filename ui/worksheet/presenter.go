package worksheet

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"cairn/ui/edit"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// State is all that the page shows but for what is typed, which an Editor holds.
type State struct {
	Loaded   bool
	Problem  string // why it can't be read
	Sheets   []Summary
	Designs  []Design
	Selected string // ID
	Sheet    Sheet  // the selected one, once it is read
	Editor   *edit.Editor
	Options  map[string][]edit.Person // kind → what a field can name
}

// Presenter holds the worksheets of a project. It knows nothing of the toolkit and
// is safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	project string
	source  Source
	line    *saving.Line
	past    *undo.Past

	opening sync.Mutex // held while a sheet is opened
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past) *Presenter {
	return &Presenter{project: project, source: source, line: line, past: past}
}

// Load reads the worksheets as they are now. What is being typed stays.
func (p *Presenter) Load(ctx context.Context) {
	sheets, err := p.source.Worksheets(ctx, p.project)
	designs := p.State.Get().Designs
	if err == nil {
		designs, err = p.source.Designs(ctx)
	}
	p.State.Update(func(s State) State {
		s.Loaded, s.Problem = true, ""
		if err != nil {
			s.Problem = words.Fault(err)
			return s
		}
		s.Sheets, s.Designs = sheets, designs
		there := slices.ContainsFunc(sheets, func(x Summary) bool { return x.ID == s.Selected })
		switch {
		case there:
		case len(sheets) > 0:
			s.Selected = sheets[0].ID
		default:
			s.Selected, s.Sheet, s.Editor = "", Sheet{}, nil
		}
		return s
	})
	if s := p.State.Get(); err == nil && s.Selected != "" {
		p.read(ctx)
	}
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() {
	if e := p.State.Get().Editor; e != nil {
		e.Refresh()
	}
	p.State.Update(func(s State) State { return s })
}

// Open shows a worksheet. What is typed into the one before is stored first.
func (p *Presenter) Open(ctx context.Context, id string) {
	p.State.Update(func(s State) State { s.Selected = id; return s })
	p.read(ctx)
}

// read shows the worksheet that is selected, as it is stored. Of several calls the
// last shows what was selected last.
func (p *Presenter) read(ctx context.Context) {
	p.opening.Lock()
	defer p.opening.Unlock()
	before := p.State.Get()
	id := before.Selected
	if before.Editor != nil && before.Sheet.ID != id {
		before.Editor.Save(ctx)
	}
	sheet, err := p.source.Worksheet(ctx, id)
	if err != nil {
		p.State.Update(func(s State) State { s.Problem = words.Fault(err); return s })
		return
	}
	editor := before.Editor
	if editor == nil || !before.Sheet.Same(sheet) {
		if editor != nil && before.Sheet.ID == id { // the template has moved on below what is typed
			editor.Save(ctx)
		}
		editor = edit.NewEditor(p.project, rules(sheet), &answers{p.source, p, id}, p.line, p.past)
	}
	options := p.options(ctx, sheet)
	p.State.Update(func(s State) State {
		s.Sheet, s.Editor, s.Options, s.Problem = sheet, editor, options, ""
		return s
	})
	editor.Load(ctx)
}

// options reads what the fields of a sheet can name. What can't be read is not
// offered; the next Load tries again.
func (p *Presenter) options(ctx context.Context, s Sheet) map[string][]edit.Person {
	out := map[string][]edit.Person{}
	for _, f := range s.Fields() {
		of := OptionsOf(f.Field)
		if _, done := out[of]; done || of == "" {
			continue
		}
		if found, err := p.source.Linkable(ctx, p.project, of); err == nil {
			out[of] = found
		}
	}
	return out
}

// Begin makes a worksheet of a template and shows it. Name may be empty.
func (p *Presenter) Begin(ctx context.Context, design, name string) error {
	id, err := p.source.Begin(ctx, p.project, design, strings.TrimSpace(name))
	if err != nil {
		return err
	}
	p.past.Did(undo.Step{
		Name: words.T("Beginning a worksheet"),
		Back: func(ctx context.Context) error { return p.trash(ctx, id, true) }, Again: func(ctx context.Context) error { return p.trash(ctx, id, false) },
	})
	p.State.Update(func(s State) State { s.Selected = id; return s })
	p.Load(ctx)
	return nil
}

// Move takes the worksheet to the newest version of its template.
func (p *Presenter) Move(ctx context.Context) error {
	s := p.State.Get()
	if s.Editor == nil {
		return nil
	}
	s.Editor.Save(ctx)
	id, from := s.Sheet.ID, s.Sheet.Version
	if err := p.move(ctx, id, 0); err != nil {
		return err
	}
	p.past.Did(undo.Step{
		Name: words.T("Moving “%s” to another version", s.Sheet.Name),
		Back: func(ctx context.Context) error { return p.move(ctx, id, from) }, Again: func(ctx context.Context) error { return p.move(ctx, id, 0) },
	})
	return nil
}

func (p *Presenter) move(ctx context.Context, id string, version int) error {
	err := p.source.Move(ctx, id, version)
	p.Load(ctx)
	return err
}

// Trash moves the worksheet to the trash. It returns its ID and name for whoever
// offers to undo it.
func (p *Presenter) Trash(ctx context.Context) (id, name string, err error) {
	s := p.State.Get()
	if s.Editor == nil {
		return "", "", nil
	}
	s.Editor.Save(ctx)
	id, name = s.Sheet.ID, s.Sheet.Name
	if err := p.trash(ctx, id, true); err != nil {
		return id, name, err
	}
	p.past.Did(undo.Step{
		Name: words.T("Moving “%s” to the trash", name),
		Back: func(ctx context.Context) error { return p.trash(ctx, id, false) }, Again: func(ctx context.Context) error { return p.trash(ctx, id, true) },
	})
	return id, name, nil
}

// Restore takes a worksheet out of the trash and shows it.
func (p *Presenter) Restore(ctx context.Context, id string) error { return p.trash(ctx, id, false) }

func (p *Presenter) trash(ctx context.Context, id string, trashed bool) error {
	err := p.source.Trash(ctx, id, trashed)
	if err == nil && !trashed {
		p.State.Update(func(s State) State { s.Selected = id; return s })
	}
	p.Load(ctx)
	return err
}

// answers is a worksheet as the one document of an Editor.
type answers struct {
	source Source
	p      *Presenter
	id     string
}

// Documents implements edit.Source.
func (a *answers) Documents(ctx context.Context, _, _ string) ([]edit.Document, error) {
	sheet, err := a.source.Worksheet(ctx, a.id)
	if err != nil {
		return nil, err
	}
	d := edit.Document{ID: a.id, Fields: map[string]string{}, Conflicts: map[string][]edit.Version{}, ReadOnly: sheet.ReadOnly}
	for _, f := range sheet.Fields() {
		d.Fields[f.Key] = f.Stored
		if len(f.Conflicts) > 1 {
			d.Conflicts[f.Key] = f.Conflicts
		}
		if f.At.After(d.At) {
			d.By, d.At = f.By, f.At
		}
	}
	a.p.State.Update(func(s State) State {
		for i, x := range s.Sheets { // the list follows what is stored
			if x.ID == a.id {
				s.Sheets = slices.Clone(s.Sheets)
				s.Sheets[i] = summary(x, sheet, d)
			}
		}
		return s
	})
	return []edit.Document{d}, nil
}

// summary returns x with the progress of sheet.
func summary(x Summary, sheet Sheet, d edit.Document) Summary {
	shown := edit.Doc{Fields: d.Fields, Problems: map[string]string{}, Conflicts: d.Conflicts}
	for _, f := range sheet.Fields() {
		if problem := Problem(f.Field, f.Stored); problem != "" {
			shown.Problems[f.Key] = problem
		}
	}
	p := ProgressOf(sheet.Fields(), shown)
	x.Answered, x.Fields, x.Missing, x.Attention = p.Answered, p.Fields, p.Missing, p.Attention
	return x
}

// Create implements edit.Source; a worksheet that is shown is there.
func (a *answers) Create(ctx context.Context, _, _ string, fields map[string]string) (string, error) {
	return a.id, a.Change(ctx, a.id, fields, nil)
}

// Change implements edit.Source.
func (a *answers) Change(ctx context.Context, id string, fields, base map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		var from *string
		if b, ok := base[key]; ok {
			from = &b
		}
		if err := a.source.Answer(ctx, id, key, fields[key], from); err != nil {
			return err
		}
	}
	return nil
}

// Trash implements edit.Source.
func (a *answers) Trash(ctx context.Context, id string, trashed bool) error {
	return a.source.Trash(ctx, id, trashed)
}

// Resolve implements edit.Source: an answer that is written settles it.
func (a *answers) Resolve(ctx context.Context, id, field string, choice int, other string) error {
	if choice > 0 {
		sheet, err := a.source.Worksheet(ctx, id)
		if err != nil {
			return err
		}
		for _, f := range sheet.Fields() {
			if f.Key == field && choice <= len(f.Conflicts) {
				other = f.Conflicts[choice-1].Text
			}
		}
	}
	return a.source.Answer(ctx, id, field, other, nil)
}
