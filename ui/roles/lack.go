package roles

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// lack says below a phase what is missing there.
type lack struct {
	root *fyne.Container
	icon *kit.Icon
	said *kit.Para
}

func newLack() *lack {
	l := &lack{icon: kit.NewIcon("circle-check", 14, theme.OK), said: kit.NewPara("", fynetheme.SizeNameCaptionText).Quiet()}
	l.root = container.NewBorder(nil, nil, kit.Top(kit.Pad(1, 4, 0, 4, l.icon)), nil, l.said)
	return l
}

func (l *lack) draw(c Column) {
	if c.Complete() {
		l.icon.Set("circle-check", theme.OK)
		l.said.Set(words.T("Complete"))
		return
	}
	l.icon.Set("triangle-alert", theme.Warn)
	var said string
	switch {
	case c.Accountable == 0 && c.Responsible == 0:
		said = words.T("Nobody is accountable, and nobody does the work.")
	case c.Accountable == 0:
		said = words.T("Nobody is accountable.")
	case c.Accountable > 1 && c.Responsible == 0:
		said = words.T("%d are accountable, and nobody does the work.", c.Accountable)
	case c.Accountable > 1:
		said = words.T("%d are accountable: leave one.", c.Accountable)
	default:
		said = words.T("Nobody does the work.")
	}
	l.said.Set(said)
}

// legend explains the letters.
func legend() fyne.CanvasObject {
	entries := make([]fyne.CanvasObject, len(Parts))
	for i, part := range Parts {
		ink, ground := letterRoles(part)
		badge := badgeOf(kit.NewBox(5, ground, nil), kit.NewText(Letter(part), theme.SizeCaption, ink).Strong())
		entries[i] = container.NewBorder(nil, nil, kit.Top(kit.Pad(3, 9, 0, 0, badge)), nil,
			kit.VStack(1, kit.NewText(PartName(part), theme.SizeSmall, theme.Text).Strong().Shrink(), kit.NewPara(Meaning(part), fynetheme.SizeNameCaptionText).Quiet()))
	}
	keys := kit.Caption(words.T("In a cell: R, A, C or I chooses, Delete clears, arrows move.")).Shrink()
	return kit.Card(kit.VStack(12, kit.Grid(16, 180, entries...), keys))
}
