package value

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
)

// lines are labels with amounts.
type lines struct {
	box    *fyne.Container
	labels []*kit.Text
	counts []*kit.Text
	strong []bool
	drew   kit.Drew[[]Line]
}

func newLines() *lines { return &lines{box: kit.VStack(8)} }

// draw shows lines; it reports whether it changed anything. Lines that are as
// many as before are only written anew.
func (l *lines) draw(from []Line) bool {
	if !l.drew.Anew(from) {
		return false
	}
	strong := make([]bool, len(from))
	for i, line := range from {
		strong[i] = line.Strong
	}
	if l.strong == nil || !slices.Equal(l.strong, strong) {
		l.build(from, strong)
	}
	for i, line := range from {
		l.labels[i].Set(line.Label)
		l.counts[i].Set(line.Amount)
	}
	return true
}

func (l *lines) build(from []Line, strong []bool) {
	l.labels, l.counts, l.strong = nil, nil, strong
	objects := make([]fyne.CanvasObject, 0, 2*len(from))
	for _, line := range from {
		label, amount := kit.NewText("", theme.SizeLabel, theme.Text2).Shrink(), kit.NewText("", theme.SizeLabel, theme.Text)
		if line.Strong {
			label, amount = kit.Label("").Shrink(), kit.Label("")
			objects = append(objects, kit.Line())
		}
		l.labels, l.counts = append(l.labels, label), append(l.counts, amount)
		objects = append(objects, kit.HStack(8, label, kit.Spacer(), amount))
	}
	l.box.Objects = objects
	l.box.Hidden = len(objects) == 0
	l.box.Refresh()
}

// points are sentences below each other.
type points struct {
	box  *fyne.Container
	said []*kit.Para
}

func newPoints() *points { return &points{box: kit.VStack(8)} }

func (p *points) draw(sentences []string) {
	if len(p.said) != len(sentences) {
		p.said = make([]*kit.Para, len(sentences))
		objects := make([]fyne.CanvasObject, len(sentences))
		for i := range sentences {
			p.said[i] = kit.Prose("")
			objects[i] = container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 8, 0, 0, kit.NewIcon("chevron-right", 12, theme.Text3))), nil, p.said[i])
		}
		p.box.Objects = objects
		p.box.Refresh()
	}
	for i, s := range sentences {
		p.said[i].Set(s)
	}
}
