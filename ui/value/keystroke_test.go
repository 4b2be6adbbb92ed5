package value_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	corevalue "cairn/core/value"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/value"
)

// BenchmarkKeystroke types into a number of the page, and measures how long the
// UI goroutine is busy with it until nothing more happens: the key, what follows
// at once, what the simulation brings, and the pixels of charts. What is done
// beside it is not counted.
func BenchmarkKeystroke(b *testing.B) {
	b.Run("template", func(b *testing.B) { benchmarkKeystroke(b, func(*corevalue.Model) {}) })
	b.Run("forty_variables", func(b *testing.B) { benchmarkKeystroke(b, enlarge) })
}

// enlarge makes a model as large as anybody may still overlook: forty variables,
// all of them used, and ten scenarios.
func enlarge(m *corevalue.Model) {
	for i := range 34 {
		name := fmt.Sprintf("share_%d", i)
		low, mode, high := 0.8, 0.9, 1.0
		m.Variables = append(m.Variables, corevalue.Variable{
			Name: name, Unit: "%", Label: fmt.Sprintf("Share number %d of those who stay", i), Why: "an assumption",
			Quantity: corevalue.Quantity{Low: &low, Mode: &mode, High: &high, Distribution: corevalue.PERT},
		})
		m.Formula += " * " + name
	}
	for i := range 7 {
		m.Scenarios = append(m.Scenarios, corevalue.Scenario{Name: fmt.Sprintf("Case %d", i), Set: map[string]string{"share_1": "0.7", "accuracy": "0.5"}})
	}
}

func benchmarkKeystroke(b *testing.B, change func(*corevalue.Model)) {
	loop := kittest.NewLoop(b, kittest.Light())
	stored := &store{}
	p := value.NewPresenter("project", stored, &saving.Line{}, nil, func() time.Time { return now })
	p.Load(b.Context())
	p.Begin(b.Context(), "churn")
	change(&stored.document.Model)
	p.Load(b.Context())
	var crew kit.Crew
	s := value.NewScreen(b.Context(), p, &crew, kittest.Toasts(b), kit.Head{})
	w := test.NewTempWindow(b, s.Object())
	w.Resize(fyne.NewSize(1440, 900))
	entry := kittest.EntryWith(b, w.Content(), "1,000")
	w.Canvas().Focus(entry)
	entry.Put("1000")
	rasters := kittest.Find[*canvas.Raster](w.Content())
	paint := func() {
		for _, r := range rasters {
			r.Generator(int(r.Size().Width), int(r.Size().Height))
		}
	}
	paint()
	busy, keys := time.Duration(0), 0
	for b.Loop() {
		keys++
		entry.Put(fmt.Sprintf("1%03d.", keys%250)) // so that each key gives numbers never seen
		begun := time.Now()
		entry.TypedRune(rune('1' + keys%9))
		paint()
		busy += time.Since(begun) + loop.Settle(&crew)
		begun = time.Now()
		paint()
		busy += time.Since(begun)
	}
	b.ReportMetric(float64(busy.Microseconds())/1000/float64(keys), "ui-ms/key")
	s.Close()
	loop.Settle(&crew)
}
