package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Run is a piece of text of one look.
type Run struct {
	Text   string
	Color  fyne.ThemeColorName // empty for that of text
	Strong bool
}

// Rich returns text that wraps and whose runs look different.
func Rich(runs ...Run) fyne.CanvasObject {
	segments := make([]widget.RichTextSegment, len(runs))
	for i, r := range runs {
		style := widget.RichTextStyle{Inline: true, ColorName: fynetheme.ColorNameForeground, SizeName: fynetheme.SizeNameText}
		if r.Color != "" {
			style.ColorName = r.Color
		}
		style.TextStyle.Bold = r.Strong
		segments[i] = &widget.TextSegment{Style: style, Text: r.Text}
	}
	t := widget.NewRichText(segments...)
	t.Wrapping = fyne.TextWrapWord
	return container.New(flush{}, t)
}
