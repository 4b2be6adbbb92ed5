package kit

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// Drew remembers the piece of a state that a part of a screen has drawn, so that
// the part draws again only when that piece is another. The zero Drew has drawn
// nothing.
type Drew[T any] struct {
	once  bool
	piece T
}

// Anew reports whether piece is not what was drawn last, and remembers it. Two
// functions are never the same.
func (d *Drew[T]) Anew(piece T) bool {
	if d.once && reflect.DeepEqual(d.piece, piece) {
		return false
	}
	d.once, d.piece = true, piece
	return true
}

// settling is a widget with something inside that has a layout.
type settling interface{ settle() }

// Settle lays out anew what is inside o, after texts in it have changed. It
// paints nothing: what has changed has asked for that itself. A container lays
// out what is in it only when its size changes or it is refreshed, and to
// refresh one paints all of it.
func Settle(o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, inside := range o.Objects {
			Settle(inside)
		}
	case settling:
		o.settle()
	}
}

func (w *wrapped) settle() { Settle(w.inside) }

func (d *drawn) settle() {
	d.place(d.Size())
	for _, o := range d.objects {
		Settle(o)
	}
}

// Settle lays out the page anew after parts of it have changed.
func (p *Page) Settle() {
	Settle(p.content)
	pageRenderer{p}.Layout(p.Size())
}
