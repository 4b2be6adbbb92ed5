package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Option is one of those that a Choice offers.
type Option struct{ Value, Words string }

// Choice is a field that holds one of several options.
type Choice struct {
	tappable
	options []Option
	value   string
	empty   string
	back    *canvas.Rectangle
	words   *Text
	image   *canvas.Image
	changed func(string)
}

// NewChoice returns a choice; empty is what it says while nothing is chosen.
func NewChoice(empty string, options []Option, changed func(string)) *Choice {
	c := &Choice{
		options: options, empty: empty, changed: changed, back: canvas.NewRectangle(nil),
		words: NewText(empty, theme.SizeBody, theme.Text3).Shrink(), image: canvas.NewImageFromResource(nil),
	}
	c.onTap = c.open
	c.keys = map[fyne.KeyName]func(){fyne.KeyDown: c.open, fyne.KeyUp: c.open}
	c.back.CornerRadius = theme.RadiusControl
	c.image.FillMode = canvas.ImageFillContain
	c.objects = []fyne.CanvasObject{c.back, c.words, c.image}
	c.least = func() fyne.Size { return fyne.NewSize(64, 30) }
	c.place = func(s fyne.Size) {
		c.back.Resize(s)
		height := c.words.MinSize().Height
		c.words.Resize(fyne.NewSize(s.Width-36, height))
		c.words.Move(fyne.NewPos(9, (s.Height-height)/2))
		c.image.Resize(fyne.NewSquareSize(14))
		c.image.Move(fyne.NewPos(s.Width-22, (s.Height-14)/2))
	}
	c.paint = func(k *theme.Tokens) {
		c.back.FillColor, c.back.StrokeColor, c.back.StrokeWidth = k.Surface, k.InputBorder, 1
		if c.focused {
			c.back.StrokeColor, c.back.StrokeWidth = k.Primary, 2
		}
		c.image.Resource = theme.Icon("chevron-down", k.Text3)
	}
	c.ExtendBaseWidget(c)
	return c
}

// Hold makes it hold a value.
func (c *Choice) Hold(value string) {
	c.value = value
	words, role := c.empty, theme.Text3
	for _, o := range c.options {
		if o.Value == value && value != "" {
			words, role = o.Words, theme.Text
		}
	}
	c.words.role = role
	c.words.Set(words)
	c.words.Refresh()
}

// Options returns what it offers.
func (c *Choice) Options() []Option { return c.options }

// SetDisabled makes it offer nothing, or offer it again.
func (c *Choice) SetDisabled(disabled bool) {
	c.disabled = disabled
	c.Refresh()
}

// SetOptions changes what it offers.
func (c *Choice) SetOptions(options []Option) {
	c.options = options
	c.Hold(c.value)
}

// Pick chooses as a person does.
func (c *Choice) Pick(value string) {
	if c.value != value {
		c.Hold(value)
		c.changed(value)
	}
}

func (c *Choice) open() {
	items := make([]Item, len(c.options))
	for i, o := range c.options {
		items[i] = Item{Words: o.Words, Chosen: o.Value == c.value, Do: func() { c.Pick(o.Value) }}
		if items[i].Chosen {
			items[i].Icon = "check"
		}
	}
	Menu(c, c.Size().Width, items)
}
