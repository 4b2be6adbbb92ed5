package theme

import (
	"bytes"
	"fmt"
	"image/color"
	"io/fs"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/assets"
)

// Regular and SemiBold are the two weights of the typeface.
var (
	Regular  = sync.OnceValue(func() fyne.Resource { return resource(assets.Fonts, "fonts/Pretendard-Regular.otf") })
	SemiBold = sync.OnceValue(func() fyne.Resource { return resource(assets.Fonts, "fonts/Pretendard-SemiBold.otf") })
)

// Tabular returns a font whose digits are equally wide, for columns of
// numbers: those of Pretendard are not, and Fyne has no font features.
func Tabular() fyne.Resource { return fynetheme.DefaultTextFont() }

// resource reads what is built in; that it is there is a test's matter.
func resource(files fs.FS, name string) fyne.Resource {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		panic(fmt.Sprintf("theme: %v", err))
	}
	return fyne.NewStaticResource(name, b)
}

// icons holds recoloured icons: name and colour → resource.
var icons sync.Map

// Icon returns an icon in a colour. Fyne's own recolouring fills shapes, and
// these icons are strokes.
func Icon(name string, c color.NRGBA) fyne.Resource {
	key := fmt.Sprintf("%s-%02x%02x%02x.svg", name, c.R, c.G, c.B)
	if r, ok := icons.Load(key); ok {
		return r.(fyne.Resource)
	}
	drawn := bytes.ReplaceAll(resource(assets.Icons, "icons/"+name+".svg").Content(), []byte("currentColor"), fmt.Appendf(nil, "#%02x%02x%02x", c.R, c.G, c.B))
	r, _ := icons.LoadOrStore(key, fyne.NewStaticResource(key, drawn))
	return r.(fyne.Resource)
}
