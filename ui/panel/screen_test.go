package panel_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/panel"
	"cairn/ui/theme"
)

// opened is a panel in a window.
type opened struct {
	w     fyne.Window
	panel *panel.Panel
	talk  *panel.TalkPresenter
	past  *panel.PastPresenter
	crew  *kit.Crew
}

func open(t *testing.T, s *table, mode theme.Mode) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode, false))
	o := &opened{crew: kittest.Still()}
	o.talk, _, _ = newTalk(t, s)
	o.past, _ = newPast(t, s)
	toasts := kittest.Toasts(t)
	talk := panel.NewTalkScreen(t.Context(), o.talk, o.crew, toasts, func(open int) {
		if o.panel != nil {
			o.panel.SetCount(0, open)
		}
	})
	past := panel.NewPastScreen(t.Context(), o.past, o.crew)
	o.panel = panel.New([]panel.Section{
		{Name: "Comments", Icon: "message-square", Count: 2, Object: talk.Object()},
		{Name: "History", Icon: "history", Object: past.Object()},
		{Name: "Sign-off", Icon: "circle-check", Object: kit.Gap(0, 0)},
	}, func() {})
	o.panel.SetTitle("Find churners")
	o.w = test.NewTempWindow(t, o.panel.Object())
	o.w.SetPadded(false)
	o.w.Resize(fyne.NewSize(panel.Width, 800))
	t.Cleanup(func() { talk.Close(); past.Close(); o.crew.Wait() })
	return o
}

// composer returns the entry for a new thread.
func (o *opened) composer(t *testing.T) *kit.Entry {
	t.Helper()
	return kittest.EntryWith(t, o.w.Content(), "")
}

func TestANameIsChosenWithTheKeyboard(t *testing.T) {
	s := talking()
	o := open(t, s, theme.LightOne)
	entry := o.composer(t)
	o.w.Canvas().Focus(entry)
	test.Type(entry, "Ask @s")
	if !kittest.Says(o.w.Content(), "Sofia Lind") {
		t.Error("nobody is offered")
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Type(entry, "or @")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := entry.Text, "Ask @Sofia Lind or @박지수 "; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	o.crew.Wait()
	if len(s.said) != 1 || s.said[0] != "r1/: Ask @Sofia Lind or @박지수 " || entry.Text != "" {
		t.Errorf("said %q, %q left in the entry", s.said, entry.Text)
	}
}

// TestWhatArrivesTakesNeitherFocusNorText has a teammate answer while somebody
// types an answer.
func TestWhatArrivesTakesNeitherFocusNorText(t *testing.T) {
	s := talking()
	o := open(t, s, theme.LightOne)
	test.Tap(kittest.Button(t, o.w.Content(), "Answer"))
	entry, ok := o.w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want the entry of the answer", o.w.Canvas().Focused())
	}
	test.Type(entry, "I thi")
	s.threads[0].Replies = append(s.threads[0].Replies, panel.Comment{ID: "new", Author: sofia, Time: noon, Body: "Wait."})
	o.talk.Load(t.Context())
	test.Type(entry, "nk so")
	if o.w.Canvas().Focused() != fyne.Focusable(entry) || entry.Text != "I think so" {
		t.Errorf("focused %v, text %q", o.w.Canvas().Focused() == fyne.Focusable(entry), entry.Text)
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if st := o.talk.State.Get(); st.Threads[0].Answering || st.Threads[0].Draft != "I think so" {
		t.Errorf("after Escape: answering %v, draft %q", st.Threads[0].Answering, st.Threads[0].Draft)
	}
}

func TestAThreadIsResolvedAndOneOfMineRewritten(t *testing.T) {
	s := talking()
	s.threads[1].Mine = true
	o := open(t, s, theme.LightOne)
	o.talk.Edit("t2", true)
	entry := kittest.EntryWith(t, o.w.Content(), s.threads[1].Body)
	o.w.Canvas().Focus(entry)
	test.Type(entry, "!")
	test.Tap(kittest.Button(t, o.w.Content(), "Save"))
	o.crew.Wait()
	if s.threads[1].Body == "Who measures it once it is live?" {
		t.Error("the comment is as it was")
	}
	test.Tap(kittest.Button(t, o.w.Content(), "Resolve"))
	o.crew.Wait()
	if !s.threads[0].Resolved || o.talk.State.Get().Open != 1 {
		t.Errorf("resolved %v, %d open", s.threads[0].Resolved, o.talk.State.Get().Open)
	}
}

func TestSectionsAreTabs(t *testing.T) {
	s := withPast()
	o := open(t, s, theme.LightOne)
	o.panel.Select(1)
	test.Tap(kittest.Button(t, o.w.Content(), "Restore this value"))
	o.crew.Wait()
	if len(s.said) != 1 || s.said[0] != "r1.threshold = 0.75" {
		t.Errorf("restored: %q", s.said)
	}
	if o.panel.Selected() != 1 {
		t.Error("another section is shown")
	}
}

func TestEmptyAndReadOnlySayWhatToDo(t *testing.T) {
	s := &table{readOnly: true}
	o := open(t, s, theme.LightOne)
	if !kittest.Says(o.w.Content(), "No comments yet") || len(kittest.Find[*kit.Entry](o.w.Content())) != 0 {
		t.Error("somebody who may only read is asked to write, or not told that there is nothing")
	}
	o.panel.Select(1)
	if !kittest.Says(o.w.Content(), "No history yet") {
		t.Error("an empty history says nothing")
	}
}

func TestTalkPicture(t *testing.T) {
	o := open(t, talking(), theme.LightOne)
	kittest.LooksLike(t, "talk.png", o.w.Canvas().Capture())
}

func TestPastPicture(t *testing.T) {
	o := open(t, withPast(), theme.DarkOne)
	o.panel.Select(1)
	kittest.LooksLike(t, "past.png", o.w.Canvas().Capture())
}
