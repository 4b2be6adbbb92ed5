package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// LongSheet opens a panel as Sheet does, for content that may be higher than the
// window: what does not fit is scrolled, title and buttons stay.
func LongSheet(c fyne.Canvas, title, purpose string, width float32, content fyne.CanvasObject, buttons func(*Layer) []fyne.CanvasObject) *Layer {
	foot := HStack(8, Spacer())
	head := VStack(4, NewText(title, 16, theme.Text).Strong())
	if purpose != "" {
		head.Add(Prose(purpose).Quiet())
	}
	within := Pad(longEdge, 12, longEdge, longEdge, content) // room for the scroll bar, and for rings around what has the focus
	body := container.New(&long{within: within}, head, container.NewVScroll(within), foot)
	l := openLayer(c, theme.Scrim, panel(Pad(20, 20, 20, 20, body)), func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(fyne.Min(width, window.Width-40), fyne.Min(least.Height, window.Height-40))
		return fyne.NewPos((window.Width-size.Width)/2, fyne.Max(20, (window.Height-size.Height)*0.4)), size
	})
	for _, b := range buttons(l) {
		foot.Add(b)
	}
	l.settle()
	return l
}

// Settle places a layer anew after its content has grown or shrunk.
func (l *Layer) Settle() {
	Settle(l.float)
	l.settle()
}

// long is a head, something scrolled, and a foot, as high as all of it if there
// is room.
type long struct{ within fyne.CanvasObject }

const (
	longGap  = 14
	longEdge = 3
)

func (l *long) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := objects[0].MinSize().Height + l.within.MinSize().Height + objects[2].MinSize().Height + 2*longGap
	return fyne.NewSize(l.within.MinSize().Width, height)
}

func (l *long) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(s.Width, objects[0].MinSize().Height))
	objects[0].Move(fyne.Position{})
	top, foot := objects[0].MinSize().Height+longGap, objects[2].MinSize().Height
	objects[1].Resize(fyne.NewSize(s.Width+longEdge, fyne.Max(0, s.Height-top-foot-longGap)))
	objects[1].Move(fyne.NewPos(-longEdge, top))
	objects[2].Resize(fyne.NewSize(s.Width, foot))
	objects[2].Move(fyne.NewPos(0, s.Height-foot))
}
