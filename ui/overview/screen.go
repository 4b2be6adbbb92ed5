package overview

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	page   *kit.Page
	root   *fyne.Container
	faces  *kit.Faces
	empty  fyne.CanvasObject
	home   *fyne.Container
	guide  *guide
	worth  *worthCard
	pages  *rows
	lately *rows
	cards  *fyne.Container
	all    *fyne.Container
	title  *kit.Text
	about  *kit.Para
	open   func(shell.Route)
	shown  []Card
	stop   func()
}

// NewScreen returns the screen of p: open goes somewhere, create asks for a new
// project, and thread, which may be nil, shows the thread of the project. Call
// Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, open func(shell.Route), create func(), thread fyne.CanvasObject) *Screen {
	s := &Screen{cards: kit.Grid(theme.GapCards, 320), open: open, title: kit.Title(""), about: kit.Prose("").Quiet()}
	s.guide, s.worth = newGuide(open), newWorth(func() { open(shell.Route{Page: shell.Value, Project: p.State.Get().Project}) })
	s.pages, s.lately = newRows(words.T("Design"), open), newRows(words.T("Lately"), open)
	s.home = kit.VStack(theme.GapCards, kit.Shares(theme.GapCards, 330, []float32{1.7, 1}, s.guide.root, s.worth.root))
	if thread != nil {
		s.home.Add(thread)
	}
	s.home.Add(kit.Shares(theme.GapCards, 330, []float32{1, 1.2}, s.pages.root, s.lately.root))
	s.all = kit.VStack(theme.GapCards, kit.Pad(8, 0, 0, 0, kit.Heading(words.T("All projects"))), s.cards)
	s.page = kit.NewPage(kit.VStack(theme.GapCards, kit.VStack(4, s.title, s.about), s.home, s.all))
	s.empty = kit.Empty("layers", words.T("Start with a project"),
		words.T("A project is one machine-learning product. Estimate what it brings, then write down what it must hold to."),
		kit.NewButton("plus", words.T("Create the first project"), kit.Primary, create))
	s.faces = kit.NewFaces(s.page, func() { crew.Go(func() { p.Load(ctx) }) })
	s.root = container.NewStack(s.faces.Root)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Resize lays the page out anew, as when the thread takes more room.
func (s *Screen) Resize() { s.page.Refresh() }

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(st State) {
	var face fyne.CanvasObject = s.page
	if len(st.Cards) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	here := slices.IndexFunc(st.Cards, func(c Card) bool { return c.ID == st.Project })
	s.home.Hidden = here < 0
	s.title.Set(words.T("Overview"))
	s.about.Set(words.T("Every project, what it is worth and what it is held to."))
	if here >= 0 {
		s.title.Set(st.Cards[here].Name)
		s.about.Set(st.Cards[here].Summary)
		s.about.Hidden = st.Cards[here].Summary == ""
		s.guide.draw(st)
		s.worth.draw(st.Worth)
		s.pages.put(pageRows(st))
		s.lately.put(eventRows(st.Lately))
	}
	s.all.Hidden = here >= 0 && len(st.Cards) == 1
	if !slices.Equal(s.shown, st.Cards) {
		s.shown = st.Cards
		cards := make([]fyne.CanvasObject, len(st.Cards))
		for i, c := range st.Cards {
			cards[i] = kit.NewPick(s.card(c), func() { s.open(shell.Route{Page: shell.Overview, Project: c.ID}) })
		}
		s.cards.Objects = cards
	}
	s.page.Refresh()
}

func (s *Screen) card(c Card) fyne.CanvasObject {
	icon, role := "circle-dot", theme.Accent
	switch c.Ready {
	case 0:
		icon, role = "circle-dashed", theme.Text3
	case c.Needed:
		icon, role = "circle-check", theme.OK
	}
	head := kit.CardHead(c.Name, nil, kit.NewChip(icon, words.T("Design %d of %d", c.Ready, c.Needed), role, theme.Sunken))
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
