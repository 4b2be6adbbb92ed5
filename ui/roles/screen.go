package roles

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// savePause is how long nobody types before what was typed is stored.
const savePause = 600 * time.Millisecond

// Screen shows the page.
type Screen struct {
	ctx    context.Context //nolint:containedctx // a screen lives as long as its page is open
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts
	now    func() time.Time
	save   *kit.Pause

	page    *kit.Page
	head    fyne.CanvasObject
	faces   *kit.Faces
	full    fyne.CanvasObject
	empty   fyne.CanvasObject
	usual   *kit.Button
	lines   []*line
	list    *fyne.Container
	lacks   []*lack
	state   State
	focus   bool   // the next line without a name gets the cursor
	wanted  string // ID of a row that is to get the keyboard, once it shows
	stop    func()
	adding  *kit.Button
	deeds   deeds
	heading *kit.Text
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, now func() time.Time) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, now: now, list: kit.VStack(0), heading: kit.Caption("")}
	s.save = kit.NewPause(savePause, func() { p.Save(ctx) })
	s.deeds = deeds{
		typed:   func(id, field, text string) { p.Type(id, field, text); s.save.Trigger() },
		chosen:  func(id, field, value string) { p.Type(id, field, value); crew.Go(func() { p.Save(ctx) }) },
		compare: s.compare, trash: s.trash, move: s.move,
		restore: func(id string) { crew.Go(func() { p.Restore(ctx, id) }) },
		reached: p.Select,
	}
	fill := func() {
		var err error
		crew.Then(func() { err = p.FillUsual(ctx) }, func() { s.filled(err) })
	}
	s.usual = kit.NewButton("users", words.T("Fill with the usual"), kit.Secondary, fill)
	s.adding = kit.NewButton("plus", words.T("Add role"), kit.Secondary, s.offer)
	s.full = kit.VStack(theme.GapCards, s.chart(), legend())
	s.empty = kit.Empty("users", words.T("Nobody has a role yet"),
		words.T("Say for each phase who does the work, who answers for it, and who is asked or told. The usual split is a start that you can change cell by cell."),
		kit.NewButton("users", words.T("Fill with the usual"), kit.Primary, fill))
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	s.head = kit.PageHead(words.T("Roles"), words.T("Who is involved in which phase, and how? Each phase has one who answers for it."), kit.HStack(8, s.usual, s.adding), from)
	s.page = kit.NewPage(kit.Fill(s.head, kit.Gap(0, theme.GapCards), s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

func (s *Screen) chart() fyne.CanvasObject {
	names := []string{words.T("Role"), words.T("Held by")}
	for _, phase := range Phases {
		names = append(names, PhaseName(phase))
	}
	heads := make([]fyne.CanvasObject, len(names), len(names)+1)
	for i, name := range names {
		left := float32(0)
		if i > 1 {
			left = 4 // where the letters of the cells begin
		}
		heads[i] = kit.Pad(0, 0, 0, left, kit.NewText(name, theme.SizeCaption, theme.Text3).Strong().Shrink())
	}
	feet := []fyne.CanvasObject{kit.Gap(0, 0), kit.Gap(0, 0)}
	for range Phases {
		l := newLack()
		s.lacks = append(s.lacks, l)
		feet = append(feet, kit.Top(l.root))
	}
	title := kit.Pad(14, chartSide, 12, chartSide, kit.HStack(8, kit.Heading(words.T("Who does what")), s.heading))
	header := container.NewStack(kit.NewBox(0, theme.Sunken, nil), kit.Pad(0, chartSide, 0, chartSide, kit.Fixed(0, 28, kit.Cells(chartGap, widths, append(heads, kit.Gap(0, 0))...))))
	footer := kit.Pad(10, chartSide, 12, chartSide, kit.Columns(chartGap, widths, append(feet, kit.Gap(0, 0))...))
	return container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.VStack(0, title, kit.Line(), header, kit.Line(), s.list, footer)))
}

// offer lists the roles that can be added.
func (s *Screen) offer() {
	items := []kit.Item{}
	for _, role := range s.state.Offered {
		items = append(items, kit.Item{Icon: "user", Words: Name(role), Do: func() { s.crew.Go(func() { s.p.AddRole(s.ctx, role) }) }})
	}
	items = append(items, kit.Item{Icon: "pencil", Words: words.T("Another role"), Do: func() {
		s.focus = true
		s.crew.Go(func() { s.p.AddRole(s.ctx, "") })
	}})
	kit.Menu(s.adding, 220, items)
}

func (s *Screen) filled(err error) {
	if err != nil {
		s.toasts.Say("circle-alert", words.Fault(err), "", nil)
		return
	}
	s.toasts.Say("users", words.T("Filled in the usual. What stood there stays."), "", nil)
}

func (s *Screen) trash(id string) {
	var title string
	var ok bool
	s.crew.Then(func() { title, ok = s.p.Trash(s.ctx, id) }, func() {
		if ok {
			s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", title), words.T("Undo"), func() { s.crew.Go(func() { s.p.Restore(s.ctx, id) }) })
		}
	})
}

// move gives the keyboard to a neighbour of a cell.
func (s *Screen) move(id string, phase, right, down int) {
	i := slices.IndexFunc(s.lines, func(l *line) bool { return l.row.ID == id })
	i, phase = i+down, phase+right
	if i < 0 || i >= len(s.lines) || phase < 0 || phase >= len(Phases) {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.page); c != nil {
		c.Focus(s.lines[i].cells[phase])
	}
}

// compare opens the sheet in which one of several versions is chosen.
func (s *Screen) compare(r Row, field string) {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.page)
	if c == nil {
		return
	}
	var options []kit.Option
	switch field {
	case Role:
	case Holder:
		options = s.people()
	default:
		for _, part := range Parts {
			options = append(options, kit.Option{Value: part, Words: PartName(part)})
		}
	}
	read := func(text string) string {
		for _, o := range options {
			if o.Value == text {
				return o.Words
			}
		}
		if text == "" {
			return "–"
		}
		return Name(text)
	}
	sides := make([]kit.Side, len(r.Disputed[field]))
	for i, v := range r.Disputed[field] {
		sides[i] = kit.Side{Text: read(v.Text), By: v.By + ", " + words.Ago(s.now(), v.At)}
	}
	kit.Compare(c, kit.Comparison{
		Title: words.T("“%s” was changed in two places", r.Name+" · "+label(field)), Purpose: words.T("Choose the one that holds, or write another. The others stay in the history."),
		Sides: sides, Other: words.T("Another"), Later: words.T("Decide later"), Use: words.T("Use this"), Options: options,
	}, func(side int, other string) {
		s.crew.Go(func() { s.p.Resolve(s.ctx, r.ID, field, side, other) })
	})
}

func (s *Screen) people() []kit.Option {
	options := make([]kit.Option, len(s.state.People))
	for i, p := range s.state.People {
		options[i] = kit.Option{Value: p.ID, Words: p.Name}
	}
	return options
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// Show gives the keyboard to a row.
func (s *Screen) Show(id string) {
	s.wanted = id
	s.reach()
}

func (s *Screen) reach() {
	for _, l := range s.lines {
		if c := fyne.CurrentApp().Driver().CanvasForObject(l.cells[0]); c != nil && l.row.ID == s.wanted && s.wanted != "" {
			s.wanted = ""
			c.Focus(l.cells[0])
		}
	}
}

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.Editor.State.Get().Selected }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.save.Flush()
	s.stop()
}

func (s *Screen) draw(st State) {
	s.state = st
	face := s.full
	if len(st.Rows) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	if hidden := len(st.Rows) == 0 || st.Usual == 0; s.usual.Hidden != hidden {
		s.usual.Hidden = hidden
		s.head.Refresh()
	}
	lines := make([]*line, len(st.Rows))
	people := s.people()
	for i, r := range st.Rows {
		lines[i] = s.line(st, r)
		lines[i].draw(r, people)
	}
	others := !slices.Equal(lines, s.lines)
	if others {
		s.lines = lines
		s.list.Objects = nil
		for _, l := range lines {
			s.list.Add(l.root)
		}
	}
	complete := 0
	for i, c := range st.Columns {
		s.lacks[i].draw(c)
		if c.Complete() {
			complete++
		}
	}
	s.heading.Set(words.T("%d of %d phases complete", complete, len(Phases)))
	if others {
		s.page.Refresh()
	} else {
		s.page.Settle()
	}
	s.name()
	s.reach()
}

// line returns the line that shows a row, or showed it before it was stored; a
// new one when none does.
func (s *Screen) line(st State, r Row) *line {
	i := slices.IndexFunc(s.lines, func(l *line) bool { return l.row.ID == r.ID })
	if i < 0 && !slices.ContainsFunc(st.Rows, func(r Row) bool { return r.ID == edit.New }) {
		i = slices.IndexFunc(s.lines, func(l *line) bool { return l.row.ID == edit.New && l.row.Role == r.Role })
	}
	if i < 0 {
		return newLine(s.deeds)
	}
	return s.lines[i]
}

// name puts the cursor into the name of a role that was just begun.
func (s *Screen) name() {
	if !s.focus {
		return
	}
	for _, l := range s.lines {
		if l.row.ID != edit.New {
			continue
		}
		if c := fyne.CurrentApp().Driver().CanvasForObject(l.entry); c != nil {
			s.focus = false
			c.Focus(l.entry)
		}
	}
}
