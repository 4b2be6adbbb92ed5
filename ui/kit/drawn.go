// Package kit holds the widgets and layouts that more than one screen uses, and
// the way from a presenter to the screen. Stock widgets carry paddings and looks
// that cannot be set; these take theirs from package theme.
package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// drawn is a widget around objects that are placed by place and take their
// colours in paint, which runs on every refresh and so on a change of theme.
type drawn struct {
	widget.BaseWidget
	objects []fyne.CanvasObject
	least   func() fyne.Size
	place   func(fyne.Size)
	paint   func(*theme.Tokens)
}

// CreateRenderer implements fyne.Widget.
func (d *drawn) CreateRenderer() fyne.WidgetRenderer {
	d.paint(theme.Current())
	return drawnRenderer{d}
}

type drawnRenderer struct{ *drawn }

func (r drawnRenderer) Destroy()                     {}
func (r drawnRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r drawnRenderer) MinSize() fyne.Size           { return r.least() }
func (r drawnRenderer) Layout(s fyne.Size)           { r.place(s) }

func (r drawnRenderer) Refresh() {
	r.paint(theme.Current())
	r.place(r.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// wrapped is a widget that is what is inside it. A struct around a container
// would not be drawn: Fyne knows only containers and widgets.
type wrapped struct {
	widget.BaseWidget
	inside fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (w *wrapped) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.inside) }

// fill makes every object as large as the widget.
func (d *drawn) fill(s fyne.Size) {
	for _, o := range d.objects {
		o.Resize(s)
		o.Move(fyne.Position{})
	}
}
