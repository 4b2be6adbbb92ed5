package value

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// head is the title of the page and what it is for.
type head struct {
	root   fyne.CanvasObject
	pick   *kit.Choice
	picked *fyne.Container
	model  *kit.Button
	lock   *kit.Chip
	drew   kit.Drew[shownHead]
}

// shownHead is what the head draws of a State.
type shownHead struct {
	Stage    Stage
	Name     string
	Names    []string
	ReadOnly bool
}

func newHead(picked func(string), more func(under fyne.CanvasObject), from kit.Head) *head {
	h := &head{pick: kit.NewChoice("", nil, picked)}
	h.lock = kit.NewChip("lock", words.T("Read only"), theme.Text2, theme.Sunken)
	h.model = kit.NewButton("sliders-horizontal", words.T("Model"), kit.Secondary, func() { more(h.model) })
	h.picked = kit.Fixed(180, 0, h.pick)
	h.root = kit.PageHead(words.T("Value estimation"),
		words.T("How much does a working model bring, and how sure is that? Agree on the numbers before anyone trains one."), kit.HStack(8, h.lock, h.picked, h.model), from)
	return h
}

// draw reports whether it changed anything.
func (h *head) draw(st State) bool {
	if !h.drew.Anew(shownHead{st.Stage, st.Name, st.Names, st.ReadOnly}) {
		return false
	}
	h.lock.Hidden = !st.ReadOnly
	options := make([]kit.Option, len(st.Names))
	for i, n := range st.Names {
		options[i] = kit.Option{Value: n, Words: words.Data(n)}
	}
	h.picked.Hidden = len(options) == 0
	h.model.Hidden = st.Stage != Ready
	h.pick.SetOptions(options)
	h.pick.Hold(st.Picked)
	return true
}

// chooser offers the models to begin with.
type chooser struct {
	root  fyne.CanvasObject
	cards *fyne.Container
	begin func(string)
	first *kit.Pick
	drawn int
	back  *kit.Button
}

func newChooser(begin func(string), back func()) *chooser {
	c := &chooser{begin: begin, cards: kit.Grid(theme.GapCards, 300)}
	c.back = kit.NewButton("chevron-left", words.T("Back to the model"), kit.Ghost, back)
	intro := kit.VStack(4, kit.Heading(words.T("Start from a case like yours")),
		kit.Body(words.T("Each has a formula, numbers with ranges, and costs. Everything can be changed afterwards.")).Shrink())
	c.root = kit.VStack(theme.GapCards, container.NewBorder(nil, nil, nil, kit.Top(c.back), intro), c.cards)
	return c
}

// draw reports whether it changed anything.
func (c *chooser) draw(st State) bool {
	c.back.Hidden = !st.Adding
	if c.drawn == len(st.Templates) {
		return false
	}
	c.drawn = len(st.Templates)
	cards := make([]fyne.CanvasObject, len(st.Templates), len(st.Templates)+1)
	for i, t := range st.Templates {
		cards[i] = kit.NewPick(container.NewBorder(
			kit.VStack(8, kit.HStack(8, kit.NewIcon("coins", 16, theme.Accent), kit.Heading(t.Name)), kit.Prose(t.About).Quiet()),
			kit.Pad(10, 0, 0, 0, kit.HStack(6, kit.NewText(t.Result, theme.SizeLabel, theme.Text).Strong(), kit.Caption(words.T("in the example")))),
			nil, nil), func() { c.begin(t.ID) })
	}
	cards = append(cards, kit.NewPick(kit.VStack(8, kit.HStack(8, kit.NewIcon("pencil", 16, theme.Accent), kit.Heading(words.T("From nothing"))),
		kit.Prose(words.T("An empty model, for a case that is like none of these.")).Quiet()), func() { c.begin("") }))
	c.cards.Objects = cards
	c.first = cards[0].(*kit.Pick)
	return true
}
