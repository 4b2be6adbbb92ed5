package activity

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// everybody is the option that chooses no person.
const everybody = "*"

// Screen shows the page.
type Screen struct {
	p       *Presenter
	choice  *kit.Choice
	people  []Person
	list    *fyne.Container
	lines   map[string]*line
	shown   map[string]Row
	order   []*line
	more    *kit.Button
	trouble *kit.Para
	alarm   fyne.CanvasObject
	empty   fyne.CanvasObject
	card    fyne.CanvasObject
	scroll  *kit.Scrolled
	root    *fyne.Container
	stop    func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, from kit.Head) *Screen {
	s := &Screen{p: p, trouble: kit.Prose(""), list: kit.VStack(0), lines: map[string]*line{}, shown: map[string]Row{}}
	s.choice = kit.NewChoice(words.T("Everybody"), nil, func(v string) {
		if v == everybody {
			v = ""
		}
		crew.Go(func() { p.Only(ctx, v) })
	})
	s.more = kit.NewButton("chevron-down", words.T("Show more"), kit.Secondary, func() { crew.Go(func() { p.More(ctx) }) })
	s.alarm = kit.Tint("circle-alert", theme.Error, theme.ErrorTint, s.trouble,
		kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { crew.Go(func() { p.Load(ctx) }) }))
	s.empty = kit.Card(kit.Pad(24, 0, 24, 0, kit.VStack(10, container.NewCenter(kit.NewIcon("activity", 24, theme.Accent)),
		container.NewCenter(kit.NewText(words.T("Nothing has happened yet"), 16, theme.Text).Strong()),
		container.NewCenter(kit.Body(words.T("What you and your team do in this project is told here."))))))
	s.card = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(6, 6, 8, 6, s.list))
	head := kit.PageHead(words.T("Activity"), words.T("What happened in this project, the latest first. Return opens where it happened."), kit.Fixed(180, 0, s.choice), from)
	s.scroll = kit.NewScrolled(kit.VStack(theme.GapCards, s.alarm, s.empty, s.card, container.NewCenter(s.more)))
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageY, theme.PadPageX, kit.Fill(head, kit.Gap(0, 16), s.scroll))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(st State) {
	s.trouble.Set(st.Problem)
	show(s.alarm, st.Problem != "")
	show(s.empty, st.Loaded && len(st.Rows) == 0 && st.Problem == "")
	show(s.card, len(st.Rows) > 0)
	show(s.more, st.More)
	s.more.SetDisabled(st.Loading)
	if !reflect.DeepEqual(s.people, st.People) {
		s.people = st.People
		options := []kit.Option{{Value: everybody, Words: words.T("Everybody")}}
		for _, p := range st.People {
			options = append(options, kit.Option{Value: p.ID, Words: p.Name})
		}
		s.choice.SetOptions(options)
	}
	s.choice.Hold(everybody)
	if st.Person != "" {
		s.choice.Hold(st.Person)
	}
	s.fill(st.Rows)
	s.root.Refresh()
}

// fill puts rows into the list. A row that stays keeps its widget, and with it
// the keyboard.
func (s *Screen) fill(rows []Row) {
	objects := make([]fyne.CanvasObject, 0, len(rows))
	lines, shown := make(map[string]*line, len(rows)), make(map[string]Row, len(rows))
	s.order = s.order[:0]
	for _, r := range rows {
		l := s.lines[r.Key]
		if l == nil || !reflect.DeepEqual(s.shown[r.Key], r) {
			var open func()
			if r.Opens {
				open = func() { s.p.Open(r.Key) }
			}
			l = newLine(r, open)
		}
		lines[r.Key], shown[r.Key] = l, r
		at := len(s.order)
		l.move = func(by int) { s.focus(at + by) }
		if r.Day != "" {
			objects = append(objects, kit.Pad(12, 10, 4, 10, kit.NewText(r.Day, theme.SizeSmall, theme.Text3).Strong()))
		}
		objects = append(objects, l)
		s.order = append(s.order, l)
	}
	s.lines, s.shown = lines, shown
	s.list.Objects = objects
}

// focus gives the row of a number the keyboard.
func (s *Screen) focus(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.root); c != nil && i >= 0 && i < len(s.order) {
		c.Focus(s.order[i])
		s.scroll.Reveal(s.order[i])
	}
}

func show(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
