package designer

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

// listWidth is that of the column of templates.
const listWidth = 276

// Screen shows the page.
type Screen struct {
	ctx    context.Context //nolint:containedctx // it ends when the window does
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts
	now    func() time.Time
	save   *kit.Pause

	root   *fyne.Container
	faces  *kit.Faces
	table  *kit.Table
	count  *kit.Text
	rows   kit.Drew[[]kit.Row]
	head   *head
	body   *body
	aside  *aside
	middle *kit.Roll
	room   *room
	shown  string // ID
	stop   func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, now func() time.Time) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, now: now, count: kit.Caption("")}
	s.save = kit.NewPause(savePause, func() { crew.Go(func() { p.Save(ctx) }) })
	s.table = kit.NewTable([]kit.Column{{Name: words.T("Template"), Width: 2}, {Name: words.T("Version"), Width: 1}}, s.Show)
	list := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.Fill(kit.Pad(14, 16, 12, 16, kit.HStack(8, kit.Heading(words.T("Templates")), s.count)), s.table)))
	s.head, s.body, s.aside = newHead(s), newBody(s), newAside(s)
	s.middle = kit.NewRoll(kit.VStack(theme.GapCards, s.head.root, s.body.root))
	s.room = newRoom(s)
	s.faces = kit.NewFaces(kit.Columns(theme.GapCards, []float32{-listWidth, 1}, list, s.room.root), func() { crew.Go(func() { p.Load(ctx) }) })
	title := kit.PageHead(words.T("Templates"), words.T("What should every project of the team think through? Make it a template once; projects fill it in as a worksheet."),
		kit.HStack(8,
			kit.NewButton("import", words.T("Import"), kit.Ghost, func() { s.do(func() error { return p.Import(ctx) }) }),
			kit.NewButton("plus", words.T("New template"), kit.Secondary, func() { s.do(func() error { return p.New(ctx) }) })), from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Fill(title, kit.Gap(0, 16), s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.State.Get().Selected }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.save.Flush()
	s.stop()
}

// Show shows a template, once what is typed into the one before is stored.
func (s *Screen) Show(id string) { s.crew.Go(func() { s.p.Open(s.ctx, id) }) }

// do does something beside the UI goroutine, and says what went wrong.
func (s *Screen) do(what func() error) {
	var err error
	s.crew.Then(func() { err = what() }, func() {
		if err != nil {
			s.toasts.Say("circle-alert", explain(err), "", nil)
		}
	})
}

// typed takes a change, which is stored after a pause.
func (s *Screen) typed(do func()) {
	do()
	s.save.Trigger()
}

func (s *Screen) draw(st State) {
	s.faces.Show(st.Loaded, st.Problem)
	s.count.Set(words.N("%d in all", "%d in all", len(st.Rows)))
	rows := make([]kit.Row, len(st.Rows))
	for i, r := range st.Rows {
		name := r.Name
		if r.ID == st.Stored.ID {
			name = st.Draft.Name
		}
		role := theme.Text3
		if r.Team {
			role = theme.Text2
		}
		rows[i] = kit.Row{ID: r.ID, Cells: []kit.Cell{{Text: words.Data(name), Bold: true, Role: theme.Text}, {Text: Standing(r), Role: role}}}
	}
	if s.rows.Anew(append(rows, kit.Row{ID: st.Selected})) {
		s.table.Hold(rows, st.Selected)
	}
	s.head.draw(st)
	s.body.draw(st)
	if s.shown != st.Stored.ID {
		s.shown = st.Stored.ID
		s.middle.ToTop()
	}
	s.aside.draw(st)
	s.room.draw(st)
	kit.Settle(s.root)
}
