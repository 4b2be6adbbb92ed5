package conflicts

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// listWidth is that of the list beside what is to be decided.
const listWidth = 300

// Window is what the page needs of the window that it is in.
type Window struct {
	Ctx    context.Context //nolint:containedctx // it ends when the window does
	Crew   *kit.Crew
	Toasts *kit.Toasts
	Open   func(page, project, document string) // shows a document
	Undo   func()                               // takes the latest step back
}

// Screen shows the page.
type Screen struct {
	p      *Presenter
	window Window
	root   *fyne.Container
	faces  *kit.Faces
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	list   *widget.List
	rows   []Row
	at     int // the row that is selected
	detail *detail
	roll   *kit.Roll
	shown  string // key of what the detail shows
	stop   func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(p *Presenter, w Window, from kit.Head) *Screen {
	s := &Screen{p: p, window: w, at: -1}
	s.list = widget.NewList(func() int { return len(s.rows) }, func() fyne.CanvasObject { return newRow() }, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(s.rows) {
			o.(*row).draw(s.rows[i])
		}
	})
	s.list.HideSeparators = true
	s.list.OnSelected = func(i widget.ListItemID) {
		if i < len(s.rows) && i != s.at {
			p.Select(s.rows[i].Key)
		}
	}
	s.detail = newDetail(p, s.settle, w.Open)
	s.roll = kit.NewRoll(kit.VStack(0, s.detail.root))
	left := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(6, 6, 6, 6, s.list))
	s.full = kit.Columns(theme.GapCards, []float32{-listWidth, 1}, left, s.roll)
	s.empty = kit.Empty("inbox", words.T("Nothing waits for you to decide"),
		words.T("When two people write different values before their laptops have met, both are kept, and stand here until somebody chooses. Text that can be merged word by word never does."), nil)
	s.faces = kit.NewFaces(s.full, func() { w.Crew.Go(func() { p.Load(w.Ctx) }) })
	head := kit.PageHead(words.T("Reviews"), words.T("What waits for a decision: values that people wrote differently at the same time."), nil, from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageY, theme.PadPageX, kit.Fill(head, kit.Gap(0, theme.GapCards), s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show selects the conflict of a document.
func (s *Screen) Show(document string) {
	for _, r := range s.rows {
		if r.of(document) {
			s.p.Select(r.Key)
			return
		}
	}
}

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(v View) {
	face := s.full
	if v.Waiting == 0 {
		face = s.empty
	}
	s.faces.ShowAs(v.Loaded, v.Problem, face)
	s.rows = v.Rows
	s.list.Refresh()
	for i, r := range v.Rows {
		if r.Selected && s.at != i { // to select scrolls, and somebody may be looking elsewhere
			s.at = i
			s.list.Select(i)
		}
	}
	if len(v.Rows) == 0 {
		s.at = -1
		s.list.UnselectAll()
	}
	s.detail.draw(v.Detail)
	s.roll.Settle()
	if s.shown != v.Detail.Key {
		s.shown = v.Detail.Key
		s.roll.ToTop()
	}
}

func (s *Screen) settle() {
	var said string
	var err error
	s.window.Crew.Then(func() { said, err = s.p.Settle(s.window.Ctx) }, func() {
		switch {
		case err != nil:
			s.window.Toasts.Say("circle-alert", words.Fault(err), "", nil)
		case said != "":
			s.window.Toasts.Say("check", said, words.T("Undo"), s.window.Undo)
		}
	})
}

// row shows a conflict in the list.
type row struct {
	widget.BaseWidget
	inside fyne.CanvasObject
	face   *fyne.Container
	title  *kit.Text
	below  *kit.Text
	when   *kit.Text
	drew   kit.Drew[[]Face]
}

const rowHigh = 56

func newRow() *row {
	r := &row{face: container.NewStack(), title: kit.Label("").Shrink(), below: kit.Caption("").Shrink(), when: kit.Caption("")}
	text := kit.VStack(2, r.title, kit.HStack(6, r.face, r.below, kit.Spacer(), r.when))
	r.inside = kit.Fixed(0, rowHigh, kit.Pad(8, 10, 8, 10, text))
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.inside) }

func (r *row) draw(of Row) {
	r.title.Set(of.Title)
	r.below.Set(of.Below)
	r.when.Set(of.When)
	if r.drew.Anew(of.Faces) {
		faces := make([]kit.Face, len(of.Faces))
		for i, f := range of.Faces {
			faces[i] = kit.Face{Name: f.Name, Hue: theme.Hue(f.ID)}
		}
		r.face.Objects = []fyne.CanvasObject{kit.Avatars(faces, 20, 3, theme.Surface)}
	}
	r.inside.Refresh()
}
