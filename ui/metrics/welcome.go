package metrics

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// welcome is what a board without metrics shows: what would be there, and metrics
// to begin with.
type welcome struct {
	root   fyne.CanvasObject
	body   *fyne.Container
	accept *kit.Button
	offer  fyne.CanvasObject // the buttons below what is suggested
	bare   fyne.CanvasObject // without suggestions
	drawn  []Suggestion
}

func newWelcome(accept func([]Suggestion), blank func()) *welcome {
	w := &welcome{body: kit.VStack(16)}
	w.accept = kit.NewButton("plus", "", kit.Primary, func() { accept(w.drawn) })
	w.offer = kit.HStack(8, kit.Spacer(), kit.NewButton("", words.T("Start with an empty one"), kit.Secondary, blank), w.accept, kit.Spacer())
	w.bare = kit.Empty("target", words.T("No key metrics yet"),
		words.T("One column for the data scientist, one for the expert, one for the business: write down what each looks at, and link them."),
		kit.NewButton("plus", words.T("Add the first metric"), kit.Primary, blank))
	w.root = kit.NewScroll(kit.Centred(620, w.body))
	return w
}

func (w *welcome) draw(b Board) {
	all := append(append([]Suggestion{}, b.Named...), b.Usual...)
	if w.body.Objects != nil && reflect.DeepEqual(w.drawn, all) {
		return
	}
	w.drawn = all
	w.body.Objects = []fyne.CanvasObject{w.bare}
	if len(all) > 0 {
		mark := container.NewStack(kit.Fixed(56, 56, kit.NewBox(28, theme.AccentTint, nil)), container.NewCenter(kit.NewIcon("target", 24, theme.Accent)))
		w.accept.SetWords(words.N("Add this metric", "Add these %d metrics", len(all)))
		w.body.Objects = []fyne.CanvasObject{
			container.NewCenter(mark), container.NewCenter(kit.NewText(words.T("No key metrics yet"), 16, theme.Text).Strong()),
			container.NewCenter(kit.Body(words.T("These seem to be what the project is about. Anything can be changed afterwards."))),
			group(words.T("Named by your requirements"), "clipboard-list", b.Named),
			group(words.T("Typical for your value model"), "coins", b.Usual),
			w.offer,
		}
	}
	w.root.Refresh()
}

// group lists what is suggested for one reason.
func group(title, icon string, all []Suggestion) fyne.CanvasObject {
	rows := kit.VStack(0, kit.Pad(0, 0, 8, 0, kit.HStack(6, kit.NewIcon(icon, 14, theme.Text3), kit.Label(title))))
	for _, s := range all {
		rows.Add(kit.Line())
		rows.Add(kit.Pad(8, 2, 8, 2, kit.Columns(12, []float32{1.4, 1, 1}, kit.Body(s.Name).Shrink(), kit.Caption(ColumnName(s.Column)).Shrink(), kit.Caption(words.Unit(s.Unit)).Shrink())))
	}
	card := kit.Card(rows)
	card.Hidden = len(all) == 0
	return card
}
