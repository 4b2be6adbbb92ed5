package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Page is content of any height, scrolled. Content whose height follows from
// its width, as wrapped text does, is laid out until both agree.
type Page struct {
	widget.BaseWidget
	content fyne.CanvasObject
	scroll  *container.Scroll
}

// NewPage returns a page with room around content.
func NewPage(content fyne.CanvasObject) *Page {
	p := &Page{content: Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, content)}
	p.scroll = container.NewVScroll(p.content)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer { return pageRenderer{p} }

type pageRenderer struct{ *Page }

func (r pageRenderer) Destroy()                     {}
func (r pageRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll} }
func (r pageRenderer) MinSize() fyne.Size           { return fyne.NewSize(320, 200) }
func (r pageRenderer) Refresh()                     { r.content.Refresh(); r.Layout(r.Size()) }

func (r pageRenderer) Layout(s fyne.Size) {
	const rounds = 4 // a grid in a column in a grid
	for range rounds {
		height := r.content.MinSize().Height
		size := fyne.NewSize(s.Width, fyne.Max(height, s.Height))
		if size == r.content.Size() {
			Settle(r.content) // one of the same size lays nothing out
		}
		r.content.Resize(size)
		if r.content.MinSize().Height == height {
			break
		}
	}
	r.scroll.Resize(s)
	r.bars()
}

// bars brings the scroll bars up to date. To refresh the scroller would paint
// all of its content anew.
func (p *Page) bars() {
	at := p.scroll.Offset
	p.scroll.Offset.Y++
	p.scroll.ScrollToOffset(at)
}
