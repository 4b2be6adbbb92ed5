package presence_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/presence"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
)

type sheet struct {
	f     *teamtest.Floor
	p     *presence.Presenter
	form  *form.Form
	w     fyne.Window
	stack *presence.Stack
}

func show(t *testing.T, mode theme.Mode) *sheet {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	s := &sheet{f: &teamtest.Floor{}, form: form.New(t.Context(), editor{}, kittest.Still(), teamtest.Now)}
	at := time.Unix(0, 0)
	s.p = presence.New(t.Context(), s.f, func() time.Time { at = at.Add(time.Second); return at }, timer)
	s.p.On("r1")
	s.stack = presence.NewStack(s.p, func(field string) string { return s.form.Field(field).Label() })
	fields := kit.VStack(16,
		s.form.Line("title", "Title", "", ""),
		s.form.Prose("text", "What it says", "", "", 4),
		s.form.Choice("kind", "Kind", "None", "", []kit.Option{{Value: "a", Words: "A gate"}}),
		s.form.Few("level", "Level", "", []kit.Option{{Value: "must", Words: "Must"}, {Value: "should", Words: "Should"}}))
	s.w = test.NewTempWindow(t, kit.Pad(20, 20, 20, 20, kit.VStack(20, kit.HStack(0, kit.Spacer(), s.stack.Object()), fields)))
	s.w.SetPadded(false)
	s.w.Resize(fyne.NewSize(560, 460))
	s.form.Draw(edit.Doc{ID: "r1", Fields: map[string]string{
		"title": "Find most customers who leave", "text": "Of a hundred customers who are about to leave, the model has to find seventy, or more if the team can call them in time.\nThe rest is found by chance.", "kind": "a", "level": "must",
	}})
	stop := presence.Attach(s.p, s.form)
	t.Cleanup(func() { stop(); s.stack.Close(); s.p.Close(); s.form.Close() })
	return s
}

// editor holds what is typed into nothing.
type editor struct{}

func (editor) Type(_, _, _ string)                                     {}
func (editor) Edit(_, _, _, _ string)                                  {}
func (editor) Save(context.Context)                                    {}
func (editor) Restore(context.Context, string)                         {}
func (editor) Trash(context.Context, string) (title string, ok bool)   { return "", false }
func (editor) Resolve(_ context.Context, _, _ string, _ int, _ string) {}

func everywhere() []presence.Person {
	return []presence.Person{
		teamtest.Somebody("en", 1, "r1", "title", 10), teamtest.Somebody("en", 2, "r1", "text", 70),
		teamtest.Somebody("en", 3, "r1", "text", 125), teamtest.Somebody("en", 4, "r1", "kind", -1), teamtest.Somebody("en", 5, "r1", "", -1), teamtest.Somebody("en", 6, "r1", "level", -1),
	}
}

func TestSomebodyElseIsShownWhereTheyAre(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"form.png": theme.LightOne, "form-dark.png": theme.DarkOne} {
		s := show(t, mode)
		s.f.Put(everywhere()...)
		for _, said := range []string{"Bo Lindqvist", "Chidi Okafor and Dana Whitfield", "Eun-ji Park", "+3"} {
			if !kittest.Says(s.w.Content(), said) {
				t.Errorf("the form does not say %q", said)
			}
		}
		kittest.LooksLike(t, name, s.w.Canvas().Capture())
		s.f.Put()
		if kittest.Says(s.w.Content(), "Bo Lindqvist") || kittest.Says(s.w.Content(), "+3") {
			t.Error("who has left is shown still")
		}
	}
}

func TestOneIsWhereTheKeyboardIs(t *testing.T) {
	s := show(t, theme.LightOne)
	s.form.Focus("title")
	test.Type(s.w.Canvas().Focused(), "ab")
	s.form.Focus("kind")
	s.form.Focus("text")
	s.w.Canvas().Unfocus()
	var fields []string
	for _, at := range s.f.Said() {
		if n := len(fields); at.Document == "r1" && (n == 0 || fields[n-1] != at.Field) {
			fields = append(fields, at.Field)
		}
	}
	if want := []string{"", "title", "", "kind", "text", ""}; !slices.Equal(fields, want) {
		t.Errorf("said %q, want %q", fields, want)
	}
	at := s.f.Said()
	if !slices.Contains(at, presence.Place{Document: "r1", Field: "title", Caret: 31}) {
		t.Errorf("where the cursor is, is not said: %+v", at)
	}
}

// flag returns where the cursor of somebody is drawn.
func (s *sheet) flag(t *testing.T, initials string) fyne.Position {
	t.Helper()
	for _, e := range kittest.Find[*kit.Entry](s.w.Content()) {
		for _, o := range kittest.Find[*kit.Text](e.Object()) {
			if o.Text() == initials {
				return o.Position()
			}
		}
	}
	t.Fatalf("no cursor of %s", initials)
	return fyne.Position{}
}

func TestCursorsStayAtTheirWords(t *testing.T) {
	s := show(t, theme.LightOne)
	s.f.Put(everywhere()...)
	before := s.flag(t, "BL")
	s.form.Focus("title")
	e := s.w.Canvas().Focused().(*kit.Entry)
	e.CursorColumn = 0
	test.Type(e, "We ")
	if after := s.flag(t, "BL"); after.X <= before.X || after.Y != before.Y {
		t.Errorf("the cursor is at %v, before three letters more it was at %v", after, before)
	}
	s.w.Resize(fyne.NewSize(300, 460))
	if e.Size().Width > 300 {
		t.Fatal("the field is as wide as before")
	}
	s.flag(t, "CO") // in a text that has wrapped anew
}

func TestWhereTheFieldScrollsNoCursorIsDrawn(t *testing.T) {
	s := show(t, theme.LightOne)
	s.f.Put(everywhere()...)
	s.form.Focus("title")
	test.Type(s.w.Canvas().Focused(), " and who did not say so, not even when they were asked, and who leave all the same")
	for _, o := range kittest.Find[*kit.Text](kittest.Find[*kit.Entry](s.w.Content())[0].Object()) {
		if o.Text() == "BL" {
			t.Error("a cursor is drawn where its word may not be")
		}
	}
}
