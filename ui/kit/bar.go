package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Bar says how much of something is done, in the middle of the height it gets. What
// it counts stands beside it in words.
type Bar struct {
	drawn
	share      float32
	back, done *canvas.Rectangle
}

// NewBar returns an empty bar.
func NewBar() *Bar {
	const height = 5
	b := &Bar{back: canvas.NewRectangle(nil), done: canvas.NewRectangle(nil)}
	b.back.CornerRadius, b.done.CornerRadius = height/2.0, height/2.0
	b.objects = []fyne.CanvasObject{b.back, b.done}
	b.least = func() fyne.Size { return fyne.NewSize(80, height) }
	b.place = func(s fyne.Size) {
		at := fyne.NewPos(0, (s.Height-height)/2)
		b.back.Resize(fyne.NewSize(s.Width, height))
		b.back.Move(at)
		b.done.Resize(fyne.NewSize(s.Width*b.share, height))
		b.done.Move(at)
	}
	b.paint = func(k *theme.Tokens) {
		b.back.FillColor, b.done.FillColor = k.Border, k.Primary
		if b.share == 1 {
			b.done.FillColor = k.OK
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes how much is done, from 0 to 1.
func (b *Bar) Set(share float32) {
	share = fyne.Max(0, fyne.Min(1, share))
	if b.share == share {
		return
	}
	b.share = share
	b.place(b.Size())
	b.Refresh()
}
