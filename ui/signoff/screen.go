package signoff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	p      *Presenter
	window Window
	page   *kit.Page
	faces  *kit.Faces
	left   *fyne.Container
	right  *fyne.Container
	top    *fyne.Container
	drew   kit.Drew[State]
	stop   func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(p *Presenter, w Window, from kit.Head) *Screen {
	s := &Screen{p: p, window: w, left: kit.VStack(theme.GapCards), right: kit.VStack(theme.GapCards), top: kit.VStack(theme.GapCards)}
	body := kit.VStack(theme.GapCards, s.top, kit.Shares(theme.GapCards, 300, []float32{1.7, 1}, s.left, s.right))
	s.faces = kit.NewFaces(body, func() { w.Crew.Go(func() { p.Load(w.Ctx) }) })
	head := kit.PageHead(words.T("Sign-off"), words.T("Is the project worth building, and does everybody agree? A sign-off holds for what it was given for: what changes later is shown."), nil, from)
	s.page = kit.NewPage(kit.VStack(theme.GapCards, head, s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// About returns the document that the page is on: none, since it is about all of
// them.
func (s *Screen) About() string { return "" }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) ask() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.page); c != nil {
		Ask(c, s.p, lifecycle.Design, s.window)
	}
}

func (s *Screen) draw(st State) {
	if !s.drew.Anew(st) {
		return
	}
	s.faces.Show(st.Loaded, st.Problem)
	s.top.Objects = []fyne.CanvasObject{verdictCard(&st.Standing)}
	s.left.Objects = nil
	if outdated := st.Outdated(); len(outdated) > 0 {
		s.left.Add(changedCard(outdated, s.window))
	}
	s.left.Add(pagesCard(&st.Standing, s.window))
	s.right.Objects = []fyne.CanvasObject{signCard(&st.Standing, lifecycle.Design, s.window, s.ask), s.history(&st.Standing)}
	s.page.Refresh()
}

// verdictCard says what the project is worth and what the charter says of it.
func verdictCard(s *Standing) fyne.CanvasObject {
	chip := kit.NewChip("", "", theme.Text2, theme.Sunken)
	drawState(chip, s.Phase.State)
	number, below := "–", words.T("There is no estimate yet.")
	if s.Worth.Known {
		number, below = words.Amount(s.Worth.Expected, s.Worth.Unit), words.T("what the model is expected to be worth")
		if s.Worth.Ranged {
			below = s.between()
		}
	}
	worth := kit.VStack(2, kit.Caption(words.T("Value")), kit.Display(number).Shrink(), kit.Body(below).Shrink())
	icon, ink := "circle-dashed", theme.Text3
	switch s.Opinion.Viability {
	case "viable":
		icon, ink = "circle-check", theme.OK
	case "not viable":
		icon, ink = "circle-x", theme.Error
	}
	opinion := kit.VStack(4, kit.Caption(words.T("Verdict of the charter")), kit.HStack(6, kit.NewIcon(icon, 16, ink), kit.Stat(Viable(s.Opinion.Viability)).Shrink()))
	if s.Opinion.Reasons != "" {
		opinion.Add(kit.Prose(s.Opinion.Reasons).Quiet())
	}
	bar := kit.NewBar()
	if s.Needed > 0 {
		bar.Set(float32(s.Ready) / float32(s.Needed))
	}
	ready := container.NewBorder(nil, nil, nil, kit.Pad(0, 0, 0, 12, kit.Caption(words.T("%d of %d pages ready", s.Ready, s.Needed))), bar)
	return kit.Card(kit.VStack(14, kit.CardHead(designPhase(), nil, chip), kit.Shares(24, 260, []float32{1, 1.2}, worth, opinion), ready))
}

// changedCard shows approvals that were given for something else.
func changedCard(outdated []SignOff, w Window) fyne.CanvasObject {
	content := kit.VStack(12, kit.HStack(8, kit.NewIcon("triangle-alert", 16, theme.Warn), kit.Heading(words.T("Changed since approval")).Shrink()))
	for _, o := range outdated {
		said := words.T("%s approved %s %s.", o.Person.Name, words.Data(o.Page.Name()), words.Ago(w.Now(), o.At))
		block := kit.VStack(2, kit.HStack(8, avatar(o.Person, 22), kit.Body(said).Shrink()))
		for _, row := range touchedRows(o.Touched, w) {
			block.Add(kit.Pad(0, 0, 0, 22, row))
		}
		content.Add(block)
	}
	return kit.Card(content)
}
