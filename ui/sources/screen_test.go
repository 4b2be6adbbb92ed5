package sources_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/sources"
	"cairn/ui/theme"
	"cairn/ui/words"
)

type opened struct {
	p    *sources.Presenter
	w    fyne.Window
	s    *sources.Screen
	wait func()
	went string // where the page went
}

func open(t *testing.T, s *store, mode theme.Mode) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	p, _ := loaded(t, s)
	crew := kit.Crew{Postponed: true}
	o := &opened{p: p, wait: crew.Wait}
	o.s = sources.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{}, func(kind, id string) { o.went = kind + " " + id }, func() time.Time { return now.Add(2 * time.Hour) })
	o.w = test.NewTempWindow(t, o.s.Object())
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(1030, 1280))
	t.Cleanup(func() { o.s.Close(); crew.Wait() })
	return o
}

func TestASuggestionAsksForItsColumn(t *testing.T) {
	s := stocked()
	o := open(t, s, theme.LightOne)
	var adds []*kit.Button
	for _, b := range kittest.Find[*kit.Button](o.w.Content()) {
		if b.Words() == "Add" {
			adds = append(adds, b)
		}
	}
	test.Tap(adds[3])
	o.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wait()
	entry, ok := o.w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T", o.w.Canvas().Focused())
	}
	test.Type(entry, "read_at")
	o.s.Close()
	if got := s.find("expectation5").Fields; got["column"] != "read_at" || o.s.About() != "expectation5" {
		t.Errorf("stored: %v, about %q", got, o.s.About())
	}
	if !kittest.Says(o.w.Content(), "Say how many hours.") {
		t.Error("the form does not say what is missing")
	}
}

func TestPersonalDataLeadToTheirRequirement(t *testing.T) {
	s := stocked()
	o := open(t, s, theme.LightOne)
	test.Tap(kittest.Button(t, o.w.Content(), "Add requirement"))
	o.wait()
	if o.went != "requirement requirement1" {
		t.Errorf("went to %q", o.went)
	}
	kittest.Button(t, o.w.Content(), "Open")
}

func TestANewSourceIsNamedFirst(t *testing.T) {
	s := empty()
	o := open(t, s, theme.LightOne)
	kittest.LooksLike(t, "sources-empty.png", o.w.Canvas().Capture())
	test.Tap(kittest.Button(t, o.w.Content(), "Add the first source"))
	entry, ok := o.w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T", o.w.Canvas().Focused())
	}
	if !kittest.Says(o.w.Content(), "Give the source a name first.") {
		t.Error("nothing says that the name comes first")
	}
	test.Type(entry, "CRM")
	o.p.Save(t.Context())
	if s.find("data_source1").Fields["name"] != "CRM" || kittest.Says(o.w.Content(), "Give the source a name first.") {
		t.Errorf("stored: %+v", s.docs)
	}
}

func TestScreenPicture(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, tt := range []struct {
		name     string
		mode     theme.Mode
		language words.Language
		reveal   string
	}{
		{"sources.png", theme.LightOne, words.English, ""},
		{"sources-open.png", theme.LightOne, words.English, "expectation1"},
		{"sources-dark.png", theme.DarkOne, words.English, "expectation3"},
		{"sources-ko.png", theme.LightOne, words.Korean, "expectation1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := words.Speak(tt.language); err != nil {
				t.Fatal(err)
			}
			s := stocked()
			s.find("expectation2").Conflicts = map[string][]edit.Version{"statement": {{Text: "a", By: "Ada", At: now}, {Text: "b", By: "Ben", At: now}}}
			o := open(t, s, tt.mode)
			if tt.reveal != "" {
				o.p.Reveal(tt.reveal)
			}
			kittest.LooksLike(t, tt.name, o.w.Canvas().Capture())
		})
	}
}
