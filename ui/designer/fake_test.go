package designer_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/core/template"
	"cairn/ui/designer"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/theme"
	"cairn/ui/undo"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// desk is a source in memory that merges as the application does.
type desk struct {
	all     []designer.Template
	trashed map[string]bool
	broken  error
	saves   int
	during  func() // called once, in the middle of the next save
	written string
}

func (d *desk) find(id string) *designer.Template {
	for i := range d.all {
		if d.all[i].ID == id {
			return &d.all[i]
		}
	}
	return nil
}

func (d *desk) Templates(context.Context) ([]designer.Summary, error) {
	var out []designer.Summary
	for _, t := range d.all {
		if !d.trashed[t.ID] {
			out = append(out, t.Summary())
		}
	}
	return out, d.broken
}

func (d *desk) Template(_ context.Context, id string) (designer.Template, error) {
	if t := d.find(id); t != nil && d.broken == nil {
		return apart(*t), nil
	}
	return designer.Template{}, d.fail()
}

// apart returns t with a design that shares nothing with the one that is stored.
func apart(t designer.Template) designer.Template {
	t.Design.Sections = slices.Clone(t.Design.Sections)
	for i := range t.Design.Sections {
		t.Design.Sections[i].Fields = slices.Clone(t.Design.Sections[i].Fields)
	}
	return t
}

func (d *desk) fail() error {
	if d.broken != nil {
		return d.broken
	}
	return fault.New(fault.NotFound, "There is no such document here.", "")
}

func (d *desk) Save(_ context.Context, id string, design, base template.Template) (designer.Template, error) {
	d.saves++
	if during := d.during; during != nil {
		d.during = nil
		during()
	}
	if d.broken != nil {
		return designer.Template{}, d.broken
	}
	if id == "" {
		made := designer.Template{ID: fmt.Sprintf("t%d", len(d.all)), Team: true, Design: design}
		d.all = append([]designer.Template{made}, d.all...)
		return apart(made), nil
	}
	t := d.find(id)
	t.Design, t.Conflicts = template.Rebase(base, design, t.Design), nil
	return apart(*t), nil
}

func (d *desk) Publish(_ context.Context, id, note string) (designer.Template, error) {
	if d.broken != nil {
		return designer.Template{}, d.broken
	}
	t := d.find(id)
	t.Versions = append(t.Versions, designer.Version{Number: len(t.Versions) + 1, Note: note, By: "Ada Park", At: now, Changes: template.Diff(t.Latest, t.Design)})
	t.Latest = t.Design
	return apart(*t), nil
}

func (d *desk) Trash(_ context.Context, id string, trashed bool) error {
	d.trashed[id] = trashed
	return d.broken
}

func (d *desk) Export(_ context.Context, id string) (string, error) {
	d.written = id
	return "/home/ada/brief.yaml", d.broken
}

func (d *desk) Import(context.Context) (string, error) {
	d.all = append(d.all, designer.Template{ID: "imported", Team: true, Design: template.Template{Name: "From a file"}})
	return "imported", d.broken
}

func brief() template.Template {
	return template.Template{
		Name: "Our brief", About: "One page before anybody trains a model, so that the result can be judged by what was expected.", Phase: "development",
		Sections: []template.Section{
			{Key: "hypothesis", Title: "Hypothesis", Help: "An experiment without an expectation can't fail, and so teaches nothing.", Fields: []template.Field{
				{Key: "expect", Label: "We expect that…", Kind: template.Prose, Required: true, Example: "A model that knows the last three support calls finds more churners."},
				{Key: "because", Label: "Because…", Kind: template.Prose},
			}},
			{Key: "measure", Title: "Measure", Fields: []template.Field{
				{Key: "gain", Label: "Smallest gain that counts", Kind: template.Percent, Required: true},
				{Key: "models", Label: "Kinds of model", Kind: template.Choices, Choices: []string{"logistic regression", "boosted trees"}},
			}},
		},
	}
}

// drawn returns a desk with one template of the team, published once and changed
// since, and one of Cairn's.
func drawn() *desk {
	changed := brief()
	changed.Sections[1].Fields[0].Label = "Smallest gain that is worth it"
	return &desk{trashed: map[string]bool{}, all: []designer.Template{
		{ID: "ours", Team: true, Design: changed, Latest: brief(), Versions: []designer.Version{{Number: 1, Note: "The first.", By: "Minji Kim", At: now}}},
		{ID: "retrospective", Design: template.Template{Name: "Retrospective", About: "An hour for the whole team.", Sections: []template.Section{
			{Key: "o", Title: "Occasion", Fields: []template.Field{{Key: "subject", Label: "What we look back on", Kind: template.Line, Required: true}}},
		}}},
	}}
}

func suffix() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("x%d", n) }
}

func opened(t *testing.T, d *desk) (*designer.Presenter, *undo.Past, *saving.Line) {
	t.Helper()
	past, line := &undo.Past{}, &saving.Line{}
	p := designer.NewPresenter(d, line, past, suffix())
	p.Load(t.Context())
	return p, past, line
}

func shown(t *testing.T, d *desk, th fyne.Theme, size fyne.Size) (*designer.Presenter, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(th)
	p, _, _ := opened(t, d)
	crew := kit.Crew{Postponed: true}
	s := designer.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{}, func() time.Time { return now.Add(2 * time.Hour) })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(size)
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return p, w
}

func light() fyne.Theme { return theme.New(theme.LightOne, false) }
