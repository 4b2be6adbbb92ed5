package thread

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// rowsMost is how many strands are drawn before somebody asks for more.
const rowsMost = 40

// Screen shows the page.
type Screen struct {
	page  *kit.Page
	faces *kit.Faces
	full  fyne.CanvasObject
	empty fyne.CanvasObject
	whole *Strip // the project's
	list  *fyne.Container
	more  *kit.Button
	rows  []*strand
	most  int
	shown State
	goTo  func(kind, id string)
	stop  func()
}

// NewScreen returns the screen of p; goTo shows a document on its page, or the page
// of a kind when the ID is empty. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, from kit.Head, goTo func(kind, id string)) *Screen {
	s := &Screen{whole: NewStrip(goTo), list: kit.VStack(10), most: rowsMost, goTo: goTo}
	s.more = kit.NewButton("", "", kit.Ghost, func() { s.most += rowsMost; s.draw(s.shown) })
	s.full = kit.VStack(theme.GapCards,
		kit.Card(kit.VStack(12, kit.CardHead(words.T("The project as a whole"), nil), s.whole.Object())),
		kit.VStack(2, kit.Heading(words.T("Thread by thread")), kit.Caption(words.T("The most money at stake first."))),
		s.list, s.more)
	s.empty = kit.Pad(72, 0, 0, 0, kit.Empty("waypoints", words.T("No thread yet"),
		words.T("A requirement with a metric and a threshold begins one. From then on you follow it from here: to what measures it, and to the money."),
		kit.NewButton("plus", words.T("Write the first requirement"), kit.Primary, func() { goTo(KindRequirement, "") })))
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Thread"), words.T("What was agreed, what it is measured by, and what it is worth: one line for each requirement."), nil, from)
	s.page = kit.NewPage(kit.VStack(theme.GapCards, head, s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// About returns nothing: the page is on no one document.
func (s *Screen) About() string { return "" }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(st State) {
	same := reflect.DeepEqual(s.shown.Rows, st.Rows) && len(s.rows) == min(len(st.Rows), s.most)
	s.shown = st
	face := s.full
	if len(st.Rows) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	resized := s.whole.Draw(st.Project)
	if !same {
		s.deal(st.Rows)
		resized = true
	}
	if resized {
		s.page.Refresh()
	}
}

// deal puts a card for each row into the list.
func (s *Screen) deal(rows []Row) {
	n := min(len(rows), s.most)
	for len(s.rows) < n {
		s.rows = append(s.rows, newStrand(s.goTo))
	}
	s.rows = s.rows[:n]
	s.list.Objects = make([]fyne.CanvasObject, n)
	for i, r := range s.rows {
		r.draw(rows[i])
		s.list.Objects[i] = r.root
	}
	s.more.Hidden = len(rows) <= n
	s.more.SetWords(words.T("Show more of %d", len(rows)))
}

// strand is a card with a strip, what is at stake, and what that means.
type strand struct {
	root     fyne.CanvasObject
	strip    *Strip
	risk     *kit.Text
	caption  *kit.Text
	sentence *kit.Para
	icon     *kit.Icon
	below    *fyne.Container
}

// riskWidth is the room of the column that says what is at stake.
const riskWidth = 150

func newStrand(goTo func(kind, id string)) *strand {
	r := &strand{strip: NewStrip(goTo), risk: kit.Stat("").Shrink(), caption: kit.Caption("").Shrink(), sentence: kit.Prose("").Quiet(), icon: kit.NewIcon("coins", 14, theme.Text3)}
	r.below = container.NewBorder(nil, nil, kit.Top(kit.Pad(3, 4, 0, 2, r.icon)), nil, r.sentence)
	stake := kit.VStack(1, kit.NewText(words.T("At stake"), theme.SizeTiny, theme.Text3), r.risk, r.caption)
	r.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(12, 14, 12, 12, kit.VStack(10,
		kit.Columns(16, []float32{1, -riskWidth}, r.strip.Object(), container.New(middle{}, stake)), r.below)))
	return r
}

// middle keeps an object in the middle of the height it gets.
type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
}

func (r *strand) draw(row Row) {
	r.strip.Draw(row)
	r.risk.Set(row.Risk)
	r.caption.Set(words.T("if missed by a tenth"))
	if row.Risk == "" {
		r.risk.Set("–")
		r.caption.Set(words.T("nobody can tell yet"))
		if row.Sentence != "" {
			r.caption.Set(words.T("nothing is lost by a miss"))
		}
	}
	r.sentence.Set(row.Sentence)
	r.below.Hidden = row.Sentence == ""
	r.icon.Set("coins", theme.Text3)
	if !row.Pays {
		r.icon.Set("triangle-alert", theme.Warn)
	}
}
