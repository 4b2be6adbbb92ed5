package requirements

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// savePause is how long nobody types before what was typed is stored.
const savePause = 600 * time.Millisecond

// Screen shows the page.
type Screen struct {
	p       *Presenter
	save    *kit.Pause
	root    *fyne.Container
	face    *fyne.Container
	full    fyne.CanvasObject
	empty   fyne.CanvasObject
	trouble *kit.Para
	alarm   fyne.CanvasObject
	table   *kit.Table
	count   *kit.Text
	form    *form
	stop    func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head) *Screen {
	s := &Screen{p: p, trouble: kit.Prose(""), count: kit.Caption("")}
	s.save = kit.NewPause(savePause, func() { p.Save(ctx) })
	add := func() { p.Add(); s.form.focus() }
	trash := func() {
		var id, title string
		crew.Then(func() { id, title = p.Trash(ctx) }, func() {
			if id != "" {
				toasts.Say("trash-2", words.T("Moved “%s” to the trash", title), words.T("Undo"), func() { crew.Go(func() { p.Restore(ctx, id) }) })
			}
		})
	}
	s.form = newForm(func(field, text string) {
		p.Type(field, text)
		s.save.Trigger()
	}, trash)
	s.table = kit.NewTable([]kit.Column{
		{Name: words.T("Requirement"), Width: 2.4}, {Name: words.T("Area"), Width: 1}, {Name: words.T("Held to"), Width: 1.5}, {Name: words.T("Owner"), Width: 1},
	}, func(id string) { s.save.Flush(); p.Select(id) })
	list := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.Fill(kit.Pad(14, 16, 12, 16, kit.HStack(8, kit.Heading(words.T("Requirements")), s.count)), s.table)))
	s.full = kit.Columns(theme.GapCards, []float32{1, -384}, list, s.form.root)
	s.empty = kit.Empty("clipboard-list", words.T("No requirements yet"),
		words.T("Write down what the business needs: “at least 80 % of churners found”, “an answer within 200 ms”. What names a metric is measured from then on."),
		kit.NewButton("plus", words.T("Add the first requirement"), kit.Primary, add))
	s.alarm = kit.Tint("circle-alert", theme.Error, theme.ErrorTint, s.trouble, kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { crew.Go(func() { p.Load(ctx) }) }))
	s.face = container.NewStack()
	head := kit.PageHead(words.T("Requirements"), words.T("What must the model do for the business? What can be measured is held against every run and release."),
		kit.NewButton("plus", words.T("Add requirement"), kit.Secondary, add), from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Fill(head, kit.Gap(0, 16), s.face))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.save.Flush()
	s.stop()
}

func (s *Screen) draw(st State) {
	show := s.full
	switch {
	case st.Problem != "":
		s.trouble.Set(st.Problem)
		show = kit.Top(s.alarm)
	case !st.Loaded:
		show = kit.Gap(0, 0)
	case len(st.Rows) == 0:
		show = s.empty
	}
	s.count.Set(words.N("%d in all", "%d in all", len(st.Rows)))
	rows := make([]kit.Row, len(st.Rows))
	for i, r := range st.Rows {
		rows[i] = kit.Row{ID: r.ID, Cells: []kit.Cell{
			{Text: r.Title, Bold: true, Role: theme.Text}, {Text: r.Area}, {Text: orDash(r.Gate)}, {Text: orDash(r.Owner)},
		}}
	}
	s.table.Hold(rows, st.Selected)
	s.form.draw(st)
	if len(s.face.Objects) != 1 || s.face.Objects[0] != show {
		s.face.Objects = []fyne.CanvasObject{show}
	}
	s.root.Refresh()
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
