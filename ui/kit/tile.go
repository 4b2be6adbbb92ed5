package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Tile is a card among others, of which one may be chosen. Like a Pick it is
// pressed as a whole; what can be pressed inside it keeps its own press.
type Tile struct {
	tappable
	chosen  bool
	back    *canvas.Rectangle
	content fyne.CanvasObject
}

// NewTile returns a tile around content. Keys beside Return and Space are given
// to Keys.
func NewTile(content fyne.CanvasObject, tap func()) *Tile {
	const pad = 12
	t := &Tile{back: canvas.NewRectangle(nil), content: Pad(pad, pad, pad, pad, content)}
	t.onTap = tap
	t.back.CornerRadius = theme.RadiusCard
	t.objects = []fyne.CanvasObject{t.back, t.content}
	t.least = t.content.MinSize
	t.place = t.fill
	t.paint = func(k *theme.Tokens) {
		t.back.FillColor, t.back.StrokeColor, t.back.StrokeWidth = k.Surface, k.Border, 1
		if t.hovered {
			t.back.StrokeColor = k.BorderStrong
		}
		if t.chosen {
			t.back.StrokeColor, t.back.StrokeWidth = k.Accent, 1.5
		}
		if t.focused {
			t.back.StrokeColor, t.back.StrokeWidth = k.Accent, 2.5
		}
	}
	t.ExtendBaseWidget(t)
	return t
}

// Hold says whether it is the chosen one.
func (t *Tile) Hold(chosen bool) {
	if t.chosen != chosen {
		t.chosen = chosen
		t.Refresh()
	}
}

// Chosen reports whether it is.
func (t *Tile) Chosen() bool { return t.chosen }

// Keys sets what keys do while it has the focus.
func (t *Tile) Keys(keys map[fyne.KeyName]func()) { t.keys = keys }

// Focus gives it the keyboard, when it is on screen.
func (t *Tile) Focus() { focus(t) }
