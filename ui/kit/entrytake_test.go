package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/theme"
)

// TestWordsArriveUnderTheCursor has a teammate's words come into a text that a
// person is typing in: the next key goes where the cursor was.
func TestWordsArriveUnderTheCursor(t *testing.T) {
	long := strings.Repeat("a line that wraps because it is long ", 8)
	for name, c := range map[string]struct{ typed, arrives, want string }{
		"before":           {"March", "In March", "In March!"},
		"after":            {"March", "March, twice", "March!, twice"},
		"on a line before": {"one\ntwo", "zero\none\ntwo", "zero\none\ntwo!"},
		"wrapped":          {long, "First. " + long, "First. " + long + "!"},
		"much":             {"b", strings.Repeat("line\n", 200) + "b", strings.Repeat("line\n", 200) + "b!"},
		"Korean":           {"떠납니다", "고객이 떠납니다", "고객이 떠납니다!"},
	} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
			type edit struct{ before, after string }
			var last edit
			e := kit.NewTextArea("", nil)
			e.OnEdit = func(before, after string) { last = edit{before, after} }
			w := test.NewTempWindow(t, e.Object())
			w.Resize(fyne.NewSize(300, 200))
			w.Canvas().Focus(e)
			test.Type(e, c.typed)
			last = edit{}
			e.Take(c.arrives)
			if last != (edit{}) {
				t.Errorf("what arrives is taken for what was typed: %+v", last)
			}
			e.TypedRune('!')
			if e.Text != c.want || last != (edit{c.arrives, c.want}) {
				t.Errorf("text %q, edit %+v; want %q", e.Text, last, c.want)
			}
		})
	}
}

// TestTypingGoesOnWhereALineWraps types more than fits in a line.
func TestTypingGoesOnWhereALineWraps(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	e := kit.NewTextArea("", nil)
	w := test.NewTempWindow(t, e.Object())
	w.Canvas().Focus(e)
	for _, width := range []float32{180, 240, 300} {
		w.Resize(fyne.NewSize(width, 200))
		for _, long := range []string{strings.Repeat("a line that wraps because it is long ", 8), strings.Repeat("고객이 매달 떠나는 이유를 적습니다 ", 8)} {
			e.Put("")
			test.Type(e, long)
			if e.Text != long {
				t.Errorf("at width %v %q became %q", width, long, e.Text)
			}
			for range 30 {
				e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
			if runes := []rune(long); e.Text != string(runes[:len(runes)-30]) {
				t.Errorf("at width %v 30 presses of Backspace leave %q", width, e.Text)
			}
		}
	}
}

func TestAFieldGrowsWithItsText(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	e := kit.NewTextArea("", nil)
	grown := 0
	e.Grow(2, 6, func() { grown++ })
	w := test.NewTempWindow(t, container.NewVBox(e.Object()))
	w.Resize(fyne.NewSize(300, 400))
	w.Canvas().Focus(e)
	two := e.MinSize().Height
	test.Type(e, "one\ntwo\nthree\nfour")
	four := e.MinSize().Height
	if four <= two || grown != 2 {
		t.Errorf("height %v with two lines, %v with four, grown %d times", two, four, grown)
	}
	e.Put(strings.Repeat("line\n", 100))
	if six := e.MinSize().Height; six <= four || six > 3*two+1 {
		t.Errorf("height %v with a hundred lines, want that of six", six)
	}
	e.Put("")
	if got := e.MinSize().Height; got != two {
		t.Errorf("height %v with none, want %v", got, two)
	}
}
