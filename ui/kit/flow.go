package kit

import "fyne.io/fyne/v2"

// wrap remembers how wide it was laid out: its height follows from that.
type wrap struct {
	gap   float32
	width float32
}

func (w *wrap) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		if o.Visible() {
			widest = fyne.Max(widest, o.MinSize().Width)
		}
	}
	return fyne.NewSize(widest, w.walk(objects, fyne.Max(w.width, widest), nil))
}

func (w *wrap) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.width = size.Width
	w.walk(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(at)
	})
}

// walk places objects in rows of a width and returns how high they are.
func (w *wrap) walk(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	y, from := float32(0), 0
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	for from < len(shown) {
		x, height, to := float32(0), float32(0), from
		for ; to < len(shown); to++ {
			least := shown[to].MinSize()
			if to > from && x+least.Width > width+0.5 {
				break
			}
			x += least.Width + w.gap
			height = fyne.Max(height, least.Height)
		}
		x = 0
		for _, o := range shown[from:to] {
			least := o.MinSize()
			if place != nil {
				place(o, fyne.NewPos(x, y+(height-least.Height)/2), fyne.NewSize(fyne.Min(least.Width, width), least.Height))
			}
			x += least.Width + w.gap
		}
		y += height + w.gap
		from = to
	}
	return fyne.Max(0, y-w.gap)
}

// grid remembers its width as wrap does.
type grid struct {
	gap, least float32
	width      float32
}

func (g *grid) count(n int) int {
	fit := int((g.width + g.gap) / (g.least + g.gap))
	return max(1, min(fit, n))
}

func (g *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		widest = fyne.Max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, g.walk(objects, nil))
}

func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	g.walk(objects, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(at)
	})
}

func (g *grid) walk(objects []fyne.CanvasObject, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	n := g.count(len(shown))
	width := (g.width - g.gap*float32(n-1)) / float32(n)
	y := float32(0)
	for from := 0; from < len(shown); from += n {
		row := shown[from:min(from+n, len(shown))]
		height := float32(0)
		for _, o := range row {
			height = fyne.Max(height, o.MinSize().Height)
		}
		if place != nil {
			for i, o := range row {
				place(o, fyne.NewPos(float32(i)*(width+g.gap), y), fyne.NewSize(width, height))
			}
		}
		y += height + g.gap
	}
	return fyne.Max(0, y-g.gap)
}
