package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Side is one of several things to choose from.
type Side struct{ Text, By string }

// Comparison is a sheet with sides to choose from, and room for another.
type Comparison struct {
	Title, Purpose    string
	Sides             []Side
	Other, Later, Use string
	Options           []Option // of which the other is one; any text when there are none
}

// Compare opens the sheet. Chosen gets the number of a side, counting from 1,
// or 0 and another text.
func Compare(c fyne.Canvas, what Comparison, chosen func(side int, other string)) *Layer {
	picked, other := 1, ""
	radios := make([]*Radio, 0, len(what.Sides)+1)
	pick := func(n int) {
		picked = n
		for i, r := range radios {
			r.Hold(i+1 == n || n == 0 && i == len(what.Sides))
		}
	}
	content := VStack(8)
	for i, s := range what.Sides {
		r := NewRadio(VStack(2, Label(s.Text).Shrink(), Caption(s.By).Shrink()), func() { pick(i + 1) })
		radios = append(radios, r)
		content.Add(r)
	}
	write := func(text string) { other = text; pick(0) }
	input := NewEntry("", write).Object()
	if len(what.Options) > 0 {
		input = NewChoice("–", what.Options, write)
	}
	radios = append(radios, NewRadio(container.NewBorder(nil, nil, Pad(0, 10, 0, 0, Label(what.Other)), nil, input), func() { pick(0) }))
	content.Add(radios[len(radios)-1])
	pick(1)
	l := Sheet(c, what.Title, what.Purpose, 520, content, func(l *Layer) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			NewButton("", what.Later, Ghost, l.Close),
			NewButton("check", what.Use, Primary, func() { l.Close(); chosen(picked, other) }),
		}
	})
	l.Focus(radios[0])
	return l
}

// Radio is one of several things, of which one is chosen.
type Radio struct {
	tappable
	chosen  bool
	back    *canvas.Rectangle
	ring    *canvas.Circle
	dot     *canvas.Circle
	content fyne.CanvasObject
}

// NewRadio returns a radio with content at its right.
func NewRadio(content fyne.CanvasObject, tap func()) *Radio {
	r := &Radio{back: canvas.NewRectangle(nil), ring: canvas.NewCircle(nil), dot: canvas.NewCircle(nil), content: content}
	r.onTap = tap
	r.back.CornerRadius = 8
	r.objects = []fyne.CanvasObject{r.back, r.ring, r.dot, content}
	r.least = func() fyne.Size { return content.MinSize().AddWidthHeight(54, 20) }
	r.place = func(s fyne.Size) {
		r.back.Resize(s)
		middle := s.Height / 2
		r.ring.Resize(fyne.NewSquareSize(16))
		r.ring.Move(fyne.NewPos(14, middle-8))
		r.dot.Resize(fyne.NewSquareSize(8))
		r.dot.Move(fyne.NewPos(18, middle-4))
		content.Resize(fyne.NewSize(s.Width-54, s.Height-20))
		content.Move(fyne.NewPos(42, 10))
	}
	r.paint = func(k *theme.Tokens) {
		r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = color.Transparent, k.Border, 1
		r.ring.StrokeColor, r.ring.StrokeWidth, r.dot.FillColor = k.InputBorder, 1.5, color.Transparent
		if r.hovered {
			r.back.FillColor = k.Hover
		}
		if r.chosen {
			r.back.FillColor, r.back.StrokeColor = k.AccentTint, k.Accent
			r.ring.StrokeColor, r.dot.FillColor = k.Accent, k.Accent
		}
		if r.focused {
			r.back.StrokeColor, r.back.StrokeWidth = k.Accent, 2
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// Hold says whether it is the chosen one.
func (r *Radio) Hold(chosen bool) {
	if r.chosen != chosen {
		r.chosen = chosen
		r.Refresh()
	}
}
