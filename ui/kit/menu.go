package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Item is a line of a menu or of the palette. One without Do is a heading.
type Item struct {
	Icon, Words, Aside string
	Keys               string // that do the same
	Chosen             bool
	Do                 func()
}

// line shows an Item.
type line struct {
	tappable
	item   Item
	lit    bool // the keyboard is at it
	back   *canvas.Rectangle
	image  *canvas.Image
	words  *Text
	aside  *Text
	keys   *canvas.Text
	keyBox *canvas.Rectangle
}

func newLine(item Item, tap func()) *line {
	l := &line{
		item: item, back: canvas.NewRectangle(nil), image: canvas.NewImageFromResource(nil),
		words: NewText(item.Words, theme.SizeBody, theme.Text).Shrink(), aside: NewText(item.Aside, theme.SizeSmall, theme.Text3).Shrink(),
		keys: canvas.NewText(item.Keys, nil), keyBox: canvas.NewRectangle(nil),
	}
	l.onTap = tap
	l.back.CornerRadius, l.keyBox.CornerRadius, l.keys.TextSize = theme.RadiusControl, 4, 10.5
	l.image.FillMode = canvas.ImageFillContain
	l.objects = []fyne.CanvasObject{l.back, l.image, l.words, l.aside, l.keyBox, l.keys}
	l.least = func() fyne.Size {
		return fyne.NewSize(36+fyne.Min(420, l.words.natural()+l.aside.natural()+8)+l.keys.MinSize().Width+34, 32)
	}
	l.place, l.paint = l.arrange, l.colour
	l.ExtendBaseWidget(l)
	return l
}

// heading is an Item that can't be pressed.
func heading(words string) fyne.CanvasObject {
	return Pad(8, 10, 3, 10, NewText(words, theme.SizeTiny, theme.Text3).Strong())
}

func (l *line) arrange(s fyne.Size) {
	l.back.Resize(s)
	l.image.Resize(fyne.NewSquareSize(16))
	l.image.Move(fyne.NewPos(10, (s.Height-16)/2))
	right := s.Width - 10
	if l.item.Keys != "" {
		k := l.keys.MinSize()
		l.keys.Resize(k)
		l.keys.Move(fyne.NewPos(right-k.Width-5, (s.Height-k.Height)/2))
		l.keyBox.Resize(k.AddWidthHeight(10, 2))
		l.keyBox.Move(fyne.NewPos(right-k.Width-10, (s.Height-k.Height)/2-1))
		right -= k.Width + 20
	}
	w := l.words.MinSize()
	w.Width = fyne.Min(l.words.natural(), right-36)
	l.words.Resize(w)
	l.words.Move(fyne.NewPos(36, (s.Height-w.Height)/2))
	a := l.aside.MinSize()
	a.Width = fyne.Max(0, fyne.Min(l.aside.natural(), right-36-w.Width-8))
	l.aside.Resize(a)
	l.aside.Move(fyne.NewPos(36+w.Width+8, (s.Height-a.Height)/2))
}

func (l *line) colour(k *theme.Tokens) {
	l.back.FillColor = color.Transparent
	ink := k.Text3
	if l.hovered {
		l.back.FillColor = k.Hover
	}
	if l.lit || l.focused {
		l.back.FillColor = k.AccentTint
		ink = k.Accent
	}
	l.words.line.TextStyle.Bold = l.lit || l.item.Chosen
	l.keys.Color = k.Text3
	l.keyBox.FillColor, l.keyBox.StrokeColor, l.keyBox.StrokeWidth = k.Sunken, k.Border, 1
	l.keyBox.Hidden = l.item.Keys == ""
	l.image.Hidden = l.item.Icon == ""
	if l.item.Icon != "" {
		l.image.Resource = theme.Icon(l.item.Icon, ink)
	}
}

func (l *line) light(on bool) {
	if l.lit != on {
		l.lit = on
		l.Refresh()
	}
}

// Menu opens a list of items below an object. Arrows move, Return does.
func Menu(under fyne.CanvasObject, width float32, items []Item) *Layer {
	c := fyne.CurrentApp().Driver().CanvasForObject(under)
	if c == nil {
		return nil
	}
	var layer *Layer
	var lines []*line
	objects := make([]fyne.CanvasObject, 0, len(items))
	for _, item := range items {
		if item.Do == nil {
			objects = append(objects, heading(item.Words))
			continue
		}
		l := newLine(item, func() { layer.Close(); item.Do() })
		lines = append(lines, l)
		objects = append(objects, l)
	}
	for i, l := range lines {
		to := func(n int) func() { return func() { layer.Focus(lines[(n+len(lines))%len(lines)]) } }
		l.keys2(to(i-1), to(i+1), func() { layer.Close() })
	}
	layer = openLayer(c, clear, panel(Pad(6, 6, 6, 6, VStack(0, objects...))), below(under, width))
	if len(lines) > 0 {
		first := lines[0]
		for _, l := range lines {
			if l.item.Chosen {
				first = l
			}
		}
		layer.Focus(first)
	}
	return layer
}

func (l *line) keys2(up, down, leave func()) {
	l.tappable.keys = map[fyne.KeyName]func(){fyne.KeyUp: up, fyne.KeyDown: down, fyne.KeyEscape: leave}
}

func clear(*theme.Tokens) (c colour) { return c }
