package sources

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
	ctx    context.Context //nolint:containedctx // a screen lives as long as its page is open
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts
	goTo   func(kind, id string)
	now    func() time.Time

	root    *fyne.Container
	faces   *kit.Faces
	full    fyne.CanvasObject
	empty   fyne.CanvasObject
	right   *kit.Page
	list    *list
	form    *form.Form // of the source
	rules   *form.Form // of an expectation
	card    *card
	quality *quality
	about   string // whose form shows
	open    string // expectation whose form shows
	focus   string // the field to put the cursor into, once it shows
	stop    func()
}

// NewScreen returns the screen of p; goTo shows another document. Call Close when
// it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, goTo func(kind, id string), now func() time.Time) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, goTo: goTo, now: now}
	s.form, s.rules = form.New(ctx, p, crew, now), form.New(ctx, p.Expected, crew, now)
	s.card = newCard(s.form, s.trash, s.duty)
	s.quality = newQuality(s.rules, func(id string) { s.flush(); p.Reveal(id) }, s.withdraw, s.expect)
	s.list = newList(func(id string) { s.flush(); p.Select(id) })
	add := func() {
		s.flush()
		p.Reveal("")
		p.Add(nil)
		s.form.Focus(Name)
	}
	s.right = kit.NewPage(kit.VStack(theme.GapCards, s.form.Gone(), s.card.root, s.quality.root))
	s.full = kit.Columns(0, []float32{-330, 1}, kit.Pad(theme.PadPageY, 0, theme.PadPageX, theme.PadPageX, s.list.root), s.right)
	s.empty = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Empty("database", words.T("No data sources yet"),
		words.T("Name what the model could learn from: a table, files, a stream. Who can answer for it, may it be used, and what must it keep to?"),
		kit.NewButton("plus", words.T("Add the first source"), kit.Primary, add)))
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Data sources"), words.T("Where do the data come from, and what must they keep to? Better data are often the shortest way to a better model."),
		kit.NewButton("plus", words.T("Add source"), kit.Secondary, add), from)
	s.root = kit.Fill(kit.Pad(theme.PadPageY, theme.PadPageX, 0, theme.PadPageX, head), s.faces.Root)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

func (s *Screen) flush() {
	s.form.Flush()
	s.rules.Flush()
}

func (s *Screen) trash() {
	id := s.about
	var title string
	var ok bool
	s.crew.Then(func() { title, ok = s.p.Trash(s.ctx, id) }, func() {
		if ok {
			s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", title), words.T("Undo"), func() { s.crew.Go(func() { s.p.Restore(s.ctx, id) }) })
		}
	})
}

func (s *Screen) withdraw(id string) {
	var statement string
	var ok bool
	s.crew.Then(func() { statement, ok = s.p.Withdraw(s.ctx, id) }, func() {
		if ok {
			s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", statement), words.T("Undo"), func() { s.crew.Go(func() { s.p.Expected.Restore(s.ctx, id) }) })
		}
	})
}

// expect adds an expectation and puts the cursor where something is to be said.
func (s *Screen) expect(dimension string, suggested Suggestion) {
	s.flush()
	s.focus = Column
	if suggested.Rule == "" {
		s.focus = Statement
	}
	s.crew.Go(func() { s.p.Expect(s.ctx, dimension, suggested) })
}

// duty shows the requirement on personal data, a new one when there is none.
func (s *Screen) duty() {
	s.flush()
	var id string
	var err error
	s.crew.Then(func() { id, err = s.p.AddDuty(s.ctx) }, func() {
		if err != nil {
			s.toasts.Say("circle-alert", words.Fault(err), "", nil)
			return
		}
		s.goTo(KindRequirement, id)
	})
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show shows a source, or an expectation.
func (s *Screen) Show(id string) {
	s.flush()
	s.p.Show(id)
}

// About returns the document that the page is on: the expectation that is open, or
// the source.
func (s *Screen) About() string {
	st := s.p.State.Get()
	if st.Open.ID != "" {
		return st.Open.ID
	}
	return st.Selected.ID
}

// Form returns the form of the document that the page is on.
func (s *Screen) Form() *form.Form { return s.form }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.form.Close()
	s.rules.Close()
	s.stop()
}

func (s *Screen) draw(st State) {
	face := s.full
	if len(st.Rows) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	s.about = st.Selected.ID
	s.list.draw(st.Rows, st.Selected.ID)
	changed := ""
	if st.Selected.By != "" {
		changed = words.T("Changed by %s, %s", st.Selected.By, words.Ago(s.now(), st.Selected.At))
	}
	resized := s.card.draw(st, changed)
	stored := st.Selected.ID != "" && st.Selected.ID != edit.New
	resized = s.quality.draw(st, stored, st.Selected.ReadOnly) || resized
	if resized {
		s.right.Refresh()
	} else {
		s.right.Settle()
	}
	if st.Open.ID != s.open {
		s.open = st.Open.ID
		if field := s.focus; st.Open.ID != "" && field != "" {
			s.focus = ""
			s.rules.Focus(field)
		}
	}
}
