package metrics

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// findingList says above the board how well its columns hang together.
type findingList struct {
	root   *fyne.Container
	accept func([]Suggestion)
	drawn  Board
}

// offersMost is how many metrics are offered beside a finding.
const offersMost = 4

func newFindingList(accept func([]Suggestion)) *findingList {
	return &findingList{root: kit.VStack(0), accept: accept}
}

// draw shows the findings of a board, and reports whether they are others.
func (l *findingList) draw(b Board) bool {
	if reflect.DeepEqual(l.drawn.Findings, b.Findings) && reflect.DeepEqual(l.drawn.Named, b.Named) && l.root.Objects != nil {
		return false
	}
	l.drawn = b
	verdict := kit.NewChip("circle-check", words.T("Aligned"), theme.OK, theme.OKTint)
	if n := b.Open(); n > 0 {
		verdict = kit.NewChip("triangle-alert", words.N("%d thing to look at", "%d things to look at", n), theme.Warn, theme.WarnTint)
	}
	lines := kit.VStack(7)
	for _, f := range b.Findings {
		icon, role := "triangle-alert", theme.Warn
		if f.Good {
			icon, role = "circle-check", theme.OK
		}
		line := kit.HStack(8, kit.NewIcon(icon, 14, role), kit.NewText(f.Words, theme.SizeBody, theme.Text).Shrink())
		if f.Offer {
			l.offer(line, b.Named)
		}
		lines.Add(line)
	}
	l.root.Objects = []fyne.CanvasObject{kit.Pad(0, 0, 10, 0, kit.Card(container.NewBorder(nil, nil, nil, kit.Top(verdict), lines)))}
	return true
}

// offer puts metrics to be made behind a finding.
func (l *findingList) offer(line *fyne.Container, named []Suggestion) {
	for i, s := range named {
		if i == offersMost {
			break
		}
		said := kit.Pad(3, 9, 3, 8, kit.HStack(5, kit.NewIcon("plus", 12, theme.Accent), kit.NewText(s.Name, theme.SizeCaption, theme.Accent).Strong()))
		line.Add(kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.AccentTint, nil), said), func() { l.accept([]Suggestion{s}) }))
	}
}
