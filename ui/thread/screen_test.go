package thread_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
	"cairn/ui/thread"
)

// gone is where a press on a link led.
type gone struct{ kind, id string }

func open(t *testing.T, p *thread.Presenter) (fyne.Window, *gone) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	crew, to := kittest.Still(), &gone{}
	s := thread.NewScreen(t.Context(), p, crew, kit.Head{}, func(kind, id string) { *to = gone{kind, id} })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1040, 740))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return w, to
}

func TestALinkLeadsToItsPage(t *testing.T) {
	p := loaded(t, churn(t))
	w, to := open(t, p)
	links := kittest.Find[*kit.Plain](w.Content())
	press := func(i int, want gone) {
		t.Helper()
		test.Tap(links[i])
		if *to != want {
			t.Errorf("link %d leads to %+v, want %+v", i, *to, want)
		}
	}
	press(0, gone{thread.KindRequirement, ""})
	press(1, gone{thread.KindMetric, ""})
	press(3, gone{thread.KindRequirement, name(1).String()})
	press(5, gone{thread.KindModel, name(20).String()})

	test.Tap(links[4])
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if *to != (gone{thread.KindMetric, name(12).String()}) {
		t.Errorf("the second key metric leads to %+v", *to)
	}
}

func TestEmptyThreadOffersOneThingToDo(t *testing.T) {
	w, to := open(t, loaded(t, &spool{}))
	test.Tap(kittest.Button(t, w.Content(), "Write the first requirement"))
	if *to != (gone{thread.KindRequirement, ""}) {
		t.Errorf("it leads to %+v", *to)
	}
}

func TestManyThreadsAreShownAFewAtATime(t *testing.T) {
	s := churn(t)
	for range 1000 {
		s.strands = append(s.strands, s.strands[3])
	}
	w, _ := open(t, loaded(t, s))
	before := len(kittest.Find[*kit.Plain](w.Content()))
	test.Tap(kittest.Button(t, w.Content(), "Show more of 1004"))
	if after := len(kittest.Find[*kit.Plain](w.Content())); before != 3*41 || after != 3*81 {
		t.Errorf("%d links, then %d, want 123 and 243", before, after)
	}
}

// TestAStripWraps shows a strip where it has little room.
func TestAStripWraps(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	s := thread.NewStrip(func(string, string) {})
	row := loaded(t, churn(t)).State.Get().Rows[0]
	if !s.Draw(row) || s.Draw(row) {
		t.Error("a strip is drawn anew though nothing has changed, or is not drawn")
	}
	w := test.NewTempWindow(t, container.NewStack(s.Object()))
	high := func(width float32) float32 {
		w.Resize(fyne.NewSize(width, 400))
		s.Object().Resize(fyne.NewSize(width, 400))
		return s.Object().MinSize().Height
	}
	if wide, narrow := high(900), high(250); narrow < 2.5*wide {
		t.Errorf("%v high where it is wide and %v where it is narrow", wide, narrow)
	}
}

func TestScreenPicture(t *testing.T) {
	w, _ := open(t, loaded(t, churn(t)))
	kittest.LooksLike(t, "thread.png", w.Canvas().Capture())
}
