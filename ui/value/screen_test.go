package value_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
	"cairn/ui/value"
)

func open(t *testing.T, p *value.Presenter) (*value.Screen, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	var crew kit.Crew
	s := value.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{})
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1120, 820))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return s, w
}

func TestScreenFollowsTyping(t *testing.T) {
	p, s, _ := begun(t)
	screen, w := open(t, p)
	entry := kittest.EntryWith(t, w.Content(), "1,000")
	w.Canvas().Focus(entry)
	entry.Put("")
	test.Type(entry, "1200")
	if !kittest.Says(w.Content(), "$3,840") {
		t.Error("the window does not show $3,840")
	}
	screen.Close()
	if got := *s.document.Model.Variables[2].Value; got != 1200 {
		t.Errorf("closing the page stored %v, want 1200", got)
	}
}

// TestTypingOverASelectionShowsTheNewNumbers types as in a window: what the
// presenter publishes is drawn only after the key, and what is simulated only
// after that.
func TestTypingOverASelectionShowsTheNewNumbers(t *testing.T) {
	loop := kittest.NewLoop(t, kittest.Light())
	p, _, _ := begun(t)
	var crew kit.Crew
	screen := value.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{})
	w := test.NewTempWindow(t, screen.Object())
	w.Resize(fyne.NewSize(1120, 820))
	entry := kittest.EntryWith(t, w.Content(), "1,000")
	w.Canvas().Focus(entry)
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	for _, r := range "1200" {
		entry.TypedRune(r)
		loop.Play()
	}
	if entry.Text != "1200" || !kittest.Says(w.Content(), "$3,840") {
		t.Errorf("with %q in the entry the window does not show $3,840 at once", entry.Text)
	}
	loop.Settle(&crew)
	for _, want := range []string{"$3,840", "$2,570 – $3,980", "It pays while “Churners the model finds” stays above 22.9 %."} {
		if !kittest.Says(w.Content(), want) {
			t.Errorf("the window never shows %s", want)
		}
	}
	screen.Close()
}

func TestATeammatesChangeTakesNeitherFocusNorText(t *testing.T) {
	p, s, _ := begun(t)
	_, w := open(t, p)
	entry := kittest.EntryWith(t, w.Content(), "1,000")
	w.Canvas().Focus(entry)
	entry.Put("")
	test.Type(entry, "12")
	s.teammate(t, "discounted_price", "9")
	p.Load(t.Context())
	if w.Canvas().Focused() != fyne.Focusable(entry) || entry.Text != "12" {
		t.Errorf("focused %v, text %q", w.Canvas().Focused() == fyne.Focusable(entry), entry.Text)
	}
	if kittest.EntryWith(t, w.Content(), "9") == nil {
		t.Error("the teammate's number is not shown")
	}
}

func TestEscapeBringsBackWhatIsStored(t *testing.T) {
	p, _, _ := begun(t)
	_, w := open(t, p)
	entry := kittest.EntryWith(t, w.Content(), "1,000")
	w.Canvas().Focus(entry)
	test.Type(entry, "x")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := p.State.Get().Variables[2].Problem; got != "" {
		t.Errorf("after Escape: %q", got)
	}
	if entry.Text != "1,000" {
		t.Errorf("after Escape the entry holds %q", entry.Text)
	}
}

func TestScreenPicture(t *testing.T) {
	p, _, _ := begun(t)
	_, w := open(t, p)
	kittest.LooksLike(t, "value.png", w.Canvas().Capture())
}

func TestAReaderTypesNothing(t *testing.T) {
	p, s, _ := begun(t)
	s.document.ReadOnly = true
	p.Load(t.Context())
	_, w := open(t, p)
	if entry := kittest.EntryWith(t, w.Content(), "1,000"); !entry.Disabled() {
		t.Error("a reader can type")
	}
	if !kittest.Says(w.Content(), "Read only") {
		t.Error("the page does not say that it is read only")
	}
	for _, b := range kittest.Find[*kit.Button](w.Content()) {
		if b.Words() == "Add" {
			t.Error("a reader can add something")
		}
	}
	s.document.ReadOnly = false
	p.Load(t.Context())
	if kittest.EntryWith(t, w.Content(), "1,000").Disabled() {
		t.Error("who may write again can't type")
	}
}
