package metrics_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/metrics"
	"cairn/ui/theme"
)

// gone is where a press on a link led.
type gone struct{ kind, id string }

func open(t *testing.T, p *metrics.Presenter) (fyne.Window, *gone, *kit.Crew) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	crew, to := kittest.Still(), &gone{}
	s := metrics.NewScreen(t.Context(), p, crew, kittest.Toasts(t), kit.Head{}, func(kind, id string) { *to = gone{kind, id} }, func() time.Time { return now })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1040, 740))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return w, to, crew
}

func TestPressingAMetricOpensIt(t *testing.T) {
	p, _, _ := loaded(t, filled())
	w, to, _ := open(t, p)
	if len(kittest.Find[*kit.Entry](w.Content())) > 0 {
		t.Error("a metric is open before anybody presses one")
	}
	tiles := kittest.Find[*kit.Tile](w.Content())
	test.Tap(tiles[1])
	if entry := kittest.EntryWith(t, w.Content(), "Precision"); !tiles[1].Chosen() || entry == nil {
		t.Error("the metric is not shown as the chosen one")
	}
	test.Tap(kittest.Find[*kit.Plain](tiles[0])[2])
	if *to != (gone{metrics.KindModel, "v1"}) {
		t.Errorf("the link leads to %+v", *to)
	}
	p.Shut()
	if len(kittest.Find[*kit.Entry](w.Content())) > 0 {
		t.Error("the metric is still open")
	}
}

func TestAddPutsTheCursorIntoTheName(t *testing.T) {
	store := filled()
	p, _, _ := loaded(t, store)
	w, _, _ := open(t, p)
	var add []*kit.Button
	for _, b := range kittest.Find[*kit.Button](w.Content()) {
		if b.Words() == "Add metric" {
			add = append(add, b)
		}
	}
	test.Tap(add[1])
	name, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("focused: %T, want an entry", w.Canvas().Focused())
	}
	test.Type(name, "Complaints")
	p.Save(t.Context())
	if got := store.metrics[len(store.metrics)-1].Fields; got["name"] != "Complaints" || got["column"] != metrics.Expert {
		t.Errorf("stored: %v", got)
	}
}

// TestTheKeyboardMovesAMetric walks with the arrows and moves by the menu.
func TestTheKeyboardMovesAMetric(t *testing.T) {
	store := filled()
	p, _, _ := loaded(t, store)
	w, _, crew := open(t, p)
	tiles := kittest.Find[*kit.Tile](w.Content())
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	tiles[0].Focus()
	press(fyne.KeyRight, fyne.KeyDown)
	if w.Canvas().Focused() != fyne.Focusable(tiles[3]) {
		t.Fatal("the arrows do not lead to the second metric of the expert")
	}
	press(fyne.KeyM, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	crew.Wait()
	if got := store.metrics[3].Fields["column"]; got != metrics.Business {
		t.Errorf("the metric is in the column %q", got)
	}
	if w.Canvas().Focused() != fyne.Focusable(tiles[3]) {
		t.Errorf("the metric that moved lost the focus to %T", w.Canvas().Focused())
	}
}

// TestWhatMayNotBeChangedStays presses the keys that change a metric on one that
// this person may only read.
func TestWhatMayNotBeChangedStays(t *testing.T) {
	store := filled()
	store.metrics[0].ReadOnly = true
	store.metrics[1].Conflicts = map[string][]edit.Version{"name": {{Text: "Precision"}, {Text: "Hit rate"}}}
	p, _, _ := loaded(t, store)
	p.Select("m1")
	w, _, crew := open(t, p)
	tiles := kittest.Find[*kit.Tile](w.Content())
	tiles[0].Focus()
	for _, key := range []fyne.KeyName{fyne.KeyDelete, fyne.KeyM} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if menu := w.Canvas().Overlays().Top(); kittest.Says(menu, "Business stakeholder") || !kittest.Says(menu, "Show details") {
		t.Error("the menu offers to move what may not be changed")
	}
	crew.Wait()
	if len(store.trashed) > 0 || !kittest.EntryWith(t, w.Content(), "Recall").Disabled() {
		t.Error("the metric can be changed")
	}
	if !kittest.Says(tiles[1], "People wrote it differently.") {
		t.Error("the card does not say that its name is disputed")
	}
	w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	tiles[0].Focus()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.Around.Get().Open {
		t.Error("Escape does not put the metric away")
	}
}

func TestRequirementsArePicked(t *testing.T) {
	store := filled()
	p, _, _ := loaded(t, store)
	p.Select("m1")
	w, _, _ := open(t, p)
	picks := kittest.Find[*kit.Picks](w.Content())[0]
	picks.Put("r3", true)
	picks.Put("r1", false)
	p.Save(t.Context())
	if got := store.metrics[0].Fields["requirements"]; got != `["r3"]` {
		t.Errorf("stored %s", got)
	}
}

func TestManyMetricsAreShownAFewAtATime(t *testing.T) {
	store := filled()
	for i := range 1000 {
		store.metrics = append(store.metrics, edit.Document{ID: fmt.Sprint("x", i), Fields: map[string]string{"name": strings.Repeat("very long ", 100), "column": metrics.Expert}})
	}
	p, _, _ := loaded(t, store)
	w, _, _ := open(t, p)
	before := len(kittest.Find[*kit.Tile](w.Content()))
	test.Tap(kittest.Button(t, w.Content(), "Show more of 1002"))
	if after := len(kittest.Find[*kit.Tile](w.Content())); before != 44 || after != 84 {
		t.Errorf("%d cards, then %d, want 44 and 84", before, after)
	}
}

func TestEmptyBoardOffersWhatTheProjectNames(t *testing.T) {
	store := agreed()
	p, _, _ := loaded(t, store)
	w, _, crew := open(t, p)
	test.Tap(kittest.Button(t, w.Content(), "Add these 5 metrics"))
	crew.Wait()
	if len(store.metrics) != 5 {
		t.Errorf("%d metrics were made, want 5", len(store.metrics))
	}
	kittest.Button(t, w.Content(), "Add metric")

	p, _, _ = loaded(t, &wall{trashed: map[string]bool{}})
	w, _, _ = open(t, p)
	kittest.Button(t, w.Content(), "Add the first metric")
}

func TestScreenPicture(t *testing.T) {
	p, _, _ := loaded(t, filled())
	w, _, _ := open(t, p)
	kittest.LooksLike(t, "metrics.png", w.Canvas().Capture())
	p.Select("m1")
	kittest.LooksLike(t, "metrics-open.png", w.Canvas().Capture())
}

func TestEmptyPicture(t *testing.T) {
	p, _, _ := loaded(t, agreed())
	w, _, _ := open(t, p)
	kittest.LooksLike(t, "metrics-empty.png", w.Canvas().Capture())
}
