package overview_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/core/sentence"
	corevalue "cairn/core/value"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/overview"
	"cairn/ui/shell"
	"cairn/ui/theme"
)

var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

type store struct {
	projects []overview.Project
	home     overview.Home
	fail     error
}

func (s *store) Home(context.Context, string) (overview.Home, error) { return s.home, s.fail }

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
	p := overview.NewPresenter("a", s, func() time.Time { return now })
	p.Load(t.Context())
	return p
}

func TestCardSaysWhatAProjectIsWorth(t *testing.T) {
	p := loaded(t, &store{projects: []overview.Project{
		{ID: "a", Name: "Churn", Model: worth(3200), Requirements: 2, Measurable: 1, Ready: 2, Needed: 6, Updated: now.Add(-time.Hour)},
		{ID: "b", Name: "Fraud", Model: &corevalue.Model{Formula: "(", Unit: "USD"}, Updated: now},
	}})
	got := p.State.Get().Cards
	want := []overview.Card{
		{ID: "a", Name: "Churn", Value: "$3,200", Per: "a month", Requirements: "2 requirements", Gates: "1 can be measured", Changed: "Changed 1 h ago", Ready: 2, Needed: 6},
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
	crew := kittest.Still()
	w := test.NewTempWindow(t, kit.Gap(1, 1))
	s := overview.NewScreen(t.Context(), p, crew, func(to shell.Route) { *opened = to.Project }, func() {
		overview.AskProject(t.Context(), w.Canvas(), p, crew, func(id string) { *opened = id })
	}, nil)
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
	w, _ := open(t, loaded(t, &store{projects: []overview.Project{{ID: "b", Name: "Fraud", Updated: now}, {ID: "a", Name: "Churn", Updated: now}}}), &opened)
	test.Tap(kittest.Find[*kit.Pick](w.Content())[0])
	if opened != "b" {
		t.Errorf("opened %q", opened)
	}
}

func TestScreenPicture(t *testing.T) {
	var opened string
	p := loaded(t, &store{projects: []overview.Project{
		{ID: "a", Name: "Churn", Summary: "A discount for those who leave", Model: worth(3200), Requirements: 2, Measurable: 1, Ready: 2, Needed: 6, Updated: now},
		{ID: "b", Name: "Fraud", Updated: now},
	}})
	w, _ := open(t, p, &opened)
	kittest.LooksLike(t, "overview.png", w.Canvas().Capture())
}

// standing is a project in the middle of its design.
func standing() *store {
	say := func(text string) sentence.Sentence { return sentence.Sentence{Format: text} }
	return &store{
		projects: []overview.Project{{ID: "a", Name: "Churn", Summary: "Keep customers", Model: worth(3200), Ready: 2, Needed: 6, Updated: now}},
		home: overview.Home{
			Steps: []overview.Task{
				{Say: say("Write what the problem is."), Why: say("Everything else follows from it."), To: shell.Route{Page: shell.Charter, Project: "a"}},
				{Say: say("Name who owns “Fast”."), To: shell.Route{Page: shell.Requirements, Project: "a", Document: "r1"}, Who: []string{"data scientist"}},
			},
			Pages: []overview.Standing{{Page: shell.Charter, Mark: shell.Started, Missing: 2}, {Page: shell.Value, Mark: shell.Approved}},
			Happened: []overview.Happening{
				{Person: "Ben", Say: sentence.Sentence{Format: "%s approved %s", Args: []sentence.Arg{{Text: "Ben"}, {Text: "Value"}}}, At: now.Add(-time.Hour), To: shell.Route{Page: shell.Value, Project: "a"}},
			},
		},
	}
}

func TestHomeSaysWhatIsNextAndWhereItStands(t *testing.T) {
	var opened string
	w, _ := open(t, loaded(t, standing()), &opened)
	w.Resize(fyne.NewSize(1100, 900))
	for _, text := range []string{"Write what the problem is.", "Everything else follows from it.", "Name who owns “Fast”.", "Data scientist", "2 things missing", "Approved", "Ben approved Value", "1 h ago", "$3,200"} {
		if !kittest.Says(w.Content(), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	test.Tap(kittest.Button(t, w.Content(), "Go there"))
	if opened != "a" {
		t.Errorf("opened %q", opened)
	}
	kittest.LooksLike(t, "home.png", w.Canvas().Capture())
}

func TestNothingToDoIsSaid(t *testing.T) {
	s := standing()
	s.home.Steps, s.home.Next = nil, sentence.Sentence{Format: "The Design phase is signed off."}
	s.home.Waits = []overview.Task{{Say: sentence.Sentence{Format: "Sign off the charter."}, Who: []string{"Ben"}}}
	var opened string
	w, _ := open(t, loaded(t, s), &opened)
	for _, text := range []string{"Nothing waits for you", "The Design phase is signed off.", "Sign off the charter.", "Ben"} {
		if !kittest.Says(w.Content(), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}
