package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Box is a rounded rectangle behind something.
type Box struct {
	drawn
	shape        *canvas.Rectangle
	fill, stroke theme.Role
	width        float32
}

// NewBox returns a box; a nil role leaves out what it colours.
func NewBox(radius float32, fill, stroke theme.Role) *Box {
	b := &Box{shape: canvas.NewRectangle(nil), fill: fill, stroke: stroke, width: 1}
	b.shape.CornerRadius = radius
	b.objects = []fyne.CanvasObject{b.shape}
	b.least = func() fyne.Size { return fyne.Size{} }
	b.place = b.drawn.fill
	b.paint = func(k *theme.Tokens) {
		b.shape.FillColor, b.shape.StrokeColor, b.shape.StrokeWidth = color.Transparent, nil, 0
		if b.fill != nil {
			b.shape.FillColor = b.fill(k)
		}
		if b.stroke != nil {
			b.shape.StrokeColor, b.shape.StrokeWidth = b.stroke(k), b.width
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what colours it.
func (b *Box) Set(fill, stroke theme.Role, width float32) {
	b.fill, b.stroke, b.width = fill, stroke, width
	b.Refresh()
}

// Line is a thin line across or down, whichever way it is stretched.
func Line() fyne.CanvasObject { return Fixed(1, 1, NewBox(0, theme.Border, nil)) }

// Card is a surface that holds what belongs together.
func Card(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(theme.RadiusCard, theme.Surface, theme.Border), Pad(theme.PadCard, theme.PadCard, theme.PadCard, theme.PadCard, content))
}

// CardHead is the title of a card, with a quiet line below when there is one,
// and what stands at its right.
func CardHead(title string, below fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	words := VStack(2, Heading(title).Shrink())
	if below != nil {
		words.Add(below)
	}
	return container.NewBorder(nil, nil, nil, HStack(8, right...), words)
}

// Tint is a coloured surface for something to be said about a page.
func Tint(icon string, ink, ground theme.Role, content fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(top{}, Pad(1, 10, 0, 0, NewIcon(icon, 16, ink)))
	return container.NewStack(NewBox(theme.RadiusCard, ground, nil),
		Pad(12, 14, 12, 14, container.NewBorder(nil, nil, left, HStack(8, actions...), content)))
}

// top keeps an object at the top of what it gets.
type top struct{}

func (top) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (top) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height))
	objects[0].Move(fyne.Position{})
}

// Top keeps an object at the top of the room it gets.
func Top(o fyne.CanvasObject) fyne.CanvasObject { return container.New(top{}, o) }

// Chip is a word or two on a coloured ground.
type Chip struct {
	wrapped
	box  *Box
	icon *Icon
	text *Text
}

// NewChip returns a chip; an empty icon is none.
func NewChip(icon, text string, ink, ground theme.Role) *Chip {
	c := &Chip{box: NewBox(10, ground, nil), text: NewText(text, theme.SizeCaption, ink).Strong(), icon: NewIcon(icon, 12, ink)}
	c.icon.Hidden = icon == ""
	c.inside = container.NewStack(c.box, Pad(3, 9, 3, 9, HStack(5, c.icon, c.text)))
	c.ExtendBaseWidget(c)
	return c
}

// Text returns what it says.
func (c *Chip) Text() string { return c.text.Text() }

// Set changes it.
func (c *Chip) Set(icon, text string, ink, ground theme.Role) {
	c.icon.Set(icon, ink)
	c.icon.Hidden = icon == ""
	c.text.role = ink
	c.text.Set(text)
	c.box.Set(ground, nil, 0)
	c.Refresh()
}

// Avatar stands for a person by their initials.
func Avatar(name string, number int, size float32) fyne.CanvasObject {
	ground := func(k *theme.Tokens) (c colour) { return theme.Mix(k.Chart[number%len(k.Chart)], k.Surface, 0.2) }
	return Fixed(size, size, container.NewStack(NewBox(size/2, ground, nil), container.NewCenter(NewText(initials(name), size*0.4, theme.Text).Strong())))
}
