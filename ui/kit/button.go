package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Importance says how much a button stands out. A screen has one that is Primary.
type Importance int

// The importances.
const (
	Ghost Importance = iota
	Secondary
	Primary
)

// Button is something to press, with words, an icon or both.
type Button struct {
	tappable
	icon       string
	importance Importance
	inverse    bool // stands on the colour of text
	ring, back *canvas.Rectangle
	image      *canvas.Image
	words      *canvas.Text
}

const (
	buttonHeight = 32
	buttonIcon   = 16
	buttonGap    = 6
)

// NewButton returns a button. Its words are a verb.
func NewButton(icon, words string, importance Importance, tap func()) *Button {
	b := &Button{
		icon: icon, importance: importance,
		ring: canvas.NewRectangle(nil), back: canvas.NewRectangle(nil),
		image: canvas.NewImageFromResource(nil), words: canvas.NewText(words, nil),
	}
	b.onTap = tap
	b.ring.CornerRadius, b.back.CornerRadius = theme.RadiusControl+2, theme.RadiusControl
	b.words.TextSize, b.words.TextStyle.Bold = theme.SizeBody, true
	b.image.FillMode = canvas.ImageFillContain
	b.objects = []fyne.CanvasObject{b.ring, b.back, b.image, b.words}
	b.least = func() fyne.Size { return fyne.NewSize(b.content()+2*b.side(), buttonHeight) }
	b.place, b.paint = b.arrange, b.colour
	b.ExtendBaseWidget(b)
	return b
}

func (b *Button) side() float32 {
	if b.words.Text == "" {
		return 8
	}
	return 12
}

func (b *Button) content() float32 {
	width := float32(0)
	if b.words.Text != "" {
		width += b.words.MinSize().Width
	}
	if b.icon != "" {
		width += buttonIcon
		if b.words.Text != "" {
			width += buttonGap
		}
	}
	return width
}

func (b *Button) arrange(s fyne.Size) {
	b.back.Resize(s)
	b.ring.Resize(s.AddWidthHeight(4, 4))
	b.ring.Move(fyne.NewPos(-2, -2))
	x := (s.Width - b.content()) / 2
	b.image.Resize(fyne.NewSquareSize(buttonIcon))
	b.image.Move(fyne.NewPos(x, (s.Height-buttonIcon)/2))
	if b.icon != "" {
		x += buttonIcon + buttonGap
	}
	least := b.words.MinSize()
	b.words.Resize(least)
	b.words.Move(fyne.NewPos(x, (s.Height-least.Height)/2))
}

func (b *Button) colour(k *theme.Tokens) {
	ink := k.Text2
	b.back.FillColor, b.back.StrokeColor, b.back.StrokeWidth = color.Transparent, nil, 0
	switch b.importance {
	case Secondary:
		b.back.FillColor, b.back.StrokeColor, b.back.StrokeWidth = k.Surface, k.BorderStrong, 1
		ink = k.Text
	case Primary:
		b.back.FillColor = k.Primary
		ink = k.OnPrimary
	default: // Ghost is quiet until the pointer comes
	}
	switch {
	case b.disabled:
		ink = k.Text3
		if b.importance == Primary {
			b.back.FillColor = k.Border
		}
	case b.hovered && b.importance == Primary:
		b.back.FillColor = k.PrimaryHover
	case b.hovered && b.importance == Secondary:
		b.back.FillColor = k.Sunken
	case b.hovered:
		b.back.FillColor = k.Hover
	}
	if b.inverse {
		ink = k.Surface
		b.back.FillColor = color.Transparent
	}
	b.ring.FillColor, b.ring.StrokeColor, b.ring.StrokeWidth = color.Transparent, nil, 0
	if b.focused {
		b.ring.StrokeColor, b.ring.StrokeWidth = k.Accent, 2
	}
	b.words.Color = ink
	b.image.Hidden = b.icon == ""
	if b.icon != "" {
		b.image.Resource = theme.Icon(b.icon, ink)
	}
}

// Tap presses it.
func (b *Button) Tap() { b.Tapped(nil) }

// Words returns what stands on it.
func (b *Button) Words() string { return b.words.Text }

// SetWords changes what stands on it.
func (b *Button) SetWords(words string) {
	if b.words.Text != words {
		b.words.Text = words
		b.Refresh()
	}
}

// OnTap changes what a press does.
func (b *Button) OnTap(tap func()) { b.onTap = tap }

// SetDisabled makes it take no press, or take them again.
func (b *Button) SetDisabled(disabled bool) {
	if b.disabled != disabled {
		b.disabled = disabled
		b.Refresh()
	}
}
