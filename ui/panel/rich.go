package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
)

// rich is wrapped text whose runs look different.
func rich(runs []Run) fyne.CanvasObject {
	out := make([]kit.Run, len(runs))
	for i, r := range runs {
		out[i] = kit.Run{Text: r.Text}
		switch r.Look {
		case Mention:
			out[i].Color, out[i].Strong = fynetheme.ColorNameHyperlink, true
		case Added:
			out[i].Color, out[i].Strong = fynetheme.ColorNameSuccess, true
		case Removed:
			out[i].Color = fynetheme.ColorNameError
		case Plain: // as it is
		}
	}
	return kit.Rich(out...)
}

// beside puts text at the right of an avatar or icon, both at the top.
func beside(left, right fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Top(kit.Pad(1, 8, 0, 0, left)), nil, right)
}

// nothing is what a section says that has nothing to show.
func nothing(icon, title, words string) fyne.CanvasObject {
	mark := container.NewStack(kit.Fixed(44, 44, kit.NewBox(22, theme.AccentTint, nil)), container.NewCenter(kit.NewIcon(icon, 20, theme.Accent)))
	return kit.Pad(28, 12, 12, 12, kit.VStack(10, container.NewCenter(mark), container.NewCenter(kit.NewText(title, theme.SizeCard, theme.Text).Strong()), kit.Prose(words).Quiet().Centred()))
}
