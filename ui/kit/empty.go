package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Empty is what a page shows that has nothing to show: what would be here, and
// the one thing to do, nil for nothing.
func Empty(icon, title, words string, action *Button) fyne.CanvasObject {
	text := Prose(words).Quiet()
	text.label.Alignment = fyne.TextAlignCenter
	mark := container.NewStack(Fixed(56, 56, NewBox(28, theme.AccentTint, nil)), container.NewCenter(NewIcon(icon, 24, theme.Accent)))
	body := VStack(14, container.NewCenter(mark), container.NewCenter(NewText(title, 16, theme.Text).Strong()), text)
	if action != nil {
		body.Add(container.NewCenter(action))
	}
	return container.New(centred{width: 420}, body)
}

// centred puts an object of a width a little above the middle.
type centred struct{ width float32 }

func (c centred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fyne.Min(c.width, 320), objects[0].MinSize().Height)
}

func (c centred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := fyne.Min(c.width, size.Width)
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	height := objects[0].MinSize().Height // wrapped text knows it only now
	objects[0].Resize(fyne.NewSize(width, height))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, fyne.Max(0, (size.Height-height)*0.4)))
}

// Centred puts an object of a width a little above the middle of what it gets.
func Centred(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(centred{width}, o)
}
