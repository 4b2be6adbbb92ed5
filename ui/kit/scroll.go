package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewScroll is a Page without room around its content: a part of the window that
// is scrolled by itself.
func NewScroll(content fyne.CanvasObject) *Page {
	p := &Page{content: container.NewStack(content)}
	p.scroll = container.NewVScroll(p.content)
	p.ExtendBaseWidget(p)
	return p
}
