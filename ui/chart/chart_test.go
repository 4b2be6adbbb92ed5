package chart_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"
	"testing"

	"cairn/ui/chart"
)

var style = chart.Style{
	Ground: color.White, Grid: color.Gray{200}, Ink: color.Black, Quiet: color.Gray{100},
	Series: color.RGBA{0, 114, 178, 255}, Faint: color.RGBA{170, 200, 220, 255}, Against: color.RGBA{213, 94, 0, 255},
}

func format(x float64) string { return "$" + strconv.FormatFloat(x, 'f', -1, 64) }

func histogram() chart.Histogram {
	return chart.Histogram{
		Low: 0, High: 10, Counts: []int{1, 4, 9, 4, 1}, From: 2, To: 8, Format: format,
		Marks: []chart.Mark{{2, "P10", "$2"}, {5, "P50", "$5"}, {8, "P90", "$8"}},
	}
}

func tornado() chart.Tornado {
	return chart.Tornado{Expected: 5, Format: format, Bars: []chart.Bar{{"Accuracy", "60 % – 90 %", 2, 9}, {"Price", "7 – 9", 6, 4}}}
}

func curve() chart.Curve {
	return chart.Curve{
		X: []float64{0, 0.5, 1}, Y: []float64{0, 2000, 4000}, Cost: 1100, Today: 0.8, TodayY: 3200, TodayName: "Estimate: 80 %",
		Even: 0.275, EvenName: "Breaks even: 27.5 %", XName: "accuracy", FormatX: format, FormatY: format,
	}
}

func TestCurveIsReadAlongItsLine(t *testing.T) {
	c := curve()
	var before chart.Spot
	found := 0
	for i := range 101 {
		s, ok := c.Near(float64(i)/100, 600, 300)
		if !ok {
			continue
		}
		if found++; math.Abs(s.Y-4000*s.X) > 1e-6 || s.X < before.X || s.At[1] > before.At[1] && found > 1 {
			t.Errorf("at %d %%: %v after %v", i, s, before)
		}
		before = s
	}
	if found < 85 {
		t.Errorf("only %d of 101 places are on the curve", found)
	}
	for _, outside := range []float64{-1, 0, 1, 2} {
		if s, ok := c.Near(outside, 600, 300); ok {
			t.Errorf("Near(%v) = %v", outside, s)
		}
	}
}

func TestBarIsFoundByPlace(t *testing.T) {
	for _, tt := range []struct {
		share float64
		want  string
	}{{0.01, "Accuracy"}, {0.15, "Accuracy"}, {0.25, "Price"}, {0.9, ""}, {-0.1, ""}} {
		if got, ok := tornado().At(tt.share, 300); got.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("At(%v) = %q, %v", tt.share, got.Name, ok)
		}
	}
	if _, ok := (chart.Tornado{}).At(0.5, 300); ok {
		t.Error("nothing has a bar")
	}
}

func TestCurveWithAGapIsDrawnAroundIt(t *testing.T) {
	c := curve()
	c.X, c.Y = []float64{0, 0.2, 0.4, 0.6, 0.8, 1}, []float64{0, 800, math.NaN(), math.Inf(1), 3200, 4000}
	if !has(chart.Pixels(c, style, 300, 200, 1), style.Series) {
		t.Error("nothing of the curve is left")
	}
	if _, ok := c.Near(0.5, 300, 200); ok {
		t.Error("there is a number in the gap")
	}
}

func TestPixelsAreExactlyAsMany(t *testing.T) {
	for _, c := range []chart.Chart{histogram(), tornado(), curve(), chart.Histogram{}, chart.Tornado{}, chart.Curve{}} {
		for _, size := range []image.Point{{1, 1}, {300, 200}, {731, 417}, {1800, 1000}} {
			for _, scale := range []float64{1, 1.25, 2} {
				if got := chart.Pixels(c, style, size.X, size.Y, scale).Bounds().Size(); got != size {
					t.Errorf("%T at %v×%v: %v", c, size, scale, got)
				}
			}
		}
	}
}

func TestHistogramDrawsItsTails(t *testing.T) {
	drawn := chart.Pixels(histogram(), style, 300, 200, 1)
	for name, want := range map[string]color.Color{"series": style.Series, "faint": style.Faint, "marks": style.Ink} {
		if !has(drawn, want) {
			t.Errorf("no pixel has the colour of %s", name)
		}
	}
}

func has(m image.Image, want color.Color) bool {
	r, g, b, _ := want.RGBA()
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if r2, g2, b2, _ := m.At(x, y).RGBA(); r == r2 && g == g2 && b == b2 {
				return true
			}
		}
	}
	return false
}

func TestBinIsFoundByPlace(t *testing.T) {
	from, to, share, ok := histogram().Bin(0.5)
	if !ok || from != 4 || to != 6 || math.Abs(share-9.0/19) > 1e-9 {
		t.Errorf("Bin(0.5) = %v, %v, %v, %v", from, to, share, ok)
	}
	for _, at := range []float64{-0.1, 1, 2} {
		if _, _, _, ok := histogram().Bin(at); ok {
			t.Errorf("Bin(%v) is one", at)
		}
	}
}

// TestNothingSensibleIsStillDrawn feeds what a model under construction gives.
func TestNothingSensibleIsStillDrawn(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []chart.Chart{
		chart.Curve{X: []float64{1, 1}, Y: []float64{0, 0}, FormatX: format, FormatY: format},
		chart.Curve{X: []float64{0, 1}, Y: []float64{inf, math.NaN()}, FormatX: format, FormatY: format},
		chart.Curve{X: []float64{0, 1}, Y: []float64{-1e300, 1e300}, Cost: math.NaN(), FormatX: format, FormatY: format},
		chart.Histogram{Low: 1, High: 1, Counts: []int{3}, Format: format},
		chart.Histogram{Low: math.NaN(), High: 2, Counts: []int{3}, Format: format},
		chart.Histogram{Low: 0, High: 1, Counts: []int{0, 0}, Format: format},
		chart.Tornado{Expected: 1, Bars: []chart.Bar{{Low: 1, High: 1}}, Format: format},
		chart.Tornado{Expected: inf, Bars: []chart.Bar{{Low: 1, High: inf}}, Format: format},
		chart.Tornado{Expected: 1, Bars: []chart.Bar{{Low: -1e300, High: 1e300}}, Format: format},
	} {
		chart.Pixels(c, style, 200, 100, 1)
	}
}

func TestExportsAreWhatTheScreenShows(t *testing.T) {
	var raster, drawing bytes.Buffer
	if err := chart.WritePNG(&raster, histogram(), style); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&raster)
	if err != nil || m.Bounds().Size() != (image.Point{1280, 720}) || !has(m, style.Series) {
		t.Errorf("the picture: %v, %v", m.Bounds(), err)
	}
	if err := chart.WriteSVG(&drawing, tornado(), style); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg", "Accuracy", "60 % – 90 %", "$9"} {
		if !strings.Contains(drawing.String(), want) {
			t.Errorf("the drawing lacks %q", want)
		}
	}
}

func TestAPageHasTheTextOfEveryLanguage(t *testing.T) {
	c := curve()
	c.XName = "모델이 찾는 이탈 고객"
	var page bytes.Buffer
	if err := chart.WritePDF(&page, c, style); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(page.String(), "%PDF-") || strings.Contains(page.String(), "/FontFile") {
		t.Errorf("not a page without fonts: %.40q", page.String())
	}
}

func BenchmarkHistogram(b *testing.B) {
	for b.Loop() {
		chart.Pixels(histogram(), style, 389, 407, 1)
	}
}
