package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Curve shows how a result follows one input: a line over an area, beside it
// what has to be borne, where the two meet, and where the input stands today.
type Curve struct {
	X, Y             []float64 // ascending in X; Y is NaN where there is nothing
	Cost             float64   // NaN for none
	Today, TodayY    float64
	TodayName        string
	Even             float64 // NaN for nowhere to be seen
	EvenName         string
	XName            string
	FormatX, FormatY func(float64) string
}

// Empty implements Chart.
func (c Curve) Empty() bool {
	low, high := c.ends()
	return len(c.X) < 2 || !spans(c.X[0], c.X[len(c.X)-1]) || !spans(low, high)
}

// ends returns between which numbers the result axis runs: 0 is always seen.
func (c Curve) ends() (low, high float64) {
	for _, y := range append([]float64{c.Cost}, c.Y...) {
		if !math.IsNaN(y) && !math.IsInf(y, 0) {
			low, high = min(low, y), max(high, y)
		}
	}
	return low, high + (high-low)*0.06
}

// plane is where on a canvas the curve stands.
type plane struct {
	from, to       vg.Point // corners of the data
	x0, x1, y0, y1 float64
}

func (p plane) at(x, y float64) vg.Point {
	return vg.Point{
		X: p.from.X + (p.to.X-p.from.X)*vg.Length((x-p.x0)/(p.x1-p.x0)),
		Y: p.from.Y + (p.to.Y-p.from.Y)*vg.Length((y-p.y0)/(p.y1-p.y0)),
	}
}

// Room around the data for the words of the axes.
const (
	curveTop  = 8
	curveFoot = 40 // numbers and the name of the input
)

// plane returns where the data stand between two corners.
func (c Curve) plane(from, to vg.Point) plane {
	low, high := c.ends()
	left := vg.Length(0)
	for _, y := range ticks(low, high, c.levels(to.Y-from.Y)) {
		left = max(left, width(c.FormatY(y), labelSize, regular))
	}
	return plane{
		vg.Point{X: from.X + left + 10, Y: from.Y + curveFoot},
		vg.Point{X: to.X - width(c.FormatX(c.X[len(c.X)-1]), labelSize, regular)/2 - 2, Y: to.Y - curveTop},
		c.X[0], c.X[len(c.X)-1], low, high,
	}
}

func (c Curve) levels(height vg.Length) int { return int(max(2, height/70)) }

// Draw implements Chart.
func (c Curve) Draw(on draw.Canvas, s Style) {
	if c.Empty() {
		return
	}
	p := c.plane(on.Min, on.Max)
	for _, y := range ticks(p.y0, p.y1, c.levels(on.Size().Y)) {
		at := p.at(p.x0, y)
		on.StrokeLine2(draw.LineStyle{Color: s.Grid, Width: 1}, p.from.X, at.Y, p.to.X, at.Y)
		write(on, c.FormatY(y), vg.Point{X: p.from.X - 8, Y: at.Y}, labelSize, s.Quiet, regular, text.XRight, text.YCenter)
	}
	c.drawInput(on, s, p)
	c.drawLine(on, s, p)
	if !math.IsNaN(c.Cost) {
		at := p.at(p.x0, c.Cost)
		on.StrokeLine2(draw.LineStyle{Color: s.Against, Width: 1.5, Dashes: []vg.Length{5, 4}}, p.from.X, at.Y, p.to.X, at.Y)
	}
	c.drawMarks(on, s, p)
}

// drawInput draws the numbers below, each where there is room for it.
func (c Curve) drawInput(on draw.Canvas, s Style, p plane) {
	const apart = 64
	last := vg.Length(math.Inf(-1))
	for _, x := range ticks(p.x0, p.x1, int(max(2, (p.to.X-p.from.X)/apart))) {
		half := width(c.FormatX(x), labelSize, regular) / 2
		at := p.at(x, p.y0).X
		if at-half < last+8 {
			continue
		}
		last = at + half
		write(on, c.FormatX(x), vg.Point{X: at, Y: p.from.Y - 6}, labelSize, s.Quiet, regular, text.XCenter, text.YTop)
	}
	write(on, c.XName, vg.Point{X: (p.from.X + p.to.X) / 2, Y: p.from.Y - 24}, labelSize, s.Quiet, regular, text.XCenter, text.YTop)
}

// drawLine draws the line and the area down to 0, in pieces where it has gaps.
func (c Curve) drawLine(on draw.Canvas, s Style, p plane) {
	ground := p.at(p.x0, math.Max(p.y0, 0)).Y
	for from := 0; from < len(c.X); {
		to := from
		for to < len(c.X) && !math.IsNaN(c.Y[to]) && !math.IsInf(c.Y[to], 0) {
			to++
		}
		if to-from > 1 {
			c.drawPiece(on, s, p, from, to, ground)
		}
		from = to + 1
	}
}

func (c Curve) drawPiece(on draw.Canvas, s Style, p plane, from, to int, ground vg.Length) {
	var line, area vg.Path
	first := p.at(c.X[from], c.Y[from])
	line.Move(first)
	area.Move(vg.Point{X: first.X, Y: ground})
	area.Line(first)
	for i := from + 1; i < to; i++ {
		at := p.at(c.X[i], c.Y[i])
		line.Line(at)
		area.Line(at)
	}
	area.Line(vg.Point{X: p.at(c.X[to-1], 0).X, Y: ground})
	area.Close()
	on.SetColor(pale(s.Series, s.Ground))
	on.Fill(area)
	on.SetColor(s.Series)
	on.SetLineWidth(2)
	on.SetLineDash(nil, 0)
	on.Stroke(line)
}

// pale is a colour most of which is the ground.
func pale(ink, ground color.Color) color.Color {
	const share = 0.12
	mix := func(a, b uint32) uint8 { return uint8((float64(a)*share + float64(b)*(1-share)) / 257) }
	r, g, b, _ := ink.RGBA()
	r2, g2, b2, _ := ground.RGBA()
	return color.NRGBA{mix(r, r2), mix(g, g2), mix(b, b2), 255}
}

// drawMarks draws where the input stands, and where nothing is gained or lost.
func (c Curve) drawMarks(on draw.Canvas, s Style, p plane) {
	if !math.IsNaN(c.Even) && c.Even >= p.x0 && c.Even <= p.x1 {
		at := p.at(c.Even, c.level())
		dot(on, at, 4, s.Against, s.Ground)
		c.caption(on, s, p, at, c.EvenName, -1)
	}
	if c.Today < p.x0 || c.Today > p.x1 || math.IsNaN(c.TodayY) {
		return
	}
	at := p.at(c.Today, c.TodayY)
	on.StrokeLine2(draw.LineStyle{Color: s.Quiet, Width: 1, Dashes: []vg.Length{3, 3}}, at.X, p.from.Y, at.X, at.Y)
	dot(on, at, 4.5, s.Series, s.Ground)
	c.caption(on, s, p, at, c.TodayName, 1)
}

// level is where the result breaks even.
func (c Curve) level() float64 {
	if math.IsNaN(c.Cost) {
		return 0
	}
	return c.Cost
}

// caption writes beside a point: left of and above it, where the line of a
// result that grows is not, or right of and below it.
func (c Curve) caption(on draw.Canvas, s Style, p plane, at vg.Point, what string, side vg.Length) {
	size := width(what, labelSize, regular)
	x, align := at.X-8*side, text.XRight
	if side < 0 {
		align = text.XLeft
	}
	if side > 0 && x-size < p.from.X {
		x, align = at.X+8, text.XLeft
	}
	if side < 0 && x+size > p.to.X {
		x, align = at.X-8, text.XRight
	}
	y := min(max(at.Y+9*side, p.from.Y+8), p.to.Y-2)
	write(on, what, vg.Point{X: x, Y: y}, labelSize, s.Ink, regular, align, text.YCenter)
}

// dot draws a filled circle with a ring of the ground around it.
func dot(on draw.Canvas, at vg.Point, radius vg.Length, ink, ground color.Color) {
	for _, ring := range []struct {
		radius vg.Length
		ink    color.Color
	}{{radius + 1.5, ground}, {radius, ink}} {
		var p vg.Path
		p.Move(vg.Point{X: at.X + ring.radius, Y: at.Y})
		p.Arc(at, ring.radius, 0, 2*math.Pi)
		p.Close()
		on.SetColor(ring.ink)
		on.Fill(p)
	}
}

// Spot is a point of a curve, with its places as shares of width and height from
// the top left.
type Spot struct {
	X, Y      float64
	At        [2]float64
	CostAt    float64 // height of what has to be borne
	Top, Foot float64 // between which the data stand
}

// Near returns the point of the curve at a share of its width, for a canvas of w
// × h.
func (c Curve) Near(share, w, h float64) (Spot, bool) {
	if c.Empty() || w < 1 || h < 1 {
		return Spot{}, false
	}
	p := c.plane(vg.Point{}, vg.Point{X: vg.Length(w), Y: vg.Length(h)})
	x := p.x0 + (share*w-float64(p.from.X))/float64(p.to.X-p.from.X)*(p.x1-p.x0)
	if x < p.x0 || x > p.x1 {
		return Spot{}, false
	}
	step := (p.x1 - p.x0) / float64(len(c.X)-1)
	i := min(int((x-p.x0)/step), len(c.X)-2)
	part := (x - c.X[i]) / (c.X[i+1] - c.X[i])
	y := c.Y[i] + part*(c.Y[i+1]-c.Y[i])
	if math.IsNaN(y) {
		return Spot{}, false
	}
	height := func(at vg.Length) float64 { return 1 - float64(at)/h }
	return Spot{
		X: x, Y: y, At: [2]float64{share, height(p.at(x, y).Y)}, CostAt: height(p.at(x, c.level()).Y),
		Top: height(p.to.Y), Foot: height(p.from.Y),
	}, true
}
