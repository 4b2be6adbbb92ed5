package kit

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/assets"
	"cairn/ui/theme"
)

type colour = color.NRGBA

// Icon is an icon in a colour that follows the theme.
type Icon struct {
	drawn
	image *canvas.Image
	name  string
	role  theme.Role
}

// NewIcon returns an icon of assets by its name.
func NewIcon(name string, size float32, role theme.Role) *Icon {
	i := &Icon{image: canvas.NewImageFromResource(nil), name: name, role: role}
	i.image.FillMode = canvas.ImageFillContain
	i.objects = []fyne.CanvasObject{i.image}
	i.least = func() fyne.Size { return fyne.NewSize(size, size) }
	i.place = i.fill
	i.paint = func(k *theme.Tokens) {
		if i.name != "" {
			i.image.Resource = theme.Icon(i.name, i.role(k))
		}
	}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes which icon it is, and its colour.
func (i *Icon) Set(name string, role theme.Role) {
	i.name, i.role = name, role
	i.Refresh()
}

// Mark is Cairn's sign.
func Mark(size float32) fyne.CanvasObject {
	i := canvas.NewImageFromResource(fyne.NewStaticResource("cairn.svg", assets.Mark))
	i.FillMode = canvas.ImageFillContain
	return Fixed(size, size, i)
}

// initials returns up to two letters that stand for a name.
func initials(name string) string {
	var out []rune
	for word := range strings.FieldsSeq(name) {
		r := []rune(word)[0]
		if unicode.Is(unicode.Hangul, r) {
			return string(r)
		}
		out = append(out, unicode.ToUpper(r))
	}
	if len(out) == 0 {
		return "?"
	}
	if len(out) > 2 {
		out = []rune{out[0], out[len(out)-1]}
	}
	return string(out)
}
