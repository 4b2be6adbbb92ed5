package requirements_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/requirements"
	"cairn/ui/saving"
)

// BenchmarkKeystroke types into a project with 1,000 requirements: what keeps the
// window from anything else, until all of it shows.
func BenchmarkKeystroke(b *testing.B) {
	loop := kittest.NewLoop(b, kittest.Light())
	s := &store{}
	for i := range 1000 {
		s.stored = append(s.stored, edit.Document{ID: fmt.Sprint("r", i), Fields: map[string]string{
			"title": fmt.Sprintf("Requirement %d", i), "metric": "recall", "comparison": ">=", "threshold": "80", "unit": "%", "owner": "p", "notes": "Asked by finance.",
		}})
	}
	p := requirements.NewPresenter("project", s, &saving.Line{}, nil)
	p.Load(b.Context())
	var crew kit.Crew
	screen := requirements.NewScreen(b.Context(), p, &crew, kittest.Toasts(b), kit.Head{}, nil, time.Now)
	w := test.NewTempWindow(b, screen.Object())
	w.Resize(fyne.NewSize(1200, 820))
	entry := kittest.EntryWith(b, w.Content(), "Requirement 0")
	w.Canvas().Focus(entry)
	busy, keys := time.Duration(0), 0
	for b.Loop() {
		keys++
		begun := time.Now()
		entry.TypedRune(rune('a' + keys%26))
		busy += time.Since(begun) + loop.Settle(&crew)
	}
	b.ReportMetric(float64(busy.Microseconds())/1000/float64(keys), "ui-ms/key")
	screen.Close()
	loop.Settle(&crew)
}
