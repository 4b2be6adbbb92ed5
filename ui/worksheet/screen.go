package worksheet

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// listWidth is that of the column of worksheets.
const listWidth = 316

// Screen shows the page.
type Screen struct {
	ctx    context.Context //nolint:containedctx // it ends when the window does
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts
	now    func() time.Time

	root   *fyne.Container
	faces  *kit.Faces
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	table  *kit.Table
	count  *kit.Text
	place  *fyne.Container // of the paper
	paper  *paper
	editor *edit.Editor
	rows   kit.Drew[[]kit.Row]
	follow func() // stops following the editor
	stop   func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, now func() time.Time) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, now: now, count: kit.Caption(""), follow: func() {}}
	s.table = kit.NewTable([]kit.Column{{Name: words.T("Name"), Width: 2.2}, {Name: words.T("Answered"), Width: 1, Number: true}}, s.Show)
	list := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.Fill(kit.Pad(14, 16, 12, 16, kit.HStack(8, kit.Heading(words.T("Worksheets")), s.count)), s.table)))
	s.place = container.NewStack()
	s.full = kit.Columns(theme.GapCards, []float32{-listWidth, 1}, list, s.place)
	s.empty = kit.Empty("layers", words.T("No worksheets yet"),
		words.T("A worksheet is a template that this project fills in: an experiment brief, a privacy check, a launch checklist. Several people can write in one."),
		kit.NewButton("plus", words.T("Begin the first worksheet"), kit.Primary, s.begin))
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Worksheets"), words.T("What does the team have to think through before it goes on? Each is a template, filled in for this project."),
		kit.NewButton("plus", words.T("Begin a worksheet"), kit.Secondary, s.begin), from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Fill(head, kit.Gap(0, 16), s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.State.Get().Selected }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	if s.paper != nil {
		s.paper.form.Close()
	}
	s.follow()
	s.stop()
}

// Show shows a worksheet, once what is typed into the one before is stored.
func (s *Screen) Show(id string) {
	if s.paper != nil {
		s.paper.form.Flush()
	}
	s.crew.Go(func() { s.p.Open(s.ctx, id) })
}

func (s *Screen) draw(st State) {
	face := s.full
	if len(st.Sheets) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	s.count.Set(words.N("%d in all", "%d in all", len(st.Sheets)))
	if rows := rowsOf(st.Sheets); s.rows.Anew(append(rows, kit.Row{ID: st.Selected})) {
		s.table.Hold(rows, st.Selected)
	}
	if st.Editor == nil {
		return
	}
	if st.Editor != s.editor {
		s.follow()
		if s.paper != nil {
			s.paper.form.Flush()
		}
		s.editor, s.paper = st.Editor, newPaper(s, st)
		s.place.Objects = []fyne.CanvasObject{s.paper.root}
		s.place.Refresh()
		s.follow = kit.Render(&st.Editor.State, s.paper.draw)
	}
	s.paper.hold(st)
}

func rowsOf(sheets []Summary) []kit.Row {
	out := make([]kit.Row, len(sheets))
	for i, x := range sheets {
		count := kit.Cell{Text: fmt.Sprintf("%d / %d", x.Answered, x.Fields)}
		switch {
		case x.Attention > 0:
			count = kit.Cell{Text: "! " + count.Text, Role: theme.Warn, Bold: true}
		case x.Missing == 0 && x.Answered > 0:
			count = kit.Cell{Text: "✓ " + count.Text, Role: theme.OK}
		}
		out[i] = kit.Row{ID: x.ID, Cells: []kit.Cell{{Text: x.Name, Bold: true, Role: theme.Text}, count}}
	}
	return out
}

// trash moves the worksheet to the trash and offers to undo it.
func (s *Screen) trash() {
	var id, name string
	var err error
	s.crew.Then(func() { id, name, err = s.p.Trash(s.ctx) }, func() {
		switch {
		case err != nil:
			s.toasts.Say("circle-alert", words.Fault(err), "", nil)
		case id != "":
			s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", name), words.T("Undo"), func() {
				s.crew.Go(func() { _ = s.p.Restore(s.ctx, id) }) // what went wrong shows on the page
			})
		}
	})
}

// move takes the worksheet to the newest version.
func (s *Screen) move() {
	s.paper.form.Flush()
	var err error
	s.crew.Then(func() { err = s.p.Move(s.ctx) }, func() {
		if err != nil {
			s.toasts.Say("circle-alert", words.Fault(err), "", nil)
		}
	})
}
