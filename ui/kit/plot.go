package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"cairn/ui/chart"
	"cairn/ui/theme"
)

// Plot shows a chart at the screen's own resolution. The chart takes a few
// milliseconds to draw, so one that replaces another is drawn beside the UI
// goroutine when there is a crew for that, and the other stays until then.
type Plot struct {
	drawn
	chart    chart.Chart
	raster   *canvas.Raster
	smallest fyne.Size
	latest   *Latest // nil: drawn when it is painted
	picture  image.Image
	frame    frame // of picture
	// Explain returns what to say about a place, as shares of width and height
	// from the top left; nothing when empty.
	Explain func(x, y float32) string
	// Point returns the cross at a share of the width instead, for charts whose
	// lines are read along it.
	Point func(x float32) (Cross, bool)
}

// frame is what a picture is drawn for.
type frame struct {
	w, h   int // pixels
	scale  float64
	tokens *theme.Tokens
}

// NewPlot returns an empty plot of at least a size. The crew may be nil.
func NewPlot(least fyne.Size, crew *Crew) *Plot {
	p := &Plot{smallest: least}
	if crew != nil {
		p.latest = NewLatest(crew)
	}
	p.raster = canvas.NewRaster(p.pixels)
	p.objects = []fyne.CanvasObject{p.raster}
	p.least = func() fyne.Size { return p.smallest }
	p.place = func(s fyne.Size) { p.raster.Resize(s) }
	p.paint = func(*theme.Tokens) {}
	p.ExtendBaseWidget(p)
	return p
}

// Draw shows a chart.
func (p *Plot) Draw(c chart.Chart) {
	p.chart = c
	if p.latest == nil || p.picture == nil || p.Hidden {
		p.picture = nil
		p.raster.Refresh()
		return
	}
	f := p.frame
	var picture image.Image
	p.latest.Do(func() { picture = f.draw(c) }, func() {
		if p.picture != nil && p.frame == f {
			p.picture = picture
			p.raster.Refresh()
		}
	})
}

// SetLeast changes the least size.
func (p *Plot) SetLeast(least fyne.Size) { p.smallest = least }

// pixels is called when the plot is painted anew: after a change of its size, of
// the theme, or of the picture.
func (p *Plot) pixels(w, h int) image.Image {
	width := p.raster.Size().Width
	if p.chart == nil || width < 2 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if f := (frame{w, h, float64(w) / float64(width), theme.Current()}); p.picture == nil || p.frame != f {
		p.picture, p.frame = f.draw(p.chart), f
	}
	return p.picture
}

func (f frame) draw(c chart.Chart) image.Image {
	return chart.Pixels(c, ChartStyle(f.tokens), f.w, f.h, f.scale)
}

// ChartStyle returns what charts are drawn with in a variant.
func ChartStyle(k *theme.Tokens) chart.Style {
	return chart.Style{
		Ground: k.Surface, Grid: k.Border, Ink: k.Text, Quiet: k.Text3,
		Series: k.Chart[0], Faint: theme.Mix(k.Chart[0], k.Surface, 0.35), Against: k.Chart[1],
	}
}

// MouseIn implements desktop.Hoverable.
func (p *Plot) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (p *Plot) MouseOut() {
	p.objects = p.objects[:1]
	canvas.Refresh(p)
}

// MouseMoved implements desktop.Hoverable. Only the bubble moves: the pixels of
// the chart stay.
func (p *Plot) MouseMoved(e *desktop.MouseEvent) {
	s := p.Size()
	if p.Point != nil {
		if c, ok := p.Point(e.Position.X / s.Width); ok {
			p.drawCross(c)
		} else {
			p.MouseOut()
		}
		return
	}
	if p.Explain == nil {
		return
	}
	words := p.Explain(e.Position.X/s.Width, e.Position.Y/s.Height)
	if words == "" {
		p.MouseOut()
		return
	}
	p.objects = []fyne.CanvasObject{p.raster, p.beside(words, e.Position)}
	canvas.Refresh(p)
}
