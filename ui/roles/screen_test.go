package roles_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/roles"
	"cairn/ui/saving"
	"cairn/ui/theme"
	"cairn/ui/words"
)

func open(t *testing.T, f *team, mode theme.Mode) (*roles.Presenter, fyne.Window, func()) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	p, _, _ := loaded(t, f)
	crew := kit.Crew{Postponed: true}
	s := roles.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{}, func() time.Time { return now.Add(2 * time.Hour) })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1030, 640))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return p, w, crew.Wait
}

// cell returns the cell of a row and a phase, both counted from 0.
func cell(t *testing.T, w fyne.Window, row, phase int) fyne.Focusable {
	t.Helper()
	var found []fyne.Focusable
	for _, o := range kittest.Find[fyne.Widget](w.Content()) {
		_, entry := o.(*kit.Entry)
		f, ok := o.(interface {
			fyne.Focusable
			Part() string
		})
		if ok && !entry {
			found = append(found, f)
		}
	}
	if n := row*len(roles.Phases) + phase; n < len(found) {
		return found[n]
	}
	t.Fatalf("there is no cell %d, %d", row, phase)
	return nil
}

func TestALetterChoosesAPart(t *testing.T) {
	f := staffed()
	_, w, wait := open(t, f, theme.LightOne)
	w.Canvas().Focus(cell(t, w, 0, 3))
	w.Canvas().Focused().TypedRune('a')
	wait()
	if got := f.docs[0].Fields["monitoring"]; got != roles.Accountable {
		t.Errorf("monitoring = %q", got)
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	wait()
	if got := f.docs[1].Fields["monitoring"]; got != "" {
		t.Errorf("monitoring of the second row = %q", got)
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	w.Canvas().Focused().TypedRune('ㄱ') // r on a Korean keyboard
	wait()
	if got := f.docs[1].Fields["deployment"]; got != roles.Responsible {
		t.Errorf("deployment of the second row = %q", got)
	}
}

func TestARowIsShown(t *testing.T) {
	f := staffed()
	p := roles.NewPresenter("p", f, &saving.Line{}, nil)
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	s := roles.NewScreen(t.Context(), p, kittest.Still(), kittest.Toasts(t), kit.Head{}, time.Now)
	t.Cleanup(s.Close)
	w := test.NewTempWindow(t, s.Object())
	s.Show("r3") // before it is read
	p.Load(t.Context())
	if s.About() != "r3" || w.Canvas().Focused() == nil {
		t.Errorf("about %q, focused %T", s.About(), w.Canvas().Focused())
	}
}

func TestANewRoleKeepsTheCursorWhenItIsStored(t *testing.T) {
	f := staffed()
	p, w, wait := open(t, f, theme.LightOne)
	test.Tap(kittest.Button(t, w.Content(), "Add role"))
	menu := w.Canvas().Overlays().Top()
	if !kittest.Says(menu, "ML engineer") || kittest.Says(menu, "Data scientist") {
		t.Error("the menu does not offer just what is missing")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wait()
	entry, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T", w.Canvas().Focused())
	}
	test.Type(entry, "Auditor")
	p.Save(t.Context())
	if w.Canvas().Focused() != entry || f.docs[5].Fields["role"] != "Auditor" {
		t.Errorf("focused: %T, stored %+v", w.Canvas().Focused(), f.docs)
	}
	test.Type(entry, "s")
	p.Save(t.Context())
	if f.docs[5].Fields["role"] != "Auditors" {
		t.Errorf("stored %q", f.docs[5].Fields["role"])
	}
}

func disputed() *team {
	f := staffed()
	f.docs[0].Conflicts = map[string][]edit.Version{"monitoring": {{Text: "accountable", By: "Ada", At: now}, {Text: "", By: "Ben", At: now}}}
	f.docs[3].Conflicts = map[string][]edit.Version{"person": {{Text: "p3", By: "Ada", At: now}, {Text: "p2", By: "Ben", At: now}}}
	return f
}

func TestADisputedCellIsSettled(t *testing.T) {
	f := disputed()
	p, w, wait := open(t, f, theme.LightOne)
	if !kittest.Says(w.Content(), "2 versions") {
		t.Fatal("the cell does not say that it is disputed")
	}
	w.Canvas().Focus(cell(t, w, 0, 3))
	w.Canvas().Focused().TypedRune('i') // settles nothing by itself
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	kittest.LooksLike(t, "roles-decide.png", w.Canvas().Capture())
	test.Tap(kittest.Button(t, w.Canvas().Overlays().Top(), "Use this"))
	wait()
	if got := f.docs[0].Fields["monitoring"]; got != roles.Accountable || len(p.State.Get().Rows[0].Disputed) > 0 {
		t.Errorf("monitoring = %q, %+v", got, p.State.Get().Rows[0].Disputed)
	}
}

func TestEmptyPageOffersTheUsual(t *testing.T) {
	f := alone()
	_, w, wait := open(t, f, theme.LightOne)
	kittest.LooksLike(t, "roles-empty.png", w.Canvas().Capture())
	test.Tap(kittest.Button(t, w.Content(), "Fill with the usual"))
	wait()
	if len(f.docs) != 5 || !kittest.Says(w.Content(), "4 of 4 phases complete") {
		t.Errorf("stored %d", len(f.docs))
	}
}

func TestReadersChangeNothing(t *testing.T) {
	f := staffed()
	for i := range f.docs {
		f.docs[i].ReadOnly = true
	}
	_, w, wait := open(t, f, theme.LightOne)
	w.Canvas().Focus(cell(t, w, 0, 0))
	w.Canvas().Focused().TypedRune('i')
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wait()
	if f.writes > 0 || w.Canvas().Overlays().Top() != nil {
		t.Error("a reader was let write")
	}
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
		team     *team
	}{
		{"roles.png", theme.LightOne, words.English, staffed()},
		{"roles-dark.png", theme.DarkOne, words.English, disputed()},
		{"roles-ko.png", theme.LightOne, words.Korean, staffed()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			_, w, _ := open(t, tt.team, tt.mode)
			kittest.LooksLike(t, tt.name, w.Canvas().Capture())
		})
	}
}
