package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Toasts is where short messages come up, at the bottom of a window, without
// stopping anybody. It lies in a stack above the content.
type Toasts struct {
	wrapped
	list  *fyne.Container
	place *fyne.Container
	stays time.Duration
	going map[*time.Timer]bool // each takes a toast away
}

// toastStays is long enough to read a sentence and to reach Undo.
const toastStays = 7 * time.Second

// NewToasts returns an empty place for toasts.
func NewToasts() *Toasts {
	t := &Toasts{list: VStack(8), stays: toastStays, going: map[*time.Timer]bool{}}
	t.place = container.New(corner{}, t.list)
	t.inside = t.place
	t.ExtendBaseWidget(t)
	return t
}

// corner keeps an object at the bottom right, above nothing that is pressed.
type corner struct{}

func (corner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (corner) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize()
	objects[0].Resize(least)
	objects[0].Move(fyne.NewPos(size.Width-least.Width-theme.PadPageX, size.Height-least.Height-24))
}

// Say shows words for a while, with something to do about them if do is given.
func (t *Toasts) Say(icon, words, verb string, do func()) {
	inverse := func(k *theme.Tokens) colour { return k.Text }
	ink := func(k *theme.Tokens) colour { return k.Surface }
	parts := []fyne.CanvasObject{NewIcon(icon, 16, ink), NewText(words, theme.SizeBody, ink)}
	var toast fyne.CanvasObject
	var timer *time.Timer
	gone := func() {
		delete(t.going, timer)
		t.list.Remove(toast)
		t.Refresh()
	}
	if do != nil {
		b := NewButton("", verb, Ghost, func() { gone(); do() })
		b.inverse = true
		parts = append(parts, Gap(4, 0), b)
	}
	toast = container.NewStack(NewBox(8, inverse, nil), Pad(6, 12, 6, 14, Fixed(0, 32, HStack(10, parts...))))
	t.list.Add(toast)
	t.Refresh()
	t.place.Layout.Layout(t.place.Objects, t.Size())
	timer = time.AfterFunc(t.stays, func() { fyne.Do(gone) })
	t.going[timer] = true
}

// Close leaves what is shown as it is: nothing happens on the screen any more.
func (t *Toasts) Close() {
	for timer := range t.going {
		timer.Stop()
	}
	t.going = map[*time.Timer]bool{}
}
