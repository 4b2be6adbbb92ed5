package requirements_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/requirements"
	"cairn/ui/theme"
)

func open(t *testing.T, p *requirements.Presenter) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	crew := kit.Crew{Postponed: true}
	s := requirements.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{}, nil, time.Now)
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 640))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return w
}

func TestScreenEditsTheSelectedOne(t *testing.T) {
	p, _, _ := loaded(t)
	w := open(t, p)
	entry := kittest.EntryWith(t, w.Content(), "recall")
	entry.Put("")
	w.Canvas().Focus(entry)
	test.Type(entry, "precision")
	if !kittest.Says(w.Content(), "precision ≥ 80 %") {
		t.Error("the window does not say what the requirement is held to now")
	}
}

func TestAddPutsTheCursorIntoTheTitle(t *testing.T) {
	p, s, _ := loaded(t)
	w := open(t, p)
	test.Tap(kittest.Button(t, w.Content(), "Add requirement"))
	title, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want an entry", w.Canvas().Focused())
	}
	test.Type(title, "Answer fast")
	p.Save(t.Context())
	if len(s.stored) != 2 || s.stored[1].Fields["title"] != "Answer fast" {
		t.Errorf("stored: %+v", s.stored)
	}
}

func TestEmptyProjectOffersOneThingToDo(t *testing.T) {
	p, s, _ := loaded(t)
	s.stored = nil
	p.Load(t.Context())
	w := open(t, p)
	kittest.Button(t, w.Content(), "Add the first requirement")
	if !kittest.Says(w.Content(), "No requirements yet") {
		t.Error("the page does not say that there is nothing")
	}
}

func TestScreenPicture(t *testing.T) {
	p, _, _ := loaded(t)
	kittest.LooksLike(t, "requirements.png", open(t, p).Canvas().Capture())
}
