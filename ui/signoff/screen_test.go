package signoff_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/lifecycle"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/signoff"
	"cairn/ui/theme"
	"cairn/ui/words"
)

type opened struct {
	p    *signoff.Presenter
	w    fyne.Window
	ask  func(lifecycle.Page)
	wait func()
	went signoff.Place
	tell *kit.Toasts
}

func open(t *testing.T, d *desk, mode theme.Mode, content func(*signoff.Presenter, signoff.Window) (fyne.CanvasObject, func())) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	p, _ := loaded(t, d)
	crew := kit.Crew{Postponed: true}
	o := &opened{p: p, wait: crew.Wait, tell: kittest.Toasts(t)}
	window := signoff.Window{Ctx: t.Context(), Crew: &crew, Toasts: o.tell, GoTo: func(at signoff.Place) { o.went = at }, Now: func() time.Time { return now.Add(2 * time.Hour) }}
	root, closed := content(p, window)
	o.w = test.NewTempWindow(t, root)
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(1030, 900))
	o.ask = func(page lifecycle.Page) { signoff.Ask(o.w.Canvas(), p, page, window); crew.Wait() }
	t.Cleanup(func() { closed(); crew.Wait() })
	return o
}

func screen(p *signoff.Presenter, w signoff.Window) (fyne.CanvasObject, func()) {
	s := signoff.NewScreen(p, w, kit.Head{})
	return s.Object(), s.Close
}

func TestApprovingSaysWhatIsApproved(t *testing.T) {
	d := half()
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Requirements)
	sheet := o.w.Canvas().Overlays().Top()
	for _, said := range []string{"You approve", "4 requirements", "2 can be measured", "as Minji Kim", "Data scientist"} {
		if !kittest.Says(sheet, said) {
			t.Errorf("the sheet does not say %q", said)
		}
	}
	test.Type(o.w.Canvas().Focused(), "As agreed on Monday.")
	kittest.LooksLike(t, "ask.png", o.w.Canvas().Capture())
	test.Tap(kittest.Button(t, sheet, "Approve"))
	o.wait()
	if len(d.given) != 1 || d.given[0] != (signoff.Verdict{Page: lifecycle.Requirements, Approve: true, Note: "As agreed on Monday.", Role: lifecycle.DataScientist, Digest: "1:requirements"}) {
		t.Errorf("given: %+v", d.given)
	}
	if o.w.Canvas().Overlays().Top() != nil {
		t.Error("the sheet stays")
	}
}

func TestWhatChangedMeanwhileIsAskedAgain(t *testing.T) {
	d := half()
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Requirements)
	d.during = func() { d.Pages[2].Digest, d.Counts["requirement"] = "1:other", 7 }
	test.Type(o.w.Canvas().Focused(), "As agreed.")
	test.Tap(kittest.Button(t, o.w.Canvas().Overlays().Top(), "Approve"))
	o.wait()
	sheet := o.w.Canvas().Overlays().Top()
	if !kittest.Says(sheet, "Somebody has changed the page meanwhile. Look at it again, then sign off.") || !kittest.Says(sheet, "7 requirements") {
		t.Fatal("the sheet does not say that the page has changed, and what it says now")
	}
	kittest.EntryWith(t, sheet, "As agreed.")
	test.Tap(kittest.Button(t, sheet, "Approve"))
	o.wait()
	if len(d.given) != 1 || d.given[0].Digest != "1:other" {
		t.Errorf("given: %+v", d.given)
	}
}

func TestARejectionNeedsANote(t *testing.T) {
	d := half()
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Requirements)
	test.Tap(kittest.Button(t, o.w.Canvas().Overlays().Top(), "Reject"))
	o.wait()
	sheet := o.w.Canvas().Overlays().Top()
	if len(d.given) > 0 || sheet == nil {
		t.Fatal("rejected without a word")
	}
	test.Type(o.w.Canvas().Focused(), "The threshold is too low.")
	test.Tap(kittest.Button(t, sheet, "Reject"))
	o.wait()
	if len(d.given) != 1 || d.given[0].Approve || d.given[0].Note != "The threshold is too low." {
		t.Errorf("given: %+v", d.given)
	}
}

func TestWhatIsMissingIsLinked(t *testing.T) {
	d := half()
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Sources)
	sheet := o.w.Canvas().Overlays().Top()
	if !kittest.Says(sheet, "Say who can answer for the data source Sensor readings.") {
		t.Fatal("the sheet does not say what is missing")
	}
	kittest.LooksLike(t, "ask-missing.png", o.w.Canvas().Capture())
	test.Tap(kittest.Find[*kit.Plain](sheet)[0])
	if o.went != (signoff.Place{Page: lifecycle.Sources, Document: "d7", Field: "owner"}) || o.w.Canvas().Overlays().Top() != nil {
		t.Errorf("went to %+v", o.went)
	}
}

func TestWhoMayNotApproveLearnsWhoCan(t *testing.T) {
	d := half()
	d.MayApprove, d.Approvers = false, d.Approvers[:1]
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Requirements)
	if !kittest.Says(o.w.Canvas().Overlays().Top(), "You can read and comment here, but you have no right to approve. These can: Ada Lovelace.") {
		t.Error("the sheet does not say who can")
	}
}

func TestOnesOwnSignOffCanBeTakenBack(t *testing.T) {
	d := half()
	o := open(t, d, theme.LightOne, screen)
	o.ask(lifecycle.Metrics)
	test.Tap(kittest.Button(t, o.w.Canvas().Overlays().Top(), "Take it back"))
	o.wait()
	if d.SignOffs[0].Standing != lifecycle.Revoked {
		t.Errorf("standing: %s", d.SignOffs[0].Standing)
	}
}

func TestAskingAgainShowsWhatChanged(t *testing.T) {
	o := open(t, half(), theme.DarkOne, screen)
	o.ask(lifecycle.Value)
	if !kittest.Says(o.w.Canvas().Overlays().Top(), "Price after discount $7.50") {
		t.Error("the sheet does not show what changed")
	}
	kittest.LooksLike(t, "ask-changed-dark.png", o.w.Canvas().Capture())
}

func TestStatusFollowsThePage(t *testing.T) {
	d := half()
	tapped := 0
	o := open(t, d, theme.LightOne, func(p *signoff.Presenter, _ signoff.Window) (fyne.CanvasObject, func()) {
		s := signoff.NewStatus(p, lifecycle.Value, func() { tapped++ })
		return kit.VStack(0, kit.HStack(0, s.Object())), s.Close
	})
	if !kittest.Says(o.w.Content(), "Changed since approval") {
		t.Error("the chip does not say how the page stands")
	}
	d.Pages[1].State = lifecycle.Approved
	o.p.Load(t.Context())
	if !kittest.Says(o.w.Content(), "Approved") {
		t.Error("the chip does not follow")
	}
	test.Tap(kittest.Find[*kit.Plain](o.w.Content())[0])
	if tapped != 1 {
		t.Error("a press does nothing")
	}
}

func TestPanelPicture(t *testing.T) {
	o := open(t, half(), theme.LightOne, func(p *signoff.Presenter, w signoff.Window) (fyne.CanvasObject, func()) {
		a, b := signoff.NewPanel(p, lifecycle.Sources, w, func() {}), signoff.NewPanel(p, lifecycle.Charter, w, nil)
		c, d := signoff.NewPanel(p, lifecycle.Design, w, func() {}), signoff.NewPanel(p, lifecycle.Roles, w, nil)
		grid := kit.Columns(16, []float32{-308, -308, -308}, kit.Top(a.Object()), kit.Top(kit.VStack(16, b.Object(), d.Object())), kit.Top(c.Object()))
		return kit.NewPage(grid), func() { a.Close(); b.Close(); c.Close(); d.Close() }
	})
	o.w.Resize(fyne.NewSize(1030, 560))
	kittest.LooksLike(t, "panel.png", o.w.Canvas().Capture())
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
		desk     *desk
	}{
		{"signoff.png", theme.LightOne, words.English, half()},
		{"signoff-dark.png", theme.DarkOne, words.English, half()},
		{"signoff-ko.png", theme.LightOne, words.Korean, half()},
		{"signoff-bare.png", theme.LightOne, words.English, bare()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			o := open(t, tt.desk, tt.mode, screen)
			kittest.LooksLike(t, tt.name, o.w.Canvas().Capture())
		})
	}
}

var alone = []edit.Person{ada}

// bare is a project on its first day.
func bare() *desk {
	d := &desk{Standing: signoff.Standing{Me: ada, MayApprove: true, Approvers: alone, Needed: 6}}
	for _, name := range lifecycle.Pages {
		p := page(name, lifecycle.NotStarted, signoff.Want{By: alone})
		p.Missing, p.Musts = []signoff.Item{must(name, lifecycle.ValueBegin, "", "Begin here.", "")}, 1
		d.Pages = append(d.Pages, p)
	}
	d.Phase = page(lifecycle.Design, lifecycle.NotStarted, signoff.Want{By: alone})
	d.Phase.Musts = 6
	return d
}
