package designer_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/template"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
)

var size = fyne.NewSize(1200, 1030)

func TestScreenPicture(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	p.Edit("gain")
	kittest.LooksLike(t, "designer.png", w.Canvas().Capture())
}

func TestTemplatesOfCairnAreShown(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	p.Open(t.Context(), "retrospective")
	if !kittest.Says(w.Content(), "Comes with Cairn") || !kittest.Says(w.Content(), "Make it our own") {
		t.Error("the page does not say what can be done with it")
	}
	for _, e := range kittest.Find[*kit.Entry](w.Content()) {
		if e.Visible() && e.Text == "Retrospective" {
			t.Error("its name can be typed into")
		}
	}
}

// TestAQuestionIsAddedByKeyboard types it on the line at the end of a section,
// and its label where it opens.
func TestAQuestionIsAddedByKeyboard(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	var line *kit.Entry
	for _, e := range kittest.Find[*kit.Entry](w.Content()) {
		if e.PlaceHolder == "Ask what you want to know" {
			line = e
			break
		}
	}
	w.Canvas().Focus(line)
	test.Type(line, "What did we miss?")
	line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := outline(p.State.Get().Draft); got != "Hypothesis: We expect that…, Because…, What did we miss? | Measure: Smallest gain that is worth it, Kinds of model" {
		t.Fatalf("added: %s", got)
	}
	e := kittest.EntryWith(t, w.Content(), "What did we miss?")
	e.SetText("What was missing?")
	if f, _ := p.State.Get().Draft.Field(p.State.Get().Field); f.Label != "What was missing?" {
		t.Errorf("relabelled: %+v", f)
	}
	if !kittest.Says(w.Content(), "What was missing?") {
		t.Error("the preview does not follow")
	}
}

func TestButtonsMoveAndTakeOut(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	buttons := kittest.Find[*kit.Button](w.Content())
	icons := 0
	for _, b := range buttons {
		if b.Words() == "" {
			icons++
		}
	}
	if icons < 3*6 {
		t.Fatalf("%d buttons with icons, want three for each of 2 sections and 4 fields", icons)
	}
	p.Edit("because")
	test.Tap(kittest.Button(t, w.Content(), "Add a section"))
	if n := len(p.State.Get().Draft.Sections); n != 2 {
		t.Errorf("a section without a title was added: %d", n)
	}
}

// TestVersionsAndPublishing draws what is new before and after it is published.
func TestVersionsAndPublishing(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	for _, s := range kittest.Find[*kit.Segments](w.Content()) {
		s.Pick(1)
	}
	if !kittest.Says(w.Content(), "Not published yet") || !kittest.Says(w.Content(), "The first.") {
		t.Error("the versions don't say what is new")
	}
	kittest.Button(t, w.Content(), "Publish").Tap()
	sheet := w.Canvas().Overlays().Top()
	if sheet == nil || !kittest.Says(sheet, "Publish version 2") {
		t.Fatal("there is no sheet for the note")
	}
	kittest.LooksLike(t, "designer-publish.png", w.Canvas().Capture())
	p.Change("gain", func(f *template.Field) { f.Label = "" })
	if !kittest.Says(w.Content(), "1 thing before it can be published") {
		t.Error("the head does not say what keeps it from being published")
	}
}

func TestANameInConflictShows(t *testing.T) {
	d := drawn()
	d.all[0].Conflicts = []edit.Version{{Text: "Our brief", By: "Ada", At: now}, {Text: "Brief", By: "Ben", At: now}}
	_, w := shown(t, d, light(), size)
	for _, press := range kittest.Find[*kit.Plain](w.Content()) {
		if kittest.Says(press, "Named differently in two places: choose") {
			test.Tap(press)
		}
	}
	if sheet := w.Canvas().Overlays().Top(); sheet == nil || !kittest.Says(sheet, "Ben, 2 h ago") {
		t.Error("the sheet does not show Ben's name")
	}
}

func TestWhoMayNotWriteReads(t *testing.T) {
	d := drawn()
	d.all[0].ReadOnly = true
	_, w := shown(t, d, light(), size)
	if kittest.Says(w.Content(), "Add a question") || !kittest.Says(w.Content(), "We expect that…") {
		t.Error("the template can be changed, or does not show")
	}
}

func TestNoTemplatesAtAll(t *testing.T) {
	_, w := shown(t, &desk{trashed: map[string]bool{}}, light(), size)
	if !kittest.Says(w.Content(), "0 in all") {
		t.Error("the list does not say that it is empty")
	}
}
