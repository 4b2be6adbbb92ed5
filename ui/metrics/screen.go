package metrics

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	ctx   context.Context //nolint:containedctx // it ends when the window does
	p     *Presenter
	crew  *kit.Crew
	root  *fyne.Container
	faces *kit.Faces

	full    *fyne.Container // the findings, and below them the board, beside the detail when that is open
	board   *kit.Page
	lanes   *lanes
	said    *findingList
	detail  *detail
	empty   *welcome
	beside  bool // the detail is shown
	stopped []func()
}

// detailWidth is how much room the form of a metric takes beside the board.
const detailWidth = 352

// edge is the room that what is scrolled keeps to its border, so that no outline is
// cut off there.
const edge = 4

func inset(o fyne.CanvasObject) fyne.CanvasObject { return kit.Pad(0, edge, 0, edge, o) }

// NewScreen returns the screen of p; goTo shows another document on its page. Call
// Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, goTo func(kind, id string), now func() time.Time) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew}
	trash := func(id string) {
		title, ok := "", false
		crew.Then(func() { title, ok = p.Trash(ctx, id) }, func() {
			if ok {
				toasts.Say("trash-2", words.T("Moved “%s” to the trash", title), words.T("Undo"), func() { crew.Go(func() { p.Restore(ctx, id) }) })
			}
		})
	}
	accept := func(all []Suggestion) { crew.Go(func() { p.Accept(ctx, all) }) }
	shut := func() { s.detail.form.Flush(); p.Shut() }
	s.detail = newDetail(ctx, p, crew, now, trash, shut)
	s.lanes = newLanes(lanesDo{
		open:  s.Show,
		add:   func(column string) { s.detail.form.Flush(); p.AddTo(column); s.draw(); s.detail.form.Focus(Name) },
		move:  func(id, column string) { crew.Go(func() { p.Move(ctx, id, column) }) },
		trash: trash, shut: shut, goTo: goTo,
	})
	s.said = newFindingList(accept)
	s.empty = newWelcome(accept, func() { p.AddTo(Scientist); s.draw(); s.detail.form.Focus(Name) })
	s.board = kit.NewScroll(kit.Pad(edge, edge, 16, edge, s.lanes.root))
	s.full = kit.Fill(inset(s.said.root), s.board)
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Key metrics"), words.T("What is success measured by, for those who build the model, those who know the field, and those who pay for it?"), nil, from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX-edge, theme.PadPageY, theme.PadPageX-edge, kit.Fill(inset(head), kit.Gap(0, 16), s.faces.Root))
	s.stopped = []func(){
		kit.Render(&p.State, func(edit.State) { s.draw() }),
		kit.Render(&p.Around, func(Around) { s.draw() }),
	}
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show opens a metric.
func (s *Screen) Show(id string) {
	s.detail.form.Flush()
	s.p.Select(id)
}

// About returns the document that the page is on, nothing while none is open.
func (s *Screen) About() string {
	if !s.p.Around.Get().Open {
		return ""
	}
	return s.p.State.Get().Selected
}

// Form returns the form of the document that the page is on.
func (s *Screen) Form() *form.Form { return s.detail.form }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.detail.form.Close()
	for _, stop := range s.stopped {
		stop()
	}
}

func (s *Screen) draw() {
	st, a := s.p.State.Get(), s.p.Around.Get()
	b := Look(st, a)
	problem := st.Problem
	if problem == "" {
		problem = a.Problem
	}
	if b.Empty {
		s.empty.draw(b)
		s.faces.ShowAs(st.Loaded, problem, s.empty.root)
		return
	}
	_, found := st.Doc(st.Selected)
	moved := s.arrange(a.Open && found)
	if s.beside {
		s.detail.draw(st.Current(), a)
	}
	said, dealt := s.said.draw(b), s.lanes.draw(b)
	s.faces.ShowAs(st.Loaded, problem, s.full)
	switch {
	case moved || said:
		s.full.Refresh()
		s.board.Refresh()
	case dealt:
		s.board.Refresh()
	}
}

// arrange shows the form beside the board, or takes it away, and reports whether
// anything is elsewhere now.
func (s *Screen) arrange(beside bool) bool {
	if s.beside == beside {
		return false
	}
	s.beside = beside
	s.full.Objects[1] = s.board
	if beside {
		s.full.Objects[1] = kit.Columns(theme.GapCards-edge, []float32{1, -detailWidth}, s.board, kit.Pad(edge, edge, 0, 0, s.detail.root))
	}
	return true
}
