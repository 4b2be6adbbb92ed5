package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// bleed is how much the window on scrolled content is wider than it, so that the
// outlines of cards and of what has the focus are not cut off.
const bleed = 4

// Scrolled is content of any height within a page. As its height follows from
// its width, it is laid out until both agree.
type Scrolled struct {
	widget.BaseWidget
	content fyne.CanvasObject
	scroll  *container.Scroll
}

// NewScrolled returns content that scrolls.
func NewScrolled(content fyne.CanvasObject) *Scrolled {
	padded := Pad(0, bleed, bleed, bleed, content)
	s := &Scrolled{content: padded, scroll: container.NewVScroll(padded)}
	s.ExtendBaseWidget(s)
	return s
}

// Reveal scrolls as little as it takes for an object of the content to be seen.
func (s *Scrolled) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.content).Y
	switch bottom := top + o.Size().Height; {
	case top < s.scroll.Offset.Y:
		s.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, top-bleed)))
	case bottom > s.scroll.Offset.Y+s.scroll.Size().Height:
		s.scroll.ScrollToOffset(fyne.NewPos(0, bottom-s.scroll.Size().Height+bleed))
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Scrolled) CreateRenderer() fyne.WidgetRenderer { return scrolledRenderer{s} }

type scrolledRenderer struct{ *Scrolled }

func (r scrolledRenderer) Destroy()                     {}
func (r scrolledRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll} }
func (r scrolledRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 80) }
func (r scrolledRenderer) Refresh()                     { r.content.Refresh(); r.Layout(r.Size()) }

func (r scrolledRenderer) Layout(s fyne.Size) {
	const rounds = 4 // text in a row in a stack
	s.Width += 2 * bleed
	for range rounds {
		height := r.content.MinSize().Height
		r.content.Resize(fyne.NewSize(s.Width, fyne.Max(height, s.Height)))
		if r.content.MinSize().Height == height {
			break
		}
	}
	r.scroll.Resize(s)
	r.scroll.Move(fyne.NewPos(-bleed, 0))
	r.scroll.Refresh()
}
