package kit

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Tab is one page of a row of them, with an icon that says how far it is.
type Tab struct {
	tappable
	icon     string
	role     theme.Role
	selected bool
	image    *canvas.Image
	words    *canvas.Text
	under    *canvas.Rectangle
	ring     *canvas.Rectangle
}

// NewTab returns a tab.
func NewTab(name string, tap func()) *Tab {
	t := &Tab{
		icon: "circle-dashed", role: theme.Text3, image: canvas.NewImageFromResource(nil),
		words: canvas.NewText(name, nil), under: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
	}
	t.onTap = tap
	t.words.TextSize = theme.SizeBody
	t.ring.CornerRadius = 4
	t.image.FillMode = canvas.ImageFillContain
	t.objects = []fyne.CanvasObject{t.ring, t.image, t.words, t.under}
	t.least = func() fyne.Size {
		bold := fyne.MeasureText(t.words.Text, t.words.TextSize, fyne.TextStyle{Bold: true})
		return fyne.NewSize(14+6+bold.Width, 32)
	}
	t.place, t.paint = t.arrange, t.colour
	t.ExtendBaseWidget(t)
	return t
}

func (t *Tab) arrange(s fyne.Size) {
	t.image.Resize(fyne.NewSquareSize(14))
	t.image.Move(fyne.NewPos(0, (s.Height-9-14)/2))
	least := t.words.MinSize()
	t.words.Resize(least)
	t.words.Move(fyne.NewPos(20, (s.Height-9-least.Height)/2))
	t.under.Resize(fyne.NewSize(s.Width, 2))
	t.under.Move(fyne.NewPos(0, s.Height-2))
	t.ring.Resize(fyne.NewSize(s.Width+8, s.Height-6))
	t.ring.Move(fyne.NewPos(-4, -2))
}

func (t *Tab) colour(k *theme.Tokens) {
	t.words.Color, t.words.TextStyle.Bold, t.under.FillColor = k.Text2, false, color.Transparent
	ink := t.role(k)
	if t.hovered {
		t.words.Color = k.Text
	}
	if t.selected {
		t.words.Color, t.words.TextStyle.Bold, t.under.FillColor = k.Text, true, k.Primary
	}
	t.ring.StrokeColor, t.ring.StrokeWidth = nil, 0
	if t.focused {
		t.ring.StrokeColor, t.ring.StrokeWidth = k.Accent, 2
	}
	t.image.Resource = theme.Icon(t.icon, ink)
}

// Set changes its icon and whether it is the page that is shown.
func (t *Tab) Set(selected bool, icon string, role theme.Role) {
	t.selected, t.icon, t.role = selected, icon, role
	t.Refresh()
}

// Tabs is a row of tabs on a line. Left and right move between them.
func Tabs(tabs ...*Tab) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(tabs))
	for i, t := range tabs {
		objects[i] = t
		to := func(n int) func() {
			return func() { focus(tabs[(n+len(tabs))%len(tabs)]) }
		}
		t.keys = map[fyne.KeyName]func(){fyne.KeyLeft: to(i - 1), fyne.KeyRight: to(i + 1)}
	}
	return VStack(0, HStack(24, objects...), Line())
}

// FocusFirst gives o the keyboard when it comes on screen and nothing else has it.
func FocusFirst(o fyne.Focusable) { focusWithin(o, frames) }

// An object is on a canvas once that has been painted with it, which is a few
// frames after it was put there, on a slow machine more.
const (
	frames   = 20
	frameGap = 25 * time.Millisecond
)

func focusWithin(o fyne.Focusable, tries int) {
	object, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(object)
	switch {
	case c == nil && tries > 0:
		time.AfterFunc(frameGap, func() { fyne.Do(func() { focusWithin(o, tries-1) }) })
	case c != nil && c.Focused() == nil && c.Overlays().Top() == nil:
		c.Focus(o)
	}
}

// focus gives o the keyboard, when it is on screen.
func focus(o fyne.Focusable) {
	if object, ok := o.(fyne.CanvasObject); ok {
		if c := fyne.CurrentApp().Driver().CanvasForObject(object); c != nil {
			c.Focus(o)
		}
	}
}
