package team_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

type opened struct {
	p    *team.Presenter
	w    fyne.Window
	wait func()
}

func open(t *testing.T, d *teamtest.Team, mode theme.Mode) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	crew := kittest.Still()
	o := &opened{p: loaded(t, d), wait: crew.Wait}
	s := team.NewScreen(t.Context(), o.p, crew, kittest.Toasts(t), kit.Head{})
	o.w = test.NewTempWindow(t, s.Object())
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(1032, 748))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return o
}

func (o *opened) sheet() fyne.CanvasObject { return o.w.Canvas().Overlays().Top() }

func (o *opened) press(t *testing.T, on fyne.CanvasObject, says string) {
	t.Helper()
	test.Tap(kittest.Button(t, on, says))
	o.wait()
}

func TestSomebodyIsInvited(t *testing.T) {
	d := teamtest.Three("en")
	o := open(t, d, theme.LightOne)
	o.press(t, o.w.Content(), "Invite")
	test.Tap(kittest.Find[*kit.Radio](o.sheet())[2])
	kittest.Find[*kit.Segments](o.sheet())[0].Pick(2)
	o.press(t, o.sheet(), "Make the link")
	if !slices.Contains(d.Did, "invite approver 168h0m0s") {
		t.Fatalf("did %q", d.Did)
	}
	if !kittest.Says(o.sheet(), "Share it only with the person it is for: whoever has the link can use it.") {
		t.Error("the sheet does not say whom the link is for")
	}
	kittest.LooksLike(t, "link.png", o.w.Canvas().Capture())
	o.press(t, o.sheet(), "Copy link")
	if got, want := fyne.CurrentApp().Clipboard().Content(), teamtest.Link(team.Approver, 0).Text; got != want {
		t.Errorf("copied %q", got)
	}
	d.Become("i9", team.Invite{State: team.Used, UsedBy: "Dana"})
	o.p.Load(t.Context())
	if !kittest.Says(o.sheet(), "Dana has joined") {
		t.Error("the sheet does not say who has joined")
	}
	o.press(t, o.sheet(), "Done")
	if o.sheet() != nil || o.p.State.Get().Sheet.Link != nil {
		t.Error("the sheet stays, or its link in memory")
	}
}

func TestALaptopIsAddedWithoutAnyRightToChoose(t *testing.T) {
	d := teamtest.Three("en")
	d.Members[0].Right, d.Members[1].Right = team.Contributor, team.Admin
	o := open(t, d, theme.LightOne)
	for _, b := range kittest.Find[*kit.Button](o.w.Content()) {
		if b.Words() == "Invite" {
			t.Error("who is no admin is offered to invite")
		}
	}
	o.press(t, o.w.Content(), "Add another laptop of mine")
	if n := len(kittest.Find[*kit.Radio](o.sheet())); n > 0 {
		t.Errorf("%d rights to choose from", n)
	}
	o.press(t, o.sheet(), "Make the link")
	if !slices.Contains(d.Did, "invite contributor 24h0m0s p1") {
		t.Errorf("did %q", d.Did)
	}
}

// more presses the nth of the buttons with three dots, counted from 0, and one of
// what it offers.
func (o *opened) more(t *testing.T, n int, says string) {
	t.Helper()
	var dots []*kit.Button
	for _, b := range kittest.Find[*kit.Button](o.w.Content()) {
		if b.Words() == "" {
			dots = append(dots, b)
		}
	}
	test.Tap(dots[n])
	for range 4 {
		if kittest.Says(o.w.Canvas().Focused().(fyne.CanvasObject), says) {
			o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
		o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	t.Fatalf("the menu does not offer %q", says)
}

func TestRemovingSaysHonestlyWhatItDoes(t *testing.T) {
	d := teamtest.Three("en")
	o := open(t, d, theme.LightOne)
	o.more(t, 2, "Remove from the workspace…")
	if !kittest.Says(o.sheet(), "1 laptop can no longer see new work; it keeps what it already has. What Bo Lindqvist wrote stays.") {
		t.Error("the sheet does not say what removing does")
	}
	if b, ok := o.w.Canvas().Focused().(*kit.Button); !ok || b.Words() != "Cancel" {
		t.Error("Return would remove at once")
	}
	o.press(t, o.sheet(), "Remove")
	if !slices.Contains(d.Did, "remove p2") || kittest.Says(o.w.Content(), "Bo Lindqvist") {
		t.Errorf("did %q", d.Did)
	}
}

func TestALaptopIsRemoved(t *testing.T) {
	d := teamtest.Three("en")
	o := open(t, d, theme.LightOne)
	o.more(t, 3, "Remove from the workspace…")
	o.press(t, o.sheet(), "Remove")
	if !slices.Contains(d.Did, "remove l2") || !kittest.Says(o.w.Content(), "Removed") {
		t.Errorf("did %q", d.Did)
	}
}

func TestARightIsChosenByKeyboard(t *testing.T) {
	d := teamtest.Three("en")
	o := open(t, d, theme.LightOne)
	for _, p := range kittest.Find[*kit.Plain](o.w.Content()) {
		if kittest.Says(p, "Contributor") {
			o.w.Canvas().Focus(p)
		}
	}
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn} {
		o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	o.wait()
	if !slices.Contains(d.Did, "right p2 approver") {
		t.Errorf("did %q", d.Did)
	}
}

func TestAWrongAddressIsSaidBesideIt(t *testing.T) {
	d := teamtest.Three("en")
	o := open(t, d, theme.LightOne)
	o.press(t, o.w.Content(), "Add an address")
	test.Type(o.w.Canvas().Focused(), "10.0.0.7 x")
	o.press(t, o.sheet(), "Add")
	if o.sheet() == nil {
		t.Fatal("the sheet is gone with what was typed")
	}
	for range " x" {
		o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	test.Type(o.w.Canvas().Focused(), ":5758")
	o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wait()
	if o.sheet() != nil || !slices.Contains(d.Did, "add 10.0.0.7:5758") {
		t.Errorf("did %q", d.Did)
	}
}

func TestWhatArrivesLeavesTheKeyboardWhereItIs(t *testing.T) {
	d := teamtest.Receiving("en")
	o := open(t, d, theme.LightOne)
	dots := kittest.Find[*kit.Button](o.w.Content())
	o.w.Canvas().Focus(dots[5])
	for behind := uint64(1000); behind > 0; behind -= 100 {
		d.Members[1].Laptops = []team.Laptop{with(d.Members[1].Laptops[0], func(l *team.Laptop) { l.Behind = behind })}
		o.p.Load(t.Context())
	}
	if o.w.Canvas().Focused() != dots[5] || !slices.Contains(kittest.Find[*kit.Button](o.w.Content()), dots[5]) {
		t.Error("the button that had the keyboard is gone")
	}
}

func TestTheCodeIsSharpAtEveryScale(t *testing.T) {
	link := teamtest.Link(team.Viewer, 0)
	for _, size := range []int{212, 265, 424, 300} {
		img := team.DrawCode(link.QR, size, size)
		side := size / (len(link.QR) + 8)
		edge := (size - side*len(link.QR)) / 2
		for y, row := range link.QR {
			for x, dark := range row {
				for _, at := range [][2]int{{0, 0}, {side - 1, 0}, {0, side - 1}, {side - 1, side - 1}} {
					r, _, _, _ := img.At(edge+x*side+at[0], edge+y*side+at[1]).RGBA()
					if (r == 0) != dark {
						t.Fatalf("at %d pixels, the module %d, %d is not what it should be", size, x, y)
					}
				}
			}
		}
	}
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
		team     func(string) *teamtest.Team
	}{
		{"team.png", theme.LightOne, words.English, teamtest.Three},
		{"team-full-dark.png", theme.DarkOne, words.English, teamtest.Twelve},
		{"team-full-ko.png", theme.LightOne, words.Korean, teamtest.Twelve},
		{"team-offline.png", theme.LightOne, words.English, teamtest.Offline},
		{"team-alone-ko.png", theme.DarkOne, words.Korean, teamtest.Alone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			o := open(t, tt.team(string(tt.language)), tt.mode)
			kittest.LooksLike(t, tt.name, o.w.Canvas().Capture())
		})
	}
}
