package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Tornado shows what each input does to a result: a bar from the result with
// the input low to that with it high, the widest first, on one scale.
type Tornado struct {
	Expected float64
	Bars     []Bar
	Format   func(float64) string
}

// Bar is one input of a Tornado.
type Bar struct {
	Name, Range string
	Low, High   float64 // the result with the input low and high
}

// TornadoRow is how high one bar with its words is, in device-independent
// pixels, and TornadoFoot what the axis below takes.
const (
	TornadoRow  = 42
	TornadoFoot = 26

	rowMost = 58 // few bars do not spread over all the height
)

// Empty implements Chart.
func (t Tornado) Empty() bool { return len(t.Bars) == 0 }

// Draw implements Chart.
func (t Tornado) Draw(c draw.Canvas, s Style) {
	low, high := t.Expected, t.Expected
	for _, b := range t.Bars {
		low, high = min(low, b.Low, b.High), max(high, b.Low, b.High)
	}
	if t.Empty() || !spans(low, high) {
		return
	}
	// Room at both ends for the numbers that stand there.
	room := vg.Length(0)
	for _, b := range t.Bars {
		room = max(room, width(t.Format(b.Low), labelSize, regular), width(t.Format(b.High), labelSize, regular))
	}
	room = min(room+8, c.Size().X/4)
	spread := (high - low) * float64(room) / max(1, float64(c.Size().X-2*room))
	p := axis(s, low-spread, high+spread, t.Format, c.Size().X)
	p.Y.Min, p.Y.Max = 0, 1
	p.Add(swings{t, s})
	p.Draw(c)
}

// axisRoom is what the numbers below the bars take.
const axisRoom = 20

// At returns the bar at a share of the height from the top, for a canvas of that
// height.
func (t Tornado) At(share, height float64) (Bar, bool) {
	if t.Empty() || share < 0 {
		return Bar{}, false
	}
	i := int(share * height / t.row(height-axisRoom))
	if i >= len(t.Bars) {
		return Bar{}, false
	}
	return t.Bars[i], true
}

// row returns how high one bar with its words is where all have so much.
func (t Tornado) row(height float64) float64 {
	return math.Max(1, math.Min(rowMost, height/float64(len(t.Bars))))
}

type swings struct {
	t Tornado
	s Style
}

// Plot implements plot.Plotter.
func (w swings) Plot(c draw.Canvas, p *plot.Plot) {
	tx, _ := p.Transforms(&c)
	row := vg.Length(w.t.row(float64(c.Size().Y)))
	thick := min(18, row*0.36)
	middle := tx(w.t.Expected)
	bottom := c.Max.Y - row*vg.Length(len(w.t.Bars))
	c.StrokeLine2(draw.LineStyle{Color: w.s.Grid, Width: 1}, middle, c.Min.Y, middle, bottom+4)
	for i, b := range w.t.Bars {
		top := c.Max.Y - row*vg.Length(i)
		y := top - 18
		w.bar(c, b, tx(b.Low), tx(b.High), middle, y-thick, y)
		named := width(b.Name, bodySize, regular)
		write(c, b.Name, vg.Point{X: c.Min.X, Y: top}, bodySize, w.s.Ink, regular, text.XLeft, text.YTop)
		if named+width(b.Range, labelSize, regular)+16 < c.Size().X {
			write(c, b.Range, vg.Point{X: c.Max.X, Y: top - 0.5}, labelSize, w.s.Quiet, regular, text.XRight, text.YTop)
		}
	}
}

// bar draws the side of the low input in one colour and that of the high one in
// the other, with the results at its ends.
func (w swings) bar(c draw.Canvas, b Bar, low, high, middle, from, to vg.Length) {
	for _, side := range []struct {
		x     vg.Length
		isLow bool
	}{{low, true}, {high, false}} {
		ink := w.s.Series
		if side.isLow {
			ink = w.s.Against
		}
		fill(c, ink, vg.Point{X: min(side.x, middle), Y: from}, vg.Point{X: max(side.x, middle), Y: to})
	}
	left, right := b.Low, b.High
	if low > high {
		left, right = right, left
	}
	y := (from + to) / 2
	write(c, w.t.Format(left), vg.Point{X: min(low, high, middle) - 4, Y: y}, labelSize, w.s.Quiet, regular, text.XRight, text.YCenter)
	write(c, w.t.Format(right), vg.Point{X: max(low, high, middle) + 4, Y: y}, labelSize, w.s.Quiet, regular, text.XLeft, text.YCenter)
	c.StrokeLine2(draw.LineStyle{Color: w.s.Ink, Width: 1}, middle, from-2, middle, to+2)
}
