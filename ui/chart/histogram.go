package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Histogram shows how often a simulation came out where, and between which
// numbers eight of ten results are.
type Histogram struct {
	Low, High float64 // of all bins
	Counts    []int   // by bin, all of one width
	Marks     []Mark  // from left to right
	From, To  float64 // what lies between stands out
	Format    func(float64) string
}

// Mark is a line at a number, with words at its top.
type Mark struct {
	X           float64
	Name, Words string
}

// Empty implements Chart.
func (h Histogram) Empty() bool { return len(h.Counts) == 0 || !spans(h.Low, h.High) }

// markRoom is kept above the bars for the words of marks.
const markRoom = 34

// Draw implements Chart.
func (h Histogram) Draw(c draw.Canvas, s Style) {
	if h.Empty() {
		return
	}
	p := axis(s, h.Low, h.High, h.Format, c.Size().X)
	p.Y.Min, p.Y.Max = 0, 1
	p.Add(bars{h, s})
	p.Draw(c)
}

// Bin returns the bin at a place across the chart, given as a share of its
// width, and the share of results that is in it.
func (h Histogram) Bin(at float64) (from, to, share float64, ok bool) {
	i := int(at * float64(len(h.Counts)))
	if h.Empty() || at < 0 || i >= len(h.Counts) {
		return 0, 0, 0, false
	}
	total := 0
	for _, n := range h.Counts {
		total += n
	}
	size := (h.High - h.Low) / float64(len(h.Counts))
	return h.Low + float64(i)*size, h.Low + float64(i+1)*size, float64(h.Counts[i]) / float64(max(1, total)), true
}

type bars struct {
	h Histogram
	s Style
}

// Plot implements plot.Plotter.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	tx, _ := p.Transforms(&c)
	most := 1
	for _, n := range b.h.Counts {
		most = max(most, n)
	}
	size := (b.h.High - b.h.Low) / float64(len(b.h.Counts))
	room := c.Size().Y - markRoom
	for i, n := range b.h.Counts {
		left, right := b.h.Low+float64(i)*size, b.h.Low+float64(i+1)*size
		ink := b.s.Series
		if mid := (left + right) / 2; mid < b.h.From || mid > b.h.To {
			ink = b.s.Faint
		}
		height := room * vg.Length(n) / vg.Length(most)
		if n > 0 {
			height = max(height, 1)
		}
		fill(c, ink, vg.Point{X: tx(left) + 0.5, Y: c.Min.Y}, vg.Point{X: tx(right) - 0.5, Y: c.Min.Y + height})
	}
	for i, m := range b.h.Marks {
		b.mark(c, tx(m.X), m, i)
	}
}

// mark draws a line and its words: those of the first end at it, those of the
// last begin there, so that near ones stay apart.
func (b bars) mark(c draw.Canvas, x vg.Length, m Mark, i int) {
	c.StrokeLine2(draw.LineStyle{Color: b.s.Ink, Width: 1, Dashes: []vg.Length{3, 3}}, x, c.Min.Y, x, c.Max.Y-markRoom+4)
	align := text.XCenter
	half := width(m.Words, bodySize, strong) / 2
	switch {
	case i == 0:
		align = text.XRight
		x = max(x+4, c.Min.X+2*half)
	case i == len(b.h.Marks)-1:
		align = text.XLeft
		x = min(x-4, c.Max.X-2*half)
	default:
		x = min(max(x, c.Min.X+half), c.Max.X-half)
	}
	write(c, m.Name, vg.Point{X: x, Y: c.Max.Y}, labelSize, b.s.Quiet, regular, align, text.YTop)
	write(c, m.Words, vg.Point{X: x, Y: c.Max.Y - 14}, bodySize, b.s.Ink, strong, align, text.YTop)
}
