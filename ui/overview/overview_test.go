package overview_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/overview"
	"cairn/ui/theme"
)

var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

type store struct {
	projects []overview.Project
	fail     error
}

func (s *store) Cards(context.Context) ([]overview.Project, error) { return s.projects, s.fail }

func (s *store) CreateProject(_ context.Context, name, summary string) (string, error) {
	s.projects = append(s.projects, overview.Project{ID: "new", Name: name, Summary: summary, Updated: now})
	return "new", s.fail
}

func worth(x float64) *corevalue.Model {
	return &corevalue.Model{Name: "m", Unit: "USD/month", Formula: "v", Variables: []corevalue.Variable{{Name: "v", Unit: "USD/month", Quantity: corevalue.Quantity{Value: &x}}}}
}

func loaded(t *testing.T, s *store) *overview.Presenter {
	t.Helper()
	p := overview.NewPresenter(s, func() time.Time { return now })
	p.Load(t.Context())
	return p
}

func TestCardSaysWhatAProjectIsWorth(t *testing.T) {
	p := loaded(t, &store{projects: []overview.Project{
		{ID: "a", Name: "Churn", Model: worth(3200), Requirements: 2, Measurable: 1, Updated: now.Add(-time.Hour)},
		{ID: "b", Name: "Fraud", Model: &corevalue.Model{Formula: "(", Unit: "USD"}, Updated: now},
	}})
	got := p.State.Get().Cards
	want := []overview.Card{
		{ID: "a", Name: "Churn", Value: "$3,200", Per: "a month", Requirements: "2 requirements", Gates: "1 can be measured", Changed: "Changed 1 h ago", Ready: 2},
		{ID: "b", Name: "Fraud", Requirements: "No requirements yet", Changed: "Changed just now"},
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("card %d = %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestProjectWithoutNameIsNotMade(t *testing.T) {
	s := &store{}
	p := loaded(t, s)
	if id, problem := p.Create(t.Context(), " ", ""); id != "" || problem == "" || len(s.projects) != 0 {
		t.Errorf("made %q with problem %q", id, problem)
	}
	s.fail = fault.New(fault.Denied, "You may not.", "Ask an admin.")
	if _, problem := p.Create(t.Context(), "Churn", ""); problem != "You may not. Ask an admin." {
		t.Errorf("problem = %q", problem)
	}
}

func open(t *testing.T, p *overview.Presenter, opened *string) (fyne.Window, *kit.Crew) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	crew := &kit.Crew{}
	w := test.NewTempWindow(t, kit.Gap(1, 1))
	s := overview.NewScreen(t.Context(), p, crew, func(id string) { *opened = id }, func() {
		overview.AskProject(t.Context(), w.Canvas(), p, crew, func(id string) { *opened = id })
	})
	w.SetPadded(false)
	w.SetContent(s.Object())
	w.Resize(fyne.NewSize(900, 500))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return w, crew
}

func TestFirstProjectIsMadeByKeyboard(t *testing.T) {
	s := &store{}
	var opened string
	w, crew := open(t, loaded(t, s), &opened)
	test.Tap(kittest.Button(t, w.Content(), "Create the first project"))
	name, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want the name", w.Canvas().Focused())
	}
	test.Type(name, "Churn")
	name.OnSubmitted(name.Text)
	crew.Wait()
	if len(s.projects) != 1 || s.projects[0].Name != "Churn" || opened != "new" {
		t.Errorf("made %+v", s.projects)
	}
}

func TestCardOpensItsProject(t *testing.T) {
	var opened string
	w, _ := open(t, loaded(t, &store{projects: []overview.Project{{ID: "a", Name: "Churn", Updated: now}}}), &opened)
	test.Tap(kittest.Find[*kit.Pick](w.Content())[0])
	if opened != "a" {
		t.Errorf("opened %q", opened)
	}
}

func TestScreenPicture(t *testing.T) {
	var opened string
	p := loaded(t, &store{projects: []overview.Project{
		{ID: "a", Name: "Churn", Summary: "A discount for those who leave", Model: worth(3200), Requirements: 2, Measurable: 1, Updated: now},
		{ID: "b", Name: "Fraud", Updated: now},
	}})
	w, _ := open(t, p, &opened)
	kittest.LooksLike(t, "overview.png", w.Canvas().Capture())
}
