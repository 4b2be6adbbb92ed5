package designer_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/template"
	"cairn/ui/designer"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
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

// TestPreviewWhereThereIsLittleRoom shows a template or what stands beside it.
func TestPreviewWhereThereIsLittleRoom(t *testing.T) {
	_, w := shown(t, drawn(), light(), fyne.NewSize(870, 640))
	named := func() bool { return kittest.Says(w.Content(), "Purpose") }
	segments := kittest.Find[*kit.Segments](w.Content())
	if len(segments) != 1 || !named() {
		t.Fatalf("%d rows of segments, the template is shown: %v", len(segments), named())
	}
	segments[0].Pick(1)
	if named() {
		t.Error("the template is below its preview")
	}
	segments[0].Pick(2)
	if !kittest.Says(w.Content(), "Version 1") || named() {
		t.Error("the versions are not shown")
	}
	w.Resize(size)
	if !named() || !kittest.Says(w.Content(), "Version 1") {
		t.Error("where there is room for both, one of them is missing")
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
	if again, ok := w.Canvas().Focused().(*kit.Entry); !ok || again.PlaceHolder != "Ask what you want to know" {
		t.Error("the next question can't be typed at once")
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

// TestFieldsMoveByKeyboard presses one button again and again.
func TestFieldsMoveByKeyboard(t *testing.T) {
	p, w := shown(t, drawn(), light(), size)
	const down = 4 // after the three buttons of the section and the first of its first field
	w.Canvas().Focus(kittest.Find[*kit.Button](kittest.Find[*kit.Tip](w.Content())[down])[0])
	for range 2 {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if got, want := outline(p.State.Get().Draft), "Hypothesis: Because… | Measure: We expect that…, Smallest gain that is worth it, Kinds of model"; got != want {
		t.Errorf("moved twice: %s, want %s", got, want)
	}
}

// BenchmarkKeystroke types into a template with as many fields as Cairn's own have.
func BenchmarkKeystroke(b *testing.B) {
	d := drawn()
	d.all[0].Design = large()
	test.NewTempApp(b).Settings().SetTheme(light())
	p := designer.NewPresenter(d, &saving.Line{}, nil, suffix())
	p.Load(b.Context())
	crew := kit.Crew{Postponed: true}
	s := designer.NewScreen(b.Context(), p, &crew, kittest.Toasts(b), kit.Head{}, time.Now)
	w := test.NewTempWindow(b, s.Object())
	w.Resize(size)
	p.Edit("f3")
	n := 0
	for b.Loop() {
		n++
		p.Change("f3", func(f *template.Field) { f.Label = fmt.Sprint("Question ", n) })
	}
	s.Close()
	crew.Wait()
}

// large returns a template of 20 fields.
func large() template.Template {
	t := template.Template{Name: "Large"}
	for i := range 4 {
		s := template.Section{Key: fmt.Sprint("s", i), Title: fmt.Sprint("Section ", i)}
		for j := range 5 {
			s.Fields = append(s.Fields, template.Field{Key: fmt.Sprint("f", i*5+j), Label: fmt.Sprint("Question ", j), Kind: template.Kinds[j], Choices: map[bool][]string{true: {"a", "b"}}[template.Kinds[j].Chosen()]})
		}
		t.Sections = append(t.Sections, s)
	}
	return t
}
