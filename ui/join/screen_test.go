package join_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/join"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

type opened struct {
	p    *join.Presenter
	w    fyne.Window
	wait func()
	back int
}

func open(t *testing.T, d *teamtest.Door, mode theme.Mode) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	crew := kittest.Still()
	o := &opened{p: join.NewPresenter(d, "", "Dana’s laptop", teamtest.Now), wait: crew.Wait}
	s := join.NewScreen(t.Context(), o.p, crew, func() { o.back++ })
	o.w = test.NewTempWindow(t, s.Object())
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(720, 720))
	s.Focus(o.w.Canvas())
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return o
}

func (o *opened) key(name fyne.KeyName) {
	o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	o.wait()
}

func TestOneJoinsByKeyboard(t *testing.T) {
	d := teamtest.NewDoor("en")
	o := open(t, d, theme.LightOne)
	test.Type(o.w.Canvas().Focused(), link)
	if !kittest.Says(o.w.Content(), "Ada Lovelace invites you to Telco") {
		t.Error("the page does not say what the link is for")
	}
	o.key(fyne.KeyTab)
	o.key(fyne.KeyReturn)
	if len(d.Asks) > 0 || !kittest.Says(o.w.Content(), "Your name stands beside everything you change.") {
		t.Error("somebody joins without a name")
	}
	test.Type(o.w.Canvas().Focused(), "Dana")
	o.key(fyne.KeyReturn)
	if len(d.Asks) != 1 || d.Asks[0] != (join.Ask{Link: link, Person: "Dana", Laptop: "Dana’s laptop"}) {
		t.Errorf("asked %+v", d.Asks)
	}
	if o.p.State.Get().Stage != join.Done {
		t.Error("the workspace is not open")
	}
}

func TestALinkIsTakenFromTheClipboard(t *testing.T) {
	o := open(t, teamtest.NewDoor("en"), theme.LightOne)
	fyne.CurrentApp().Clipboard().SetContent(link)
	test.Tap(kittest.Button(t, o.w.Content(), "Paste"))
	if e, ok := o.w.Canvas().Focused().(*kit.Entry); !ok || e.MultiLine || !o.p.State.Get().Invite.Good {
		t.Errorf("focused %T, invite %+v", o.w.Canvas().Focused(), o.p.State.Get().Invite)
	}
}

func TestNobodyThereCanBeWaitedFor(t *testing.T) {
	d := teamtest.NewDoor("en")
	d.Fails = &join.WayError{Why: join.Unreachable}
	o := open(t, d, theme.LightOne)
	test.Type(o.w.Canvas().Focused(), link)
	o.key(fyne.KeyReturn)
	test.Type(o.w.Canvas().Focused(), "Dana")
	o.key(fyne.KeyReturn)
	kittest.LooksLike(t, "unreachable.png", o.w.Canvas().Capture())
	d.Fails = nil
	if b, ok := o.w.Canvas().Focused().(*kit.Button); !ok || b.Words() != "Keep waiting" {
		t.Fatalf("focused %T", o.w.Canvas().Focused())
	}
	o.key(fyne.KeyReturn)
	if len(d.Asks) != 2 || !d.Asks[1].Patient || o.p.State.Get().Stage != join.Done {
		t.Errorf("asked %+v", d.Asks)
	}
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
	}{{"join.png", theme.LightOne, words.English}, {"join-dark-ko.png", theme.DarkOne, words.Korean}} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			o := open(t, teamtest.NewDoor(string(tt.language)), tt.mode)
			test.Type(o.w.Canvas().Focused(), teamtest.Link("", 0).Text)
			kittest.LooksLike(t, tt.name, o.w.Canvas().Capture())
		})
	}
}
