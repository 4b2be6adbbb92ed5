package charter_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/charter"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/theme"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// desk is a source in memory with at most one charter.
type desk struct{ docs []edit.Document }

func (d *desk) Documents(context.Context, string, string) ([]edit.Document, error) {
	out := make([]edit.Document, len(d.docs))
	for i, x := range d.docs {
		x.Fields = maps.Clone(x.Fields)
		out[i] = x
	}
	return out, nil
}

func (d *desk) Create(_ context.Context, _, _ string, fields map[string]string) (string, error) {
	d.docs = append(d.docs, edit.Document{ID: "c", Fields: fields, By: "Ada", At: now})
	return "c", nil
}

func (d *desk) Change(_ context.Context, _ string, fields, _ map[string]string) error {
	maps.Copy(d.docs[0].Fields, fields)
	return nil
}

func (d *desk) Trash(context.Context, string, bool) error { return nil }

func (d *desk) Resolve(_ context.Context, _, field string, choice int, _ string) error {
	d.docs[0].Fields[field] = d.docs[0].Conflicts[field][choice-1].Text
	d.docs[0].Conflicts = nil
	return nil
}

func open(t *testing.T, d *desk) (*charter.Presenter, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	p := charter.NewPresenter("p", d, &saving.Line{}, nil)
	p.Load(t.Context())
	crew := kit.Crew{Postponed: true}
	s := charter.NewScreen(t.Context(), p, &crew, kit.Head{}, func() time.Time { return now.Add(2 * time.Hour) })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1030, 760))
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return p, w
}

func written() *desk {
	return &desk{docs: []edit.Document{{ID: "c", By: "Minji Kim", At: now, Fields: map[string]string{
		"problem": "Every month 1,000 of 100,000 customers cancel, and we learn of it when they are gone.",
		"users":   `["Retention team","Call centre"]`, "needs_ml": "yes",
	}}}}
}

func TestACharterBeginsByTyping(t *testing.T) {
	d := &desk{}
	p, w := open(t, d)
	entries := kittest.Find[*kit.Entry](w.Content())
	w.Canvas().Focus(entries[0])
	test.Type(entries[0], "They leave.")
	p.Save(t.Context())
	if len(d.docs) != 1 || d.docs[0].Fields["problem"] != "They leave." {
		t.Errorf("stored %+v", d.docs)
	}
	if !kittest.Says(w.Content(), "1 of 6 answered") {
		t.Error("the page does not count the answer")
	}
}

func TestADisputedVerdictIsSettled(t *testing.T) {
	d := written()
	d.docs[0].Conflicts = map[string][]edit.Version{"viability": {{Text: "viable", By: "Ada", At: now}, {Text: "not viable", By: "Ben", At: now}}}
	p, w := open(t, d)
	if !kittest.Says(w.Content(), "2 versions") {
		t.Fatal("the page does not say that the verdict is disputed")
	}
	for _, press := range kittest.Find[*kit.Plain](w.Content()) {
		if kittest.Says(press, "2 versions") {
			test.Tap(press)
		}
	}
	sheet := w.Canvas().Overlays().Top()
	if !kittest.Says(sheet, "Not viable") || !kittest.Says(sheet, "Ben, 2 h ago") {
		t.Error("the sheet does not show Ben's version")
	}
	kittest.LooksLike(t, "charter-decide.png", w.Canvas().Capture())
	p.Resolve(t.Context(), "c", "viability", 2, "")
	if d.docs[0].Fields["viability"] != "not viable" || kittest.Says(w.Content(), "2 versions") {
		t.Error("the verdict is still disputed")
	}
}

func TestScreenPicture(t *testing.T) {
	_, w := open(t, written())
	kittest.LooksLike(t, "charter.png", w.Canvas().Capture())
}
