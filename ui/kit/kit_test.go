package kit_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/observe"
	"cairn/ui/theme"
)

func window(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

func TestRenderDrawsTheLatestUntilStopped(t *testing.T) {
	test.NewTempApp(t)
	var v observe.Value[int]
	var drawn []int
	stop := kit.Render(&v, func(n int) { drawn = append(drawn, n) })
	v.Set(1)
	stop()
	v.Set(2)
	if len(drawn) != 2 || drawn[0] != 0 || drawn[1] != 1 {
		t.Errorf("drawn = %v, want [0 1]", drawn)
	}
}

func TestPauseWaitsForTheLastTrigger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Int32
		p := kit.NewPause(time.Second, func() { done.Add(1) })
		for range 5 {
			p.Trigger()
			time.Sleep(600 * time.Millisecond)
		}
		synctest.Wait()
		if done.Load() != 0 {
			t.Errorf("done %d times while it is triggered", done.Load())
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if done.Load() != 1 {
			t.Errorf("done %d times after the pause, want 1", done.Load())
		}
		p.Trigger()
		p.Flush()
		p.Flush()
		if done.Load() != 2 {
			t.Errorf("done %d times after a flush, want 2", done.Load())
		}
	})
}

func TestTextEndsInAnEllipsisWhereRoomEnds(t *testing.T) {
	text := kit.Body("A sentence that is longer than the room it has").Shrink()
	w := window(t, kit.Columns(0, []float32{-120, 1}, text, kit.Gap(0, 0)), 400, 60)
	if kittest.Says(w.Content(), text.Text()) {
		t.Error("all of it is shown in 120 pixels")
	}
	w.SetContent(kit.Columns(0, []float32{-380, 1}, text, kit.Gap(0, 0)))
	w.Resize(fyne.NewSize(401, 60))
	if !kittest.Says(w.Content(), text.Text()) {
		t.Error("not all of it is shown where there is room")
	}
}

func TestEntryKeepsWhatIsTyped(t *testing.T) {
	var typed []string
	e := kit.NewEntry("", func(text string) { typed = append(typed, text) })
	w := window(t, e.Object(), 200, 40)
	e.Hold("10")
	if len(typed) != 0 {
		t.Errorf("what the program shows counts as typed: %q", typed)
	}
	w.Canvas().Focus(e)
	test.Type(e, "0")
	e.Hold("7")
	if e.Text != "100" || len(typed) != 1 || typed[0] != "100" {
		t.Errorf("text %q, typed %q; want 100 at the end of the number", e.Text, typed)
	}
	w.Canvas().Unfocus()
	e.Hold("7")
	if e.Text != "7" {
		t.Errorf("text %q once the focus is gone, want 7", e.Text)
	}
}

func TestChoiceIsMadeByKeyboard(t *testing.T) {
	chosen := ""
	c := kit.NewChoice("Choose", []kit.Option{{Value: "a", Words: "First"}, {Value: "b", Words: "Second"}}, func(v string) { chosen = v })
	w := window(t, kit.VStack(0, c), 300, 300)
	w.Canvas().Focus(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if chosen != "b" || !kittest.Says(w.Content(), "Second") || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chosen %q, want b and the menu closed", chosen)
	}
}

func TestEscapeClosesTheTopmostAndGivesTheFocusBack(t *testing.T) {
	b := kit.NewButton("", "Open", kit.Primary, nil)
	w := window(t, b, 300, 300)
	w.Canvas().Focus(b)
	e := kit.NewEntry("", nil)
	l := kit.Sheet(w.Canvas(), "Title", "", 200, e.Object(), func(*kit.Layer) []fyne.CanvasObject { return nil })
	l.Focus(e)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil || w.Canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("top %v, focused %T", w.Canvas().Overlays().Top(), w.Canvas().Focused())
	}
}

func TestCompareGivesTheSideThatWasPicked(t *testing.T) {
	w := window(t, kit.Gap(1, 1), 700, 500)
	got, text := -1, ""
	kit.Compare(w.Canvas(), kit.Comparison{Title: "T", Sides: []kit.Side{{"a", "Ada"}, {"b", "Bob"}}, Use: "Use", Later: "Later", Other: "Other"}, func(n int, other string) { got, text = n, other })
	test.Tap(kittest.Find[*kit.Radio](w.Canvas().Overlays().Top())[1])
	test.Tap(kittest.Button(t, w.Canvas().Overlays().Top(), "Use"))
	if got != 2 || text != "" {
		t.Errorf("picked %d %q, want 2", got, text)
	}
}

func TestTableKeepsItsSelectionByName(t *testing.T) {
	var picked []string
	table := kit.NewTable([]kit.Column{{Name: "Name", Width: 1}}, func(id string) { picked = append(picked, id) })
	window(t, table, 300, 300)
	row := func(id string) kit.Row { return kit.Row{ID: id, Cells: []kit.Cell{{Text: id}}} }
	table.Hold([]kit.Row{row("a"), row("b")}, "b")
	table.Hold([]kit.Row{row("c"), row("a"), row("b")}, "b")
	if len(picked) != 0 {
		t.Errorf("what the program selects counts as picked: %q", picked)
	}
}

func TestMatchesAnyOrderOfWords(t *testing.T) {
	for _, tt := range []struct {
		query, text string
		want        bool
	}{{"", "anything", true}, {"VAL est", "Value estimation", true}, {"est val", "Value estimation", true}, {"valx", "Value estimation", false}, {"추정", "가치 추정", true}} {
		if got := kit.Matches(tt.query, tt.text); got != tt.want {
			t.Errorf("Matches(%q, %q) = %v", tt.query, tt.text, got)
		}
	}
}

func TestPairStandsBelowEachOtherWhenNarrow(t *testing.T) {
	left, right := kit.Gap(100, 20), kit.Gap(100, 30)
	pair := kit.Pair(10, 150, left, right)
	pair.Resize(fyne.NewSize(320, 100))
	if right.Position() != fyne.NewPos(165, 0) {
		t.Errorf("wide: right at %v", right.Position())
	}
	pair.Resize(fyne.NewSize(300, 100))
	if right.Position() != fyne.NewPos(0, 30) || pair.MinSize().Height != 60 {
		t.Errorf("narrow: right at %v, height %v", right.Position(), pair.MinSize().Height)
	}
}

func TestControlsPicture(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	e := kit.NewEntry("Example", nil)
	wrong := kit.NewField("Wrong", "unit", "", kit.NewEntry("", nil).Object())
	wrong.SetProblem("Fill in a number.")
	w := window(t, kit.Pad(16, 16, 16, 16, kit.VStack(12,
		kit.HStack(8, kit.NewButton("plus", "Primary", kit.Primary, nil), kit.NewButton("", "Secondary", kit.Secondary, nil), kit.NewButton("trash-2", "Ghost", kit.Ghost, nil)),
		kit.NewField("Label", "a month", "where it comes from", e.Object()), wrong,
		kit.HStack(8, kit.NewChip("check", "Chip", theme.OK, theme.OKTint), kit.NewToggle("Role", func(bool) {}), kit.Avatar("Ada Lovelace", 1, 28)),
		kit.NewChoice("Choose", nil, nil),
	)), 420, 320)
	w.Canvas().Focus(e)
	test.AssertRendersToMarkup(t, "controls.xml", w.Canvas())
	kittest.LooksLike(t, "controls.png", w.Canvas().Capture())
}
