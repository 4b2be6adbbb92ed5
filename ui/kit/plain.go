package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Plain makes anything something to press, with a ground while the pointer is
// on it and a ring while it has the focus.
type Plain struct {
	tappable
	back *canvas.Rectangle
}

// NewPlain returns content that is pressed.
func NewPlain(content fyne.CanvasObject, tap func()) *Plain {
	p := &Plain{back: canvas.NewRectangle(nil)}
	p.onTap = tap
	p.back.CornerRadius = theme.RadiusControl
	p.objects = []fyne.CanvasObject{content, p.back}
	p.least = content.MinSize
	p.place = p.fill
	p.paint = func(k *theme.Tokens) {
		p.back.FillColor, p.back.StrokeColor, p.back.StrokeWidth = color.Transparent, nil, 0
		if p.hovered {
			p.back.FillColor = k.Hover
		}
		if p.focused {
			p.back.StrokeColor, p.back.StrokeWidth = k.Primary, 2
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// OnTap changes what a press does.
func (p *Plain) OnTap(tap func()) { p.onTap = tap }

// Middle centres an object in height and leaves its width.
func Middle(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(row{}, o)
}
