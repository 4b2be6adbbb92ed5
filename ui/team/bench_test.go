package team_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
)

// BenchmarkArriving receives changes in a team of twelve with thirty laptops: what
// keeps the window from anything else, until how many are left shows.
func BenchmarkArriving(b *testing.B) {
	loop := kittest.NewLoop(b, kittest.Light())
	d := teamtest.Twelve("en")
	p := team.NewPresenter(d, d.Deeds(), teamtest.Now)
	p.Load(b.Context())
	var crew kit.Crew
	screen := team.NewScreen(b.Context(), p, &crew, kittest.Toasts(b), kit.Head{})
	w := test.NewTempWindow(b, screen.Object())
	w.Resize(fyne.NewSize(1032, 748))
	busy, told := time.Duration(0), 0
	for b.Loop() {
		told++
		d.Members[1].Laptops = []team.Laptop{with(d.Members[1].Laptops[0], func(l *team.Laptop) { l.Behind = uint64(1000 + told%1000) })}
		p.Load(b.Context())
		busy += loop.Settle(&crew)
	}
	b.ReportMetric(float64(busy.Microseconds())/1000/float64(told), "ui-ms/change")
	screen.Close()
	loop.Settle(&crew)
}
