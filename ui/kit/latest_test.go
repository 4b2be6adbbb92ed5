package kit_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"cairn/ui/chart"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
)

func TestLatestLeavesOutWhatIsOld(t *testing.T) {
	loop := kittest.NewLoop(t, kittest.Light())
	var crew kit.Crew
	latest := kit.NewLatest(&crew)
	gate := make(chan struct{})
	var worked, done []int
	do := func(i int) {
		latest.Do(func() { <-gate; worked = append(worked, i) }, func() { done = append(done, i) })
	}
	do(1)
	do(2)
	do(3)
	close(gate)
	loop.Settle(&crew)
	do(4)
	loop.Settle(&crew)
	for _, got := range [][]int{worked, done} {
		if len(got) != 3 || got[0] != 1 || got[1] != 3 || got[2] != 4 {
			t.Errorf("did %v, want 1, 3 and 4: 2 is old by the time it could be done", got)
		}
	}
}

func TestDrewTellsPiecesApart(t *testing.T) {
	type piece struct{ names []string }
	var d kit.Drew[piece]
	for _, tt := range []struct {
		name string
		of   piece
		want bool
	}{
		{"the first, though it is empty", piece{}, true},
		{"the same", piece{}, false},
		{"another", piece{[]string{"a"}}, true},
		{"an equal one", piece{[]string{"a"}}, false},
		{"the first again", piece{}, true},
	} {
		if got := d.Anew(tt.of); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// TestPlotKeepsItsPictureUntilTheNextIsDrawn holds that the UI goroutine draws a
// chart only when there is nothing else to show.
func TestPlotKeepsItsPictureUntilTheNextIsDrawn(t *testing.T) {
	loop := kittest.NewLoop(t, kittest.Light())
	var crew kit.Crew
	p := kit.NewPlot(fyne.NewSize(100, 80), &crew)
	test.NewTempWindow(t, p).Resize(fyne.NewSize(200, 160))
	raster := kittest.Find[*canvas.Raster](p)[0]
	pixels := func() image.Image { return raster.Generator(200, 160) }
	of := func(counts ...int) chart.Histogram {
		return chart.Histogram{Low: 0, High: 1, Counts: counts, Format: func(float64) string { return "" }}
	}
	p.Draw(of(1, 2))
	first := pixels()
	if pixels() != first {
		t.Error("it is drawn again though nothing has changed")
	}
	p.Draw(of(2, 1))
	if pixels() != first {
		t.Error("the next is drawn while it is painted")
	}
	loop.Settle(&crew)
	if pixels() == first {
		t.Error("the next never comes")
	}
	if small := raster.Generator(100, 80); small.Bounds().Dx() != 100 {
		t.Errorf("a smaller window shows %v", small.Bounds())
	}
}

func TestSettleLaysOutWhatHasGrown(t *testing.T) {
	kittest.NewLoop(t, kittest.Light())
	text, after := kit.NewText("a", 13, theme.Text), kit.NewText("b", 13, theme.Text)
	row := kit.HStack(4, text, after)
	row.Resize(fyne.NewSize(300, 20))
	at := after.Position().X
	text.Set("a much longer text")
	if after.Position().X != at {
		t.Fatal("a text lays out its neighbours")
	}
	kit.Settle(row)
	if after.Position().X <= at {
		t.Errorf("the next stands at %v, over the longer text", after.Position().X)
	}
}
