package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// NavItem is a place in the side bar.
type NavItem struct {
	tappable
	icon         string
	selected     bool
	back, bar    *canvas.Rectangle
	image        *canvas.Image
	words, count *canvas.Text
}

// NewNavItem returns a place with an icon, its name and, at the right, a count.
func NewNavItem(icon, name string, tap func()) *NavItem {
	n := &NavItem{
		icon: icon, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		image: canvas.NewImageFromResource(nil), words: canvas.NewText(name, nil), count: canvas.NewText("", nil),
	}
	n.onTap = tap
	n.back.CornerRadius, n.bar.CornerRadius = theme.RadiusControl, 1.5
	n.words.TextSize, n.count.TextSize = theme.SizeBody, theme.SizeCaption
	n.image.FillMode = canvas.ImageFillContain
	n.objects = []fyne.CanvasObject{n.back, n.bar, n.image, n.words, n.count}
	n.least = func() fyne.Size { return fyne.NewSize(120, 32) }
	n.place, n.paint = n.arrange, n.colour
	n.ExtendBaseWidget(n)
	return n
}

func (n *NavItem) arrange(s fyne.Size) {
	n.back.Resize(s)
	n.bar.Resize(fyne.NewSize(3, 16))
	n.bar.Move(fyne.NewPos(0, (s.Height-16)/2))
	n.image.Resize(fyne.NewSquareSize(16))
	n.image.Move(fyne.NewPos(10, (s.Height-16)/2))
	least := n.words.MinSize()
	n.words.Resize(least)
	n.words.Move(fyne.NewPos(36, (s.Height-least.Height)/2))
	least = n.count.MinSize()
	n.count.Resize(least)
	n.count.Move(fyne.NewPos(s.Width-least.Width-10, (s.Height-least.Height)/2))
}

func (n *NavItem) colour(k *theme.Tokens) {
	ink := k.Text3
	n.back.FillColor, n.back.StrokeColor, n.back.StrokeWidth, n.bar.FillColor = color.Transparent, nil, 0, color.Transparent
	n.words.Color, n.count.Color, n.words.TextStyle.Bold = k.Text2, k.Text3, false
	if n.hovered {
		n.back.FillColor = k.Hover
	}
	if n.selected {
		ink = k.Accent
		n.back.FillColor, n.bar.FillColor = k.AccentTint, k.Primary
		n.words.Color, n.count.Color, n.words.TextStyle.Bold = k.Accent, k.Accent, true
	}
	if n.focused {
		n.back.StrokeColor, n.back.StrokeWidth = k.Primary, 2
	}
	n.image.Resource = theme.Icon(n.icon, ink)
}

// Set changes whether it is where the window is, and its count.
func (n *NavItem) Set(selected bool, count string) {
	if n.selected != selected || n.count.Text != count {
		n.selected, n.count.Text = selected, count
		n.Refresh()
	}
}

// NavHead is the heading of a part of the side bar.
func NavHead(name string) fyne.CanvasObject {
	return Pad(14, 10, 4, 10, NewText(name, theme.SizeTiny, theme.Text3).Strong())
}
