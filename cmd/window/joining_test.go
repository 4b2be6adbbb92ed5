package window

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/index"
	"cairn/app/network"
	"cairn/sync/discovery"
	"cairn/ui/charter"
	"cairn/ui/join"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/presence"
	"cairn/ui/shell"
	"cairn/ui/team"
)

// newLaptop returns the window of a laptop on which Cairn was never started. It is
// reached at this machine's own address alone.
func newLaptop(t *testing.T, a fyne.App, seed uint64) *Window {
	t.Helper()
	dir := t.TempDir()
	opts := app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"), Log: slog.New(slog.DiscardHandler),
		Now: time.Now, Rand: apptest.NewRandom(seed), Keys: app.KeysFile,
	}
	return laptopAt(t, a, opts)
}

func laptopAt(t *testing.T, a fyne.App, opts app.Options) *Window {
	t.Helper()
	w := open(t.Context(), a, opts, &network.Options{Listen: "127.0.0.1:0", Quiet: true}, true)
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		w.Settle()
	})
	return w
}

// founded is newLaptop with a workspace that was made on it.
func founded(t *testing.T, a fyne.App, seed uint64) *Window {
	t.Helper()
	w := newLaptop(t, a, seed)
	w.welcome.Create(t.Context(), "Acme", "Ada")
	w.Settle()
	if w.shell == nil {
		t.Fatalf("no workspace: %+v", w.welcome.State.Get())
	}
	return w
}

// invites makes an invite on the page, and returns it as a link that leads to
// this machine: those that the page shows lead to others.
func invites(t *testing.T, w *Window, right team.Right) (link team.Link, local string) {
	t.Helper()
	w.mates.Invite(t.Context(), team.Ask{Right: right, Holds: time.Hour})
	st := w.mates.State.Get()
	if st.Sheet.Link == nil || len(st.Invites) != 1 {
		t.Fatalf("invited: %+v", st.Sheet)
	}
	parsed, err := discovery.Parse(st.Sheet.Link.Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range w.session.app.Network().State().Listening {
		parsed.Addresses = append(parsed.Addresses, strings.Replace(at, "127.0.0.1", "localhost", 1))
	}
	return *st.Sheet.Link, parsed.String()
}

// joins comes in with a link, through the page that the welcome leads to.
func joins(t *testing.T, w *Window, link, person string) {
	t.Helper()
	press(t, w.win.Content(), "Join with an invite link")
	w.doorstep.p.Paste(link)
	entries := kittest.Find[*kit.Entry](w.win.Content())
	for i, text := range []string{person, "Laptop of " + person} {
		entries[i+1].SetText(text)
	}
	press(t, w.win.Content(), "Join")
	w.Settle()
}

func press(t *testing.T, in fyne.CanvasObject, words string) {
	t.Helper()
	for _, b := range kittest.Find[*kit.Button](in) {
		if b.Words() == words {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", words)
}

// comes waits until something holds that other laptops cause, and has the window
// read what is new meanwhile, as one that runs does.
func comes(t *testing.T, w *Window, what string, holds func() bool) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		stored, met := w.session.app.Index().Watch(index.Query{}), w.session.app.Network().Changed()
		here := w.session.app.PresenceChanged()
		w.Reload()
		w.mates.Load(t.Context())
		w.company.lookout.look(t.Context())
		w.Settle()
		if holds() {
			return
		}
		select {
		case <-stored:
		case <-met:
		case <-here:
		case <-late:
			t.Fatalf("it does not come to %s", what)
		}
	}
}

// TestTwoWindowsWorkTogether has one person invite another, who joins from the
// welcome; then what one types shows in the form of the other.
func TestTwoWindowsWorkTogether(t *testing.T) {
	a := test.NewTempApp(t)
	ada := founded(t, a, 1)
	if got := ada.shell.State.Get(); !got.HasTeam || got.Sync.Laptops != 0 {
		t.Errorf("alone, the frame says %+v", got.Sync)
	}
	project, err := ada.session.CreateProject(t.Context(), "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	shown, link := invites(t, ada, team.Contributor)
	if len(shown.QR) == 0 || !shown.QR[0][0] || shown.Right != team.Contributor {
		t.Errorf("the invite: %d rows of code, %s", len(shown.QR), shown.Right)
	}
	bo := newLaptop(t, a, 2)
	joins(t, bo, link, "Bo")
	if bo.shell == nil {
		t.Fatalf("not in: %+v", bo.doorstep.p.State.Get())
	}
	if got := bo.shell.State.Get(); got.Workspace != "Acme" || got.Person != "Bo" || len(got.Projects) != 1 {
		t.Errorf("in as %+v with %d projects", got.Identity, len(got.Projects))
	}
	for _, w := range []*Window{ada, bo} {
		comes(t, w, "both are level", func() bool { s := w.shell.State.Get().Sync; return s.Laptops == 1 && s.Level == 1 })
	}
	if got := ada.mates.State.Get(); len(got.Members) != 2 || got.Truth.Tone != team.Level || got.Sheet.Joined != "Bo has joined" || len(got.Invites) != 0 {
		t.Errorf("on the page of the team: %+v, %+v", got.Truth, got.Sheet)
	}

	for _, w := range []*Window{ada, bo} {
		w.shell.Go(shell.Route{Page: shell.Charter, Project: project})
		w.Settle()
	}
	types(t, ada, "Customers leave.")
	comes(t, bo, "show what was typed, and by whom", func() bool {
		return formSays(bo, "Customers leave.") && len(bo.company.p.State.Get().Fields[charter.Problem]) == 1
	})
	types(t, bo, " Most of them in May.")
	comes(t, ada, "show what was added", func() bool { return formSays(ada, "Customers leave. Most of them in May.") })
	seesTheOther(t, ada, bo)
}

// seesTheOther looks at where one is in the window of the other, from page to page.
func seesTheOther(t *testing.T, ada, bo *Window) {
	t.Helper()
	seen := func() presence.View { return bo.company.p.State.Get() }
	comes(t, bo, "show who is in the field", func() bool {
		in := seen().Fields[charter.Problem]
		return len(in) == 1 && in[0].Name == "Ada" && in[0].Caret == len("Customers leave.")
	})
	if people := seen().People; len(people) != 1 || people[0].Name != "Ada" {
		t.Errorf("in the head: %+v", people)
	}
	ada.shell.Page(shell.TeamSync)
	ada.Settle()
	comes(t, bo, "show that she has left", func() bool { return len(seen().People) == 0 })
	ada.shell.Page(shell.Charter)
	ada.Settle()
	comes(t, bo, "show that she is back", func() bool { return len(seen().People) == 1 && len(seen().Fields) == 0 })
	if err := ada.Close(); err != nil {
		t.Error(err)
	}
	comes(t, bo, "say that she is away", func() bool {
		return len(seen().People) == 0 && bo.mates.State.Get().Truth.Away == 1
	})
}

// types adds to the problem of the charter that is shown, as a person does.
func types(t *testing.T, w *Window, text string) {
	t.Helper()
	page, _ := w.frame.Content().(*charter.Screen)
	entry := kittest.Find[*kit.Entry](page.Form().Field(charter.Problem))[0]
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	test.Type(entry, text)
	page.Form().Flush()
	w.Settle()
}

func formSays(w *Window, text string) bool {
	for _, e := range kittest.Find[*kit.Entry](w.frame.Content().Object()) {
		if e.Text == text {
			return true
		}
	}
	return false
}

// TestALinkThatLetsNobodyInIsTold tries what can be wrong with one.
func TestALinkThatLetsNobodyInIsTold(t *testing.T) {
	a := test.NewTempApp(t)
	ada := founded(t, a, 1)
	door := newcomer{ada.session, findWithin, stallAfter}
	_, link := invites(t, ada, team.Viewer)
	for text, want := range map[string]join.Why{"hello": join.NoLink, link[:len(link)-9]: join.Cut} {
		_, err := door.Read(text)
		if way, ok := errors.AsType[*join.WayError](err); !ok || way.Why != want {
			t.Errorf("reading %.20q: %v", text, err)
		}
	}
	if got, err := door.Read(link); err != nil || got.Right != team.Viewer || !got.Expires.After(time.Now()) {
		t.Errorf("read %+v, %v", got, err)
	}
	if err := ada.mates.Withdraw(t.Context(), ada.mates.State.Get().Invites[0].ID); err != nil {
		t.Fatal(err)
	}
	bo := newLaptop(t, a, 2)
	joins(t, bo, link, "Bo")
	if got := bo.doorstep.p.State.Get(); got.Stage != join.Failed || got.Trouble.Sentence != "The invite was withdrawn." {
		t.Errorf("withdrawn: %+v", got)
	}
}

// TestWhoIsNotLetInCanChangeTheirMind looks for nobody, comes back later, and
// founds a workspace instead.
func TestWhoIsNotLetInCanChangeTheirMind(t *testing.T) {
	a := test.NewTempApp(t)
	ada := founded(t, a, 1)
	_, link := invites(t, ada, team.Viewer)
	if err := ada.session.app.Close(); err != nil {
		t.Fatal(err)
	}
	bo := newLaptop(t, a, 2)
	ask := join.Ask{Link: link, Person: "Bo", Laptop: "Bo’s"}
	err := newcomer{bo.session, time.Millisecond, stallAfter}.Join(t.Context(), ask, func(join.Progress) {})
	if way, ok := errors.AsType[*join.WayError](err); !ok || way.Why != join.Unreachable {
		t.Fatalf("nobody is there: %v", err)
	}
	ask.Patient = true
	ctx, cancel := context.WithCancel(t.Context())
	err = newcomer{session: bo.session}.Join(ctx, ask, func(join.Progress) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it was broken off: %v", err)
	}
	again := laptopAt(t, a, bo.session.opts)
	if again.doorstep == nil {
		t.Fatal("it does not ask for the link again")
	}
	press(t, again.win.Content(), "Back")
	again.welcome.Create(t.Context(), "Mine", "Bo")
	again.Settle()
	if again.shell == nil || again.shell.State.Get().Workspace != "Mine" {
		t.Errorf("no workspace of one's own: %+v", again.welcome.State.Get())
	}
}
