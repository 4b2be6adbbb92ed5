package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Face is a person as avatars show them: Hue is theme.Hue of their ID.
type Face struct {
	Name string
	Hue  int
}

// avatarRing is the ground that shows around an avatar that lies on another.
const avatarRing = 2

// Avatars shows people beside each other, each lying a little on the one before, on
// a ground. Of more than most, the last place says how many are left.
func Avatars(faces []Face, size float32, most int, ground theme.Role) *fyne.Container {
	row := HStack(-size / 4)
	left := 0
	if len(faces) > most {
		left = len(faces) - most + 1
		faces = faces[:most-1]
	}
	ringed := func(o fyne.CanvasObject) fyne.CanvasObject {
		outer := size + 2*avatarRing
		return Fixed(outer, outer, container.NewStack(NewBox(outer/2, ground, nil), container.NewCenter(o)))
	}
	for _, f := range faces {
		row.Add(ringed(Avatar(f.Name, f.Hue, size)))
	}
	if left > 0 {
		count := NewText(fmt.Sprintf("+%d", left), size*0.4, theme.Text2).Strong()
		row.Add(ringed(Fixed(size, size, container.NewStack(NewBox(size/2, theme.Sunken, theme.Border), container.NewCenter(count)))))
	}
	return row
}
