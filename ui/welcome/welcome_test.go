package welcome_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
	"cairn/ui/welcome"
	"cairn/ui/words"
)

type store struct {
	founded    []welcome.Founding
	passphrase string
	guest      string
	fail       error
}

func (s *store) Found(_ context.Context, f welcome.Founding) error {
	s.founded = append(s.founded, f)
	return s.fail
}

func (s *store) Demo(_ context.Context, person string) error {
	s.guest = person
	return s.fail
}

func (s *store) Unlock(_ context.Context, passphrase string) error {
	s.passphrase = passphrase
	return s.fail
}

func TestNamesAreAskedBesideTheirFields(t *testing.T) {
	s := &store{}
	p := welcome.NewPresenter(s, "/data", fault.New(fault.NotFound, "", ""))
	p.Create(t.Context(), " ", "")
	st := p.State.Get()
	if st.Problems["workspace"] == "" || st.Problems["person"] == "" || len(s.founded) != 0 || st.Done {
		t.Errorf("state %+v after %d foundings", st, len(s.founded))
	}
}

func TestWorkspaceIsMadeWithTheRolesPicked(t *testing.T) {
	s := &store{}
	p := welcome.NewPresenter(s, "/data", fault.New(fault.NotFound, "", ""))
	p.Role("data scientist", true)
	p.Role("ML engineer", true)
	p.Role("data scientist", false)
	p.Create(t.Context(), "Acme", "Ada")
	p.Create(t.Context(), "Acme", "Ada")
	if len(s.founded) != 1 || !slices.Equal(s.founded[0].Roles, []string{"ML engineer"}) || !p.State.Get().Done {
		t.Errorf("founded %+v, done %v; want one with the role ML engineer", s.founded, p.State.Get().Done)
	}
}

func TestTheDemoTakesNoName(t *testing.T) {
	s := &store{guest: "nobody"}
	p := welcome.NewPresenter(s, "/data", fault.New(fault.NotFound, "", ""))
	p.LookAround(t.Context(), " ")
	if st := p.State.Get(); s.guest != "" || !st.Done || len(s.founded) != 0 {
		t.Errorf("guest %q, state %+v", s.guest, st)
	}
}

func TestWhatKeepsTheFolderShutDecidesTheFace(t *testing.T) {
	for kind, want := range map[fault.Kind]welcome.Stage{fault.NotFound: welcome.Found, fault.Denied: welcome.Sealed, fault.Newer: welcome.Blocked, fault.Locked: welcome.Blocked} {
		p := welcome.NewPresenter(&store{}, "/data", fault.New(kind, "It is so.", ""))
		if got := p.State.Get().Stage; got != want {
			t.Errorf("%s shows stage %d, want %d", kind, got, want)
		}
	}
}

func TestWrongPassphraseCanBeTriedAgain(t *testing.T) {
	s := &store{fail: fault.New(fault.Denied, "The passphrase is wrong.", "Try again.")}
	p := welcome.NewPresenter(s, "/data", s.fail)
	p.Unlock(t.Context(), "x")
	if got := p.State.Get(); got.Problems["passphrase"] == "" || got.Busy || got.Done {
		t.Errorf("state = %+v", got)
	}
	s.fail = nil
	p.Unlock(t.Context(), "secret")
	if !p.State.Get().Done || s.passphrase != "secret" {
		t.Error("the right passphrase does not open")
	}
}

func TestScreenMakesAWorkspace(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	s := &store{}
	p := welcome.NewPresenter(s, "/data", fault.New(fault.NotFound, "", ""))
	crew := kit.Crew{Postponed: true}
	screen := welcome.NewScreen(t.Context(), p, &crew, func(words.Language) {})
	defer screen.Close()
	w := test.NewTempWindow(t, screen.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(700, 700))
	screen.Focus(w.Canvas())
	kittest.LooksLike(t, "welcome.png", w.Canvas().Capture())
	test.Type(w.Canvas().Focused(), "Acme")
	w.Canvas().FocusNext()
	test.Type(w.Canvas().Focused(), "Ada")
	test.Tap(kittest.Find[*kit.Toggle](w.Content())[2])
	test.Tap(kittest.Button(t, w.Content(), "Create workspace"))
	crew.Wait()
	if want := (welcome.Founding{Workspace: "Acme", Person: "Ada", Roles: []string{"data scientist"}}); len(s.founded) != 1 || s.founded[0].Workspace != want.Workspace || s.founded[0].Person != want.Person || !slices.Equal(s.founded[0].Roles, want.Roles) {
		t.Errorf("founded %+v, want %+v", s.founded, want)
	}
}

func TestToJoinIsOfferedWhereItCanBeDone(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	p := welcome.NewPresenter(&store{}, "/data", fault.New(fault.NotFound, "", ""))
	screen := welcome.NewScreen(t.Context(), p, kittest.Still(), func(words.Language) {})
	defer screen.Close()
	w := test.NewTempWindow(t, screen.Object())
	if kittest.Says(w.Content(), "Join with an invite link") {
		t.Error("to join is offered where nobody can")
	}
	joined := 0
	screen.OfferJoin(func() { joined++ })
	test.Tap(kittest.Button(t, w.Content(), "Join with an invite link"))
	if joined != 1 {
		t.Error("the button leads nowhere")
	}
}
