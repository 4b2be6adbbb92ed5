package value

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// after are the cards that say what becomes of the number: where it breaks even,
// what is left, and what to look at twice.
type after struct {
	root     *fyne.Container
	pair     *fyne.Container
	even     *points
	evenCard *fyne.Container
	costs    *lines
	costCard *fyne.Container
	notes    *fyne.Container
	drew     kit.Drew[[2][]string] // sentences and notes
}

func newAfter() *after {
	a := &after{even: newPoints(), costs: newLines(), notes: kit.VStack(8)}
	quiet := func(text string) fyne.CanvasObject {
		return kit.NewText(text, theme.SizeSmall, theme.Text3).Shrink()
	}
	a.evenCard = kit.Card(kit.VStack(12, kit.CardHead(words.T("Where it breaks even"), quiet(words.T("Each alone, the others as they are"))), a.even.box))
	a.costCard = kit.Card(kit.VStack(12, kit.CardHead(words.T("After costs"), quiet(words.T("At the likely numbers"))), a.costs.box))
	a.pair = kit.Pair(theme.GapCards, 300, a.evenCard, a.costCard)
	a.root = kit.VStack(theme.GapCards, a.pair, a.notes)
	return a
}

// draw reports whether it changed anything.
func (a *after) draw(st State) bool {
	r := st.Result
	changed := a.costs.draw(r.Costs)
	a.costCard.Hidden = len(r.Costs) == 0
	a.pair.Hidden = len(r.Costs)+len(r.Sentences) == 0
	a.root.Hidden = a.pair.Hidden && len(r.Notes) == 0
	if !a.drew.Anew([2][]string{r.Sentences, r.Notes}) {
		return changed
	}
	a.even.draw(r.Sentences)
	a.evenCard.Hidden = len(r.Sentences) == 0
	a.drawNotes(r.Notes)
	a.notes.Hidden = len(r.Notes) == 0
	return true
}

// notesMost is how many notes are read one by one.
const notesMost = 4

func (a *after) drawNotes(notes []string) {
	if len(a.notes.Objects) == 0 && len(notes) == 0 {
		return
	}
	a.notes.Objects = nil
	if len(notes) > 0 {
		box := kit.VStack(6)
		for _, n := range notes[:min(len(notes), notesMost)] {
			box.Add(kit.Prose(n))
		}
		if more := len(notes) - notesMost; more > 0 {
			box.Add(kit.Prose(words.N("and %d more like these", "and %d more like these", more)).Quiet())
		}
		a.notes.Objects = []fyne.CanvasObject{kit.Tint("info", theme.Accent, theme.AccentTint, box)}
	}
	a.notes.Refresh()
}
