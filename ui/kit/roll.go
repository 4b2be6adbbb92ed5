package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Roll is content of any height, scrolled beside other columns of a page. Its
// cards stand in line with theirs; the bar lies in the room between.
type Roll struct {
	widget.BaseWidget
	page *Page
	root *fyne.Container
}

const (
	rollEdge = 3  // what the outline of a card needs beside it, so as not to be cut off
	rollBar  = 12 // the room for the scroll bar
)

// NewRoll returns a column of content.
func NewRoll(content fyne.CanvasObject) *Roll {
	p := &Page{content: Pad(rollEdge, rollBar, rollEdge, rollEdge, content)}
	p.scroll = container.NewVScroll(p.content)
	p.ExtendBaseWidget(p)
	r := &Roll{page: p, root: Pad(-rollEdge, -rollBar, -rollEdge, -rollEdge, p)}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *Roll) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.root) }

// Settle lays out the column anew after parts of it have changed.
func (r *Roll) Settle() { r.page.Settle() }

// settle implements settling, for a page that is laid out as a whole.
func (r *Roll) settle() { r.page.Settle() }

// ToTop scrolls to the beginning, as when other content is shown.
func (r *Roll) ToTop() { r.page.scroll.ScrollToTop() }
