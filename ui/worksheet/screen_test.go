package worksheet_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/template"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/worksheet"
)

var size = fyne.NewSize(1040, 1000)

func TestScreenPicture(t *testing.T) {
	_, w := shown(t, written(), light(), size)
	kittest.LooksLike(t, "worksheet.png", w.Canvas().Capture())
}

func TestTypingIsStored(t *testing.T) {
	d := written()
	p, w := shown(t, d, light(), size)
	e := kittest.EntryWith(t, w.Content(), "5 %")
	w.Canvas().Focus(e)
	e.SetText("8")
	for _, toggle := range kittest.Find[*kit.Toggle](w.Content()) {
		if kittest.Says(toggle, "neural network") {
			test.Tap(toggle)
		}
	}
	p.State.Get().Editor.Save(t.Context())
	if got := stored(d, "w1", "gain"); got != "8%" {
		t.Errorf("gain is stored as %q", got)
	}
	if got := stored(d, "w1", "models"); got != "logistic regression\nboosted trees\nneural network" {
		t.Errorf("models are stored as %q", got)
	}
}

// TestANewVersionAndAConflictShow draws what a person has to decide about.
func TestANewVersionAndAConflictShow(t *testing.T) {
	d := written()
	s := d.sheet("w1")
	s.Sections = s.Sections[1:]
	s.Sections[0].Fields = s.Sections[0].Fields[:4]
	s.Sections[0].Fields[0].Conflicts = []edit.Version{{Text: "5%", By: "Ada Park", At: now}, {Text: "8%", By: "Ben Okafor", At: now}}
	var before, after template.Template
	before.Sections = []template.Section{{Key: "m", Title: "Measure", Fields: []template.Field{{Key: "g", Label: "Gain"}}}}
	after.Sections = []template.Section{{Key: "m", Title: "Measure", Fields: []template.Field{{Key: "g", Label: "Smallest gain that counts"}, {Key: "r", Label: "Requirement that it serves"}}}}
	s.Newest, s.Changes = 2, template.Diff(before, after)
	s.LeftOver = []worksheet.Answer{answer(template.Field{Key: "old", Label: "Deadline", Kind: template.Line}, "end of March")}
	_, w := shown(t, d, light(), fyne.NewSize(1040, 760))
	if !kittest.Says(w.Content(), "2 versions") || !kittest.Says(w.Content(), "Version 2 of the template is out") || !kittest.Says(w.Content(), "end of March") {
		t.Error("the page does not say all there is to decide")
	}
	kittest.LooksLike(t, "worksheet-newer.png", w.Canvas().Capture())
}

func TestAWorksheetIsBegun(t *testing.T) {
	d := written()
	_, w := shown(t, d, light(), size)
	kittest.Button(t, w.Content(), "Begin a worksheet").Tap()
	sheet := w.Canvas().Overlays().Top()
	if !kittest.Says(sheet, "Retrospective") || !kittest.Says(sheet, "The team's · 4 fields") {
		t.Fatal("the sheet does not list the templates")
	}
	kittest.LooksLike(t, "worksheet-begin.png", w.Canvas().Capture())
}

func TestAPageWithoutWorksheetsSaysWhatTheyAre(t *testing.T) {
	d := written()
	d.trashed["w1"], d.trashed["w2"] = true, true
	_, w := shown(t, d, light(), size)
	if !kittest.Says(w.Content(), "No worksheets yet") {
		t.Error("the empty page does not say so")
	}
}

// TestWhoMayNotWriteReads locks every field.
func TestWhoMayNotWriteReads(t *testing.T) {
	d := written()
	d.sheet("w1").ReadOnly = true
	_, w := shown(t, d, light(), size)
	for _, e := range kittest.Find[*kit.Entry](w.Content()) {
		if !e.Disabled() {
			t.Errorf("%q can be typed into", e.Text)
		}
	}
	for _, toggle := range kittest.Find[*kit.Toggle](w.Content()) {
		test.Tap(toggle)
	}
	if got := stored(d, "w1", "models"); got != "logistic regression\nboosted trees" {
		t.Errorf("models became %q", got)
	}
}

// TestWhatHasNotArrivedIsSaid shows a worksheet whose template is not here.
func TestWhatHasNotArrivedIsSaid(t *testing.T) {
	d := written()
	s := d.sheet("w1")
	s.Version, s.Newest, s.Sections = 0, 0, nil
	_, w := shown(t, d, light(), size)
	if !kittest.Says(w.Content(), "The template of this worksheet has not arrived here yet. It comes with the next sync.") {
		t.Error("the page does not say what it waits for")
	}
}

// BenchmarkKeystroke types into a worksheet with as many fields as those of
// Cairn's templates.
func BenchmarkKeystroke(b *testing.B) {
	d := written()
	s := d.sheet("w1")
	for i := range 3 {
		section := worksheet.Section{Title: fmt.Sprint("Section ", i)}
		for j := range 5 {
			section.Fields = append(section.Fields, answer(template.Field{Key: fmt.Sprint("f", i, j), Label: fmt.Sprint("Question ", j), Kind: template.Kinds[j], Choices: []string{"a", "b"}}, ""))
		}
		s.Sections = append(s.Sections, section)
	}
	test.NewTempApp(b).Settings().SetTheme(light())
	p := worksheet.NewPresenter("p", d, &saving.Line{}, nil)
	p.Load(b.Context())
	crew := kit.Crew{Postponed: true}
	screen := worksheet.NewScreen(b.Context(), p, &crew, kittest.Toasts(b), kit.Head{}, time.Now)
	w := test.NewTempWindow(b, screen.Object())
	w.Resize(size)
	n := 0
	for b.Loop() {
		n++
		p.State.Get().Editor.Type("w1", "gain", fmt.Sprint(n))
	}
	screen.Close()
	crew.Wait()
}
