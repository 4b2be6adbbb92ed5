package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/theme"
)

// Segments offers a few views of the same, one of which is shown. Left and right
// move between them.
type Segments struct {
	wrapped
	all    []*segment
	picked func(int)
}

// NewSegments returns segments with the first one shown.
func NewSegments(names []string, picked func(int)) *Segments {
	s := &Segments{picked: picked}
	objects := make([]fyne.CanvasObject, len(names))
	for i, name := range names {
		one := newSegment(name, func() { s.Pick(i) })
		to := func(n int) func() {
			return func() { s.Pick((n + len(names)) % len(names)); focus(s.all[(n+len(names))%len(names)]) }
		}
		one.keys = map[fyne.KeyName]func(){fyne.KeyLeft: to(i - 1), fyne.KeyRight: to(i + 1)}
		s.all, objects[i] = append(s.all, one), one
	}
	s.inside = HStack(4, objects...)
	s.ExtendBaseWidget(s)
	s.Hold(0)
	return s
}

// Hold shows one of them as the chosen one.
func (s *Segments) Hold(i int) {
	for j, one := range s.all {
		if one.chosen != (i == j) {
			one.chosen = i == j
			one.Refresh()
		}
	}
}

// Pick chooses one as a person does.
func (s *Segments) Pick(i int) {
	s.Hold(i)
	s.picked(i)
}

type segment struct {
	tappable
	chosen bool
	back   *canvas.Rectangle
	words  *canvas.Text
}

func newSegment(name string, tap func()) *segment {
	s := &segment{back: canvas.NewRectangle(nil), words: canvas.NewText(name, nil)}
	s.onTap = tap
	s.back.CornerRadius, s.words.TextSize = theme.RadiusControl, theme.SizeLabel
	s.objects = []fyne.CanvasObject{s.back, s.words}
	s.least = func() fyne.Size {
		bold := fyne.MeasureText(s.words.Text, s.words.TextSize, fyne.TextStyle{Bold: true})
		return fyne.NewSize(bold.Width+20, 28)
	}
	s.place = func(size fyne.Size) {
		s.back.Resize(size)
		least := s.words.MinSize()
		s.words.Resize(least)
		s.words.Move(fyne.NewPos((size.Width-least.Width)/2, (size.Height-least.Height)/2))
	}
	s.paint = func(k *theme.Tokens) {
		s.back.FillColor, s.back.StrokeColor, s.back.StrokeWidth = color.Transparent, nil, 0
		s.words.Color, s.words.TextStyle.Bold = k.Text2, false
		if s.hovered {
			s.back.FillColor = k.Hover
		}
		if s.chosen {
			s.back.FillColor, s.words.Color, s.words.TextStyle.Bold = k.AccentTint, k.Accent, true
		}
		if s.focused {
			s.back.StrokeColor, s.back.StrokeWidth = k.Accent, 2
		}
	}
	s.ExtendBaseWidget(s)
	return s
}
