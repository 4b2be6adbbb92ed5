package conflicts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/conflicts"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

type opened struct {
	p      *conflicts.Presenter
	r      *teamtest.Rivals
	w      fyne.Window
	wait   func()
	opened string
	undone int
}

func open(t *testing.T, r *teamtest.Rivals, mode theme.Mode) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	crew := kittest.Still()
	o := &opened{p: conflicts.NewPresenter(r, nil, teamtest.Now), r: r, wait: crew.Wait}
	o.p.Load(t.Context())
	s := conflicts.NewScreen(o.p, conflicts.Window{
		Ctx: t.Context(), Crew: crew, Toasts: kittest.Toasts(t), Open: func(page, project, document string) { o.opened = page + "/" + project + "/" + document }, Undo: func() { o.undone++ },
	}, kit.Head{})
	o.w = test.NewTempWindow(t, s.Object())
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(1032, 640))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return o
}

func (o *opened) press(t *testing.T, says string) {
	t.Helper()
	test.Tap(kittest.Button(t, o.w.Content(), says))
	o.wait()
}

func TestASideIsChosenByKeyboard(t *testing.T) {
	o := open(t, teamtest.NewRivals("en"), theme.LightOne)
	tiles := kittest.Find[*kit.Tile](o.w.Content())
	o.w.Canvas().Focus(tiles[1])
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn} {
		o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if o.w.Canvas().Focused() != tiles[0] || !tiles[0].Chosen() || tiles[1].Chosen() {
		t.Error("the other value is not the chosen one")
	}
	o.press(t, "Use mine")
	if o.r.Fields["r1/threshold"] != "0.75" || !kittest.Says(o.w.Content(), "Problem") {
		t.Errorf("the field holds %q", o.r.Fields["r1/threshold"])
	}
}

func TestTheListMovesWithArrows(t *testing.T) {
	o := open(t, teamtest.NewRivals("en"), theme.LightOne)
	list := kittest.Find[*widget.List](o.w.Content())[0]
	o.w.Canvas().Focus(list)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := o.p.State.Get().Detail.Key; got != "c1/problem" {
		t.Errorf("selected %q", got)
	}
}

func TestAnotherIsWritten(t *testing.T) {
	o := open(t, teamtest.NewRivals("en"), theme.LightOne)
	o.press(t, "Write another")
	e, ok := o.w.Canvas().Focused().(*kit.Entry)
	if !ok || e.Text != "0.8" {
		t.Fatalf("focused %T", o.w.Canvas().Focused())
	}
	test.Type(e, "5")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wait()
	if o.r.Fields["r1/threshold"] != "0.85" {
		t.Errorf("the field holds %q", o.r.Fields["r1/threshold"])
	}
}

func TestTheDocumentIsOneStepAway(t *testing.T) {
	o := open(t, teamtest.NewRivals("en"), theme.LightOne)
	o.press(t, "Open")
	if o.opened != "requirements/p/r1" {
		t.Errorf("opened %q", o.opened)
	}
}

func TestNothingToDecideIsPleasant(t *testing.T) {
	r := teamtest.NewRivals("en")
	r.List = nil
	o := open(t, r, theme.LightOne)
	if !kittest.Says(o.w.Content(), "Nothing waits for you to decide") {
		t.Error("an empty page says nothing")
	}
	r.List = teamtest.NewRivals("en").List
	o.p.Load(t.Context())
	if !kittest.Says(o.w.Content(), "Threshold") {
		t.Error("what arrives does not show")
	}
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
		then     func(*conflicts.Presenter)
	}{
		{"reviews.png", theme.LightOne, words.English, func(*conflicts.Presenter) {}},
		{"merge-dark.png", theme.DarkOne, words.English, func(p *conflicts.Presenter) { p.Select("c1/problem"); p.Write() }},
		{"three-ko.png", theme.LightOne, words.Korean, func(p *conflicts.Presenter) { p.Select("m1/direction"); p.Write() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			o := open(t, teamtest.NewRivals(string(tt.language)), tt.mode)
			tt.then(o.p)
			kittest.LooksLike(t, tt.name, o.w.Canvas().Capture())
		})
	}
}
