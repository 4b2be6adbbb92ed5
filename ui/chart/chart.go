// Package chart draws distributions and sensitivities with gonum/plot. It knows
// nothing of the toolkit: the same drawing becomes the pixels of a screen and the
// file that is exported.
package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"sync"

	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"cairn/assets"
)

// Style is what a chart is drawn with. One point of the canvas is one
// device-independent pixel.
type Style struct {
	Ground, Grid           color.Color
	Ink, Quiet             color.Color // what matters, and labels
	Series, Faint, Against color.Color // the data, its tails, and its opposite
}

// Chart is something to draw.
type Chart interface {
	// Draw draws onto all of c.
	Draw(c draw.Canvas, s Style)
	// Empty reports that there is nothing to see.
	Empty() bool
}

// Sizes of type.
const (
	labelSize = 11
	bodySize  = 12
)

// typeface is the name under which Pretendard stands in exported files.
const typeface = "Pretendard"

var (
	regular = font.Font{Typeface: typeface}
	strong  = font.Font{Typeface: typeface, Weight: 2}
)

// handler sets text in the window's own typeface; gonum's default would look
// for another one.
var handler = sync.OnceValue(func() text.Handler {
	var faces font.Collection
	for file, f := range map[string]font.Font{"Regular": regular, "SemiBold": strong} {
		raw, err := assets.Fonts.ReadFile("fonts/Pretendard-" + file + ".otf")
		if err != nil {
			panic(fmt.Sprintf("chart: %v", err)) // it is built in
		}
		parsed, err := opentype.Parse(raw)
		if err != nil {
			panic(fmt.Sprintf("chart: %v", err))
		}
		faces = append(faces, font.Face{Font: f, Face: parsed})
	}
	return text.Plain{Fonts: font.NewCache(faces)}
})

// write puts text at a point; x and y say which part of it is there.
func write(c draw.Canvas, what string, at vg.Point, size vg.Length, ink color.Color, f font.Font, x text.XAlignment, y text.YAlignment) {
	f.Size = size
	c.FillText(text.Style{Color: ink, Font: f, XAlign: x, YAlign: y, Handler: handler()}, at, what)
}

// width returns how wide text of a size is.
func width(what string, size vg.Length, f font.Font) vg.Length {
	f.Size = size
	return text.Style{Font: f, Handler: handler()}.Width(what)
}

// Pixels draws onto exactly w × h pixels, of which each device-independent
// pixel has scale.
func Pixels(chart Chart, s Style, w, h int, scale float64) image.Image {
	if w < 2 || h < 2 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	dpi := math.Max(36, math.Round(vg.Inch.Points()*scale))
	points := vg.Inch.Points() / dpi
	canvas := vgimg.NewWith(
		vgimg.UseWH(vg.Length(float64(w)*points), vg.Length(float64(h)*points)),
		vgimg.UseDPI(int(dpi)), vgimg.UseBackgroundColor(s.Ground))
	chart.Draw(draw.New(outlined{canvas}), s)
	return canvas.Image()
}

// Sizes of exported files, in points: that of a slide's half.
const (
	exportWidth  = 640
	exportHeight = 360
	exportMargin = 20
	exportScale  = 2
)

// WritePNG writes a picture of the chart, as the screen shows it.
func WritePNG(w io.Writer, chart Chart, s Style) error {
	canvas := vgimg.NewWith(vgimg.UseWH(exportWidth, exportHeight), vgimg.UseDPI(72*exportScale), vgimg.UseBackgroundColor(s.Ground))
	chart.Draw(inner(draw.New(outlined{canvas})), s)
	_, err := vgimg.PngCanvas{Canvas: canvas}.WriteTo(w)
	return err
}

// WriteSVG writes the chart as a drawing that scales.
func WriteSVG(w io.Writer, chart Chart, s Style) error {
	canvas := vgsvg.New(exportWidth, exportHeight)
	c := draw.New(canvas)
	fill(c, s.Ground, c.Min, c.Max)
	chart.Draw(inner(c), s)
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

func inner(c draw.Canvas) draw.Canvas {
	return draw.Crop(c, exportMargin, -exportMargin, exportMargin, -exportMargin)
}

// fill fills the rectangle between two corners.
func fill(c draw.Canvas, ink color.Color, from, to vg.Point) {
	var p vg.Path
	p.Move(from)
	p.Line(vg.Point{X: to.X, Y: from.Y})
	p.Line(to)
	p.Line(vg.Point{X: from.X, Y: to.Y})
	p.Close()
	c.SetColor(ink)
	c.Fill(p)
}

// spans reports whether there is something between low and high to draw on: an
// axis without ends has no ticks, and the library looks for them for ever.
func spans(low, high float64) bool { return high > low && high-low < math.MaxFloat64/4 }

// ticks returns about n round numbers between low and high: steps of 1, 2, 2.5
// or 5 times a power of ten. gonum's own labels only three.
func ticks(low, high float64, n int) []float64 {
	if !spans(low, high) {
		return nil
	}
	rough := (high - low) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * unit
	for _, k := range []float64{1, 2, 2.5, 5} {
		if rough <= k*unit*(1+1e-9) {
			step = k * unit
			break
		}
	}
	var out []float64
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		out = append(out, i*step)
	}
	return out
}

// axis returns a plot whose only decoration is a thin line and labels below.
func axis(s Style, low, high float64, format func(float64) string, across vg.Length) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.Transparent
	p.TextHandler = handler()
	p.HideY()
	p.X.Min, p.X.Max = low, high
	p.X.Padding, p.Y.Padding = 0, 0
	p.X.Color, p.X.Width = s.Grid, 1
	// A tick of no width loses its length too, and with it the labels' distance.
	p.X.Tick.Length, p.X.Tick.Width, p.X.Tick.Color = 5, 0.1, color.Transparent
	label := regular
	label.Size = labelSize
	p.X.Tick.Label.Color, p.X.Tick.Label.Font, p.X.Tick.Label.Handler = s.Quiet, label, handler()
	p.X.Tick.Marker = plot.TickerFunc(func(from, to float64) []plot.Tick {
		var out []plot.Tick
		const apart = 72 // device-independent pixels between labels
		for _, x := range ticks(from, to, int(max(2, across/apart))) {
			at, half := across*vg.Length((x-from)/(to-from)), width(format(x), labelSize, regular)/2
			if at >= half && at+half <= across {
				out = append(out, plot.Tick{Value: x, Label: format(x)})
			}
		}
		return out
	})
	return p
}
