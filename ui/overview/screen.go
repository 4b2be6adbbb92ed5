package overview

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	page    *kit.Page
	face    *fyne.Container
	cards   *fyne.Container
	full    fyne.CanvasObject
	empty   fyne.CanvasObject
	trouble *kit.Para
	alarm   fyne.CanvasObject
	open    func(id string)
	shown   []Card
	stop    func()
}

// NewScreen returns the screen of p: open shows a project, create asks for a
// new one. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, open func(id string), create func()) *Screen {
	s := &Screen{cards: kit.Grid(theme.GapCards, 320), open: open, trouble: kit.Prose(""), face: container.NewStack()}
	s.page = kit.NewPage(kit.VStack(theme.GapCards, kit.PageHead(words.T("Overview"), words.T("Every project, what it is worth and what it is held to."), nil, kit.Head{}), s.cards))
	s.full = s.page
	s.empty = kit.Empty("layers", words.T("Start with a project"),
		words.T("A project is one machine-learning product. Estimate what it brings, then write down what it must hold to."),
		kit.NewButton("plus", words.T("Create the first project"), kit.Primary, create))
	s.alarm = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Top(kit.Tint("circle-alert", theme.Error, theme.ErrorTint, s.trouble,
		kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { crew.Go(func() { p.Load(ctx) }) }))))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.face }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(st State) {
	show := s.full
	switch {
	case st.Problem != "":
		s.trouble.Set(st.Problem)
		show = s.alarm
	case !st.Loaded:
		show = kit.Gap(0, 0)
	case len(st.Cards) == 0:
		show = s.empty
	}
	if !equal(s.shown, st.Cards) {
		s.shown = st.Cards
		cards := make([]fyne.CanvasObject, len(st.Cards))
		for i, c := range st.Cards {
			cards[i] = kit.NewPick(s.card(c), func() { s.open(c.ID) })
		}
		s.cards.Objects = cards
	}
	s.face.Objects = []fyne.CanvasObject{show}
	s.page.Refresh()
	s.face.Refresh()
}

func equal(a, b []Card) bool {
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

func (s *Screen) card(c Card) fyne.CanvasObject {
	icon, role := "circle-dashed", theme.Text3
	if c.Ready == 2 {
		icon, role = "circle-check", theme.OK
	}
	head := kit.CardHead(c.Name, nil, kit.NewChip(icon, words.T("Design %d of %d", c.Ready, 2), role, theme.Sunken))
	summary := kit.NewText(c.Summary, theme.SizeSmall, theme.Text3).Shrink()
	if c.Summary == "" {
		summary.Set(c.Changed)
	}
	worth := kit.HStack(8, kit.NewText(c.Value, theme.SizeTitle, theme.Text).Strong(), kit.NewText(c.Per, theme.SizeLabel, theme.Text3))
	if c.Value == "" {
		worth = kit.HStack(8, kit.NewText(words.T("Not estimated yet"), theme.SizeStat, theme.Text3))
	}
	held := kit.HStack(8, kit.NewIcon("clipboard-list", 14, theme.Text3), kit.NewText(c.Requirements, theme.SizeLabel, theme.Text2), kit.Caption(c.Gates).Shrink())
	return kit.VStack(12, kit.VStack(2, head, summary), kit.Fixed(0, 30, worth), kit.Line(), held)
}
