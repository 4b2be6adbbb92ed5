package charter

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	p      *Presenter
	form   *form.Form
	page   *kit.Page
	faces  *kit.Faces
	answer *kit.Text
	bar    *kit.Bar
	by     *kit.Text
	now    func() time.Time
	stop   func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, from kit.Head, now func() time.Time) *Screen {
	s := &Screen{p: p, form: form.New(ctx, p, crew, now), answer: kit.Caption(""), bar: kit.NewBar(), by: kit.Caption("").Shrink(), now: now}
	s.faces = kit.NewFaces(kit.Pair(theme.GapCards, 420, s.why(), kit.VStack(theme.GapCards, s.who(), s.verdict())), func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Charter"), words.T("Why does this project exist, and is it worth going on with? A page that everybody can read before anything is built."), nil, from)
	s.page = kit.NewPage(kit.VStack(theme.GapCards, head, s.form.Gone(), s.faces.Root))
	s.form.OnResize = s.page.Refresh
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

func (s *Screen) why() fyne.CanvasObject {
	f := s.form
	return kit.Card(kit.VStack(16,
		kit.CardHead(words.T("Why"), s.by),
		f.Prose(Problem, Label(Problem), words.T("Every month 1,000 of 100,000 customers cancel, and we learn of it when they are gone."), "", 4),
		f.Prose(Decision, Label(Decision), words.T("Whom the retention team offers a discount this week."), "", 3),
		f.Prose(Present, Label(Present), words.T("A list of everybody whose contract ends, in alphabetical order."), "", 3),
		f.Prose(WithoutML, Label(WithoutML), words.T("A rule: no login for 30 days."), words.T("The simplest way that could work. A model has to beat it."), 3),
	))
}

func (s *Screen) who() fyne.CanvasObject {
	f := s.form
	return kit.Card(kit.VStack(16,
		kit.CardHead(words.T("Who"), nil),
		f.List(Users, Label(Users), words.T("Retention team\nCall centre"), words.T("One on each line, the most affected first."), 3),
		f.List(Stakeholders, Label(Stakeholders), words.T("Head of marketing\nData protection officer"), "", 3),
	))
}

func (s *Screen) verdict() fyne.CanvasObject {
	f := s.form
	head := container.NewBorder(nil, nil, nil, kit.Pad(0, 0, 0, 12, s.answer), s.bar)
	return kit.Card(kit.VStack(16,
		kit.CardHead(words.T("Verdict"), nil),
		head,
		f.Choice(NeedsML, Label(NeedsML), words.T("Not answered yet"), "", []kit.Option{
			{Value: "yes", Words: words.T("Yes")}, {Value: "no", Words: words.T("No, a rule or a report does it")}, {Value: "unsure", Words: words.T("Not sure yet")},
		}),
		f.Choice(Viability, Label(Viability), words.T("Not decided yet"), "", []kit.Option{
			{Value: "viable", Words: words.T("Viable")}, {Value: "not viable", Words: words.T("Not viable")}, {Value: "undecided", Words: words.T("Undecided")},
		}),
		f.Prose(Reasons, Label(Reasons), words.T("The estimate is three times what it costs, and the data are there."), "", 4),
	))
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.State.Get().Selected }

// Form returns the form of the document that the page is on.
func (s *Screen) Form() *form.Form { return s.form }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.form.Close()
	s.stop()
}

func (s *Screen) draw(st edit.State) {
	s.faces.Show(st.Loaded, st.Problem)
	d := st.Current()
	if s.form.Draw(d) {
		defer s.page.Refresh()
	}
	n := Answered(d)
	s.bar.Set(float32(n) / float32(len(Questions)))
	s.answer.Set(words.T("%d of %d answered", n, len(Questions)))
	s.by.Set("")
	if d.By != "" {
		s.by.Set(words.T("Changed by %s, %s", d.By, words.Ago(s.now(), d.At)))
	}
}
