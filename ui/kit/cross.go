package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Cross is what a plot says about a place: a line down through it, with a dot on
// each series, and words. All lengths are shares of the plot from its top left.
type Cross struct {
	X, Top, Foot float32
	Dots         []float32 // by series
	Words        string
}

// drawCross shows a cross over the pixels of the chart, which stay.
func (p *Plot) drawCross(c Cross) {
	k, s := theme.Current(), p.Size()
	line := canvas.NewLine(k.Text3)
	line.Position1, line.Position2 = fyne.NewPos(c.X*s.Width, c.Top*s.Height), fyne.NewPos(c.X*s.Width, c.Foot*s.Height)
	objects := []fyne.CanvasObject{p.raster, line}
	const dot = 9
	for i, y := range c.Dots {
		d := canvas.NewCircle(k.Surface)
		d.StrokeColor, d.StrokeWidth = k.Chart[i%len(k.Chart)], 2
		d.Resize(fyne.NewSquareSize(dot))
		d.Move(fyne.NewPos(c.X*s.Width-dot/2, y*s.Height-dot/2))
		objects = append(objects, d)
	}
	objects = append(objects, p.beside(c.Words, fyne.NewPos(c.X*s.Width, c.Top*s.Height+24)))
	p.objects = objects
	canvas.Refresh(p)
}

// beside returns a bubble with words to the right of a place, or to its left
// where there is no room.
func (p *Plot) beside(words string, at fyne.Position) fyne.CanvasObject {
	s := p.Size()
	bubble := Bubble(words, 260)
	least := bubble.MinSize()
	bubble.Resize(least)
	x := at.X + 12
	if x+least.Width > s.Width {
		x = at.X - 12 - least.Width
	}
	bubble.Move(fyne.NewPos(x, fyne.Max(0, fyne.Min(at.Y-least.Height/2, s.Height-least.Height))))
	return bubble
}
