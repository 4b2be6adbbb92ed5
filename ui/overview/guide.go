package overview

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// shownSteps is how many steps stand below the best one: what fits into one look.
const shownSteps = 4

// guide shows the next best step, and what follows.
type guide struct {
	root   fyne.CanvasObject
	inside *fyne.Container
	open   func(shell.Route)
	held   []Step
	next   string
	drawn  bool
}

func newGuide(open func(shell.Route)) *guide {
	g := &guide{open: open, inside: kit.VStack(12)}
	g.root = kit.Card(g.inside)
	return g
}

func (g *guide) draw(st State) {
	if g.drawn && equalSteps(g.held, st.Steps) && g.next == st.Next {
		return
	}
	g.held, g.next, g.drawn = st.Steps, st.Next, true
	parts := []fyne.CanvasObject{kit.CardHead(words.T("Next for you"), nil)}
	if len(st.Steps) == 0 {
		parts = append(parts, kit.HStack(10, kit.NewIcon("circle-check", 20, theme.OK), kit.NewText(words.T("Nothing waits for you"), theme.SizeStat, theme.Text).Strong()), kit.Prose(st.Next).Quiet())
		for i, w := range st.Waits {
			if i < shownSteps {
				parts = append(parts, g.row(w, "loader"))
			}
		}
		g.inside.Objects = parts
		return
	}
	best := st.Steps[0]
	parts = append(parts,
		kit.VStack(4, kit.NewPara(best.Say, fynetheme.SizeNameSubHeadingText).Bold(), kit.Prose(best.Why).Quiet()),
		kit.HStack(8, kit.NewButton("arrow-right", words.T("Go there"), kit.Primary, func() { g.open(best.To) })))
	if len(st.Steps) > 1 {
		parts = append(parts, kit.Line())
	}
	for i, s := range st.Steps[1:] {
		if i < shownSteps {
			parts = append(parts, g.row(s, "circle-dashed"))
		}
	}
	if more := len(st.Steps) - 1 - shownSteps; more > 0 {
		parts = append(parts, kit.Caption(words.N("and %d more", "and %d more", more)))
	}
	g.inside.Objects = parts
}

func (g *guide) row(s Step, icon string) fyne.CanvasObject {
	right := kit.Caption(s.Who)
	if s.Who == "" {
		right.Set(s.To.Page.Name())
	}
	return kit.NewPlain(kit.Pad(5, 6, 5, 6, kit.HStack(10, kit.NewIcon(icon, 14, theme.Text3), kit.NewText(s.Say, theme.SizeLabel, theme.Text).Shrink(), kit.Spacer(), right)), func() { g.open(s.To) })
}

func equalSteps(a, b []Step) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
