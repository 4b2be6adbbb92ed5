package shell_test

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/words"
)

type store struct {
	projects []shell.Project
	marks    map[string]map[shell.Page]shell.Mark
	fail     error
}

func (s *store) Whoami(context.Context) (shell.Identity, error) {
	return shell.Identity{Workspace: "Acme", Person: "Ada Lovelace", Roles: []string{"data scientist"}}, s.fail
}

func (s *store) Projects(context.Context) ([]shell.Project, error) { return s.projects, nil }

func (s *store) Marks(_ context.Context, project string) (map[shell.Page]shell.Mark, error) {
	return s.marks[project], nil
}

func (s *store) Documents(_ context.Context, project string) ([]shell.Document, error) {
	return []shell.Document{{ID: "r1", Name: "Recall of " + project, Page: shell.Requirements}}, nil
}

type settings map[string]string

func (s settings) Get(key string) string { return s[key] }
func (s settings) Put(key, value string) { s[key] = value }

func two() *store {
	return &store{projects: []shell.Project{{ID: "a", Name: "Churn"}, {ID: "b", Name: "Fraud"}}, marks: map[string]map[shell.Page]shell.Mark{
		"a": {shell.Charter: shell.Approved, shell.Value: shell.Ready, shell.Requirements: shell.Started, shell.Metrics: shell.Changed},
	}}
}

func TestTheWindowOpensWhereItWasLeft(t *testing.T) {
	tests := []struct {
		name string
		kept settings
		from *store
		want shell.Route
	}{
		{"first start", settings{}, &store{}, shell.Route{Page: shell.Overview}},
		{"first project", settings{}, two(), shell.Route{Page: shell.Overview, Project: "a"}},
		{"as left", settings{"page": "requirements", "project": "b"}, two(), shell.Route{Page: shell.Requirements, Project: "b"}},
		{"a project that is gone", settings{"page": "value", "project": "z"}, two(), shell.Route{Page: shell.Overview, Project: "a"}},
		{"a page of a later version", settings{"page": "drift", "project": "b"}, two(), shell.Route{Page: shell.Overview, Project: "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := shell.NewPresenter(tt.from, tt.kept, &saving.Line{})
			defer p.Close()
			p.Load(t.Context())
			if got := p.State.Get().Route; got != tt.want {
				t.Errorf("route = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestWhereOneGoesIsRemembered(t *testing.T) {
	kept := settings{}
	p := shell.NewPresenter(two(), kept, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	p.Go(shell.Route{Page: shell.Value, Project: "b"})
	if kept["page"] != "value" || kept["project"] != "b" || p.State.Get().Project.Name != "Fraud" {
		t.Errorf("kept %v at %+v", kept, p.State.Get().Project)
	}
}

func TestSavingIsShownAsItIs(t *testing.T) {
	line := &saving.Line{}
	p := shell.NewPresenter(two(), settings{}, line)
	defer p.Close()
	line.Done("x", fault.New(fault.Full, "The disk is full.", "Make room."))
	if got := p.State.Get().Saving; got.Phase != saving.Failed || got.Message != "The disk is full." {
		t.Errorf("saving = %+v", got)
	}
}

func TestAWorkspaceThatCannotBeReadIsSaid(t *testing.T) {
	p := shell.NewPresenter(&store{fail: errors.New("closed")}, settings{}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	if p.State.Get().Problem == "" {
		t.Error("nothing says that the workspace can't be read")
	}
}

type page struct{ fyne.CanvasObject }

func (p page) Object() fyne.CanvasObject { return p.CanvasObject }
func (p page) Close()                    {}

// crew runs what the frame starts in the background.
var crew = kit.Crew{Postponed: true}

func open(t *testing.T, p *shell.Presenter) (fyne.Window, *shell.Screen, *[]shell.Route) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.DarkOne, false))
	w := test.NewTempWindow(t, kit.Gap(1, 1))
	w.SetPadded(false)
	var built []shell.Route
	nothing := func() {}
	s := shell.NewScreen(t.Context(), p, shell.Window{
		Canvas: w.Canvas(), Toasts: kittest.Toasts(t), Crew: &crew, Past: &undo.Past{}, Panel: kit.Heading("What people say"),
		New: nothing, Sign: nothing, Report: nothing, Undo: nothing, Redo: nothing, Theme: func(theme.Mode) {}, Speak: func(words.Language) {},
		Build: func(to shell.Route, head kit.Head) shell.Content {
			built = append(built, to)
			return page{kit.Pad(18, 28, 18, 28, kit.Top(kit.PageHead(to.Page.Name(), "", nil, head)))}
		},
	})
	w.SetContent(s.Object())
	w.Resize(fyne.NewSize(1120, 720))
	t.Cleanup(s.Close)
	return w, s, &built
}

func press(w fyne.Window, key fyne.KeyName, mod fyne.KeyModifier) {
	w.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
}

func TestKeysReachEveryPage(t *testing.T) {
	p := shell.NewPresenter(two(), settings{}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, _, built := open(t, p)
	press(w, fyne.Key2, fyne.KeyModifierControl)
	press(w, fyne.Key3, fyne.KeyModifierControl)
	press(w, fyne.Key0, fyne.KeyModifierControl)
	want := []shell.Page{shell.Overview, shell.Value, shell.Requirements, shell.Overview}
	if len(*built) != len(want) {
		t.Fatalf("built %+v, want %v", *built, want)
	}
	for i := range want {
		if (*built)[i].Page != want[i] {
			t.Errorf("page %d = %s, want %s", i, (*built)[i].Page, want[i])
		}
	}
}

func TestPaletteFindsAProject(t *testing.T) {
	p := shell.NewPresenter(two(), settings{}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, _, _ := open(t, p)
	press(w, fyne.KeyK, fyne.KeyModifierControl)
	crew.Wait()
	entry, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want the palette's entry", w.Canvas().Focused())
	}
	test.Type(entry, "fra")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := p.State.Get().Route, (shell.Route{Page: shell.Overview, Project: "b"}); got != want || w.Canvas().Overlays().Top() != nil {
		t.Errorf("route = %+v, want %+v with the palette closed", got, want)
	}
}

func TestPaletteJumpsToADocument(t *testing.T) {
	p := shell.NewPresenter(two(), settings{}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, s, _ := open(t, p)
	s.Palette()
	crew.Wait()
	entry, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want the palette's entry", w.Canvas().Focused())
	}
	test.Type(entry, "recall")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := p.State.Get().Route, (shell.Route{Page: shell.Requirements, Project: "a", Document: "r1"}); got != want {
		t.Errorf("route = %+v, want %+v", got, want)
	}
}

func TestThePanelStaysAsItWasLeft(t *testing.T) {
	kept := settings{"page": "value", "project": "a"}
	p := shell.NewPresenter(two(), kept, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, _, _ := open(t, p)
	press(w, fyne.KeyJ, fyne.KeyModifierControl)
	if !kittest.Says(w.Content(), "What people say") || kept["panel"] == "" {
		t.Errorf("the panel does not open, kept %v", kept)
	}
	press(w, fyne.KeyJ, fyne.KeyModifierControl)
	if kept["panel"] != "" {
		t.Error("the panel does not close")
	}
}

func TestFrameSaysWhoAndWhere(t *testing.T) {
	p := shell.NewPresenter(two(), settings{"page": "value", "project": "a"}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, _, _ := open(t, p)
	for _, text := range []string{"Churn", "Acme", "Ada Lovelace", "Data scientist", "Saved", "2 / 7", "Sign off"} {
		if !kittest.Says(w.Content(), text) {
			t.Errorf("the frame does not say %q", text)
		}
	}
	kittest.LooksLike(t, "frame.png", w.Canvas().Capture())
}
