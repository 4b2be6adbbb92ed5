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

func TestPixelsAreExactlyAsMany(t *testing.T) {
	for _, c := range []chart.Chart{histogram(), tornado(), chart.Histogram{}, chart.Tornado{}} {
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

func BenchmarkHistogram(b *testing.B) {
	for b.Loop() {
		chart.Pixels(histogram(), style, 389, 407, 1)
	}
}
