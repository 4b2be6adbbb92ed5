package activity_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/activity"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
)

func open(t *testing.T, p *activity.Presenter) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	crew := kit.Crew{Postponed: true}
	s := activity.NewScreen(t.Context(), p, &crew, kit.Head{})
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 560))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return w
}

// TestRowsAreWalkedWithTheKeyboard goes down, past the end, up, and opens.
func TestRowsAreWalkedWithTheKeyboard(t *testing.T) {
	p, opened := loaded(t, day())
	w := open(t, p)
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	w.Canvas().FocusNext() // who is shown
	w.Canvas().FocusNext()
	press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	press(fyne.KeyDown, fyne.KeyReturn) // a kind that no page is for
	press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if len(*opened) != 2 || (*opened)[0] != "value/v1" || (*opened)[1] != "charter/c1" {
		t.Errorf("opened %q", *opened)
	}
	p.Load(t.Context())
	press(fyne.KeyReturn)
	if len(*opened) != 3 {
		t.Error("the row that had the keyboard lost it when nothing had changed")
	}
}

func TestAnEmptyProjectSaysSo(t *testing.T) {
	p, _ := loaded(t, &log{})
	if w := open(t, p); !kittest.Says(w.Content(), "Nothing has happened yet") {
		t.Error("the page does not say that there is nothing")
	}
}

func TestScreenPicture(t *testing.T) {
	p, _ := loaded(t, day())
	kittest.LooksLike(t, "activity.png", open(t, p).Canvas().Capture())
}
