package requirements

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
	root   *fyne.Container
	faces  *kit.Faces
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	table  *kit.Table
	count  *kit.Text
	detail *detail
	stop   []func()
}

// Companion shows something about one requirement below its fields.
type Companion interface {
	Object() fyne.CanvasObject
	Show(requirement string)
}

// NewScreen returns the screen of p; below, which may be nil, follows the selected
// requirement. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head, below Companion, now func() time.Time) *Screen {
	s := &Screen{p: p, count: kit.Caption("")}
	add := func() { p.Add(nil); s.detail.form.Focus(Title) }
	trash := func() {
		id, title, ok := p.State.Get().Selected, "", false
		crew.Then(func() { title, ok = p.Trash(ctx, id) }, func() {
			if ok {
				toasts.Say("trash-2", words.T("Moved “%s” to the trash", title), words.T("Undo"), func() { crew.Go(func() { p.Restore(ctx, id) }) })
			}
		})
	}
	s.detail = newDetail(ctx, p, crew, below, now, trash)
	s.table = kit.NewTable([]kit.Column{
		{Name: words.T("Requirement"), Width: 2.4}, {Name: words.T("Area"), Width: 1}, {Name: words.T("Held to"), Width: 1.5}, {Name: words.T("Owner"), Width: 1},
	}, s.Show)
	list := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.Fill(kit.Pad(14, 16, 12, 16, kit.HStack(8, kit.Heading(words.T("Requirements")), s.count)), s.table)))
	s.full = kit.Columns(theme.GapCards, []float32{1.5, 1}, list, s.detail.root)
	s.empty = kit.Empty("clipboard-list", words.T("No requirements yet"),
		words.T("Write down what the business needs: “at least 80 % of churners found”, “an answer within 200 ms”. What names a metric is measured from then on."),
		kit.NewButton("plus", words.T("Add the first requirement"), kit.Primary, add))
	s.faces = kit.NewFaces(s.full, func() { crew.Go(func() { p.Load(ctx) }) })
	head := kit.PageHead(words.T("Requirements"), words.T("What must the model do for the business? What can be measured is held against every run and release."),
		kit.NewButton("plus", words.T("Add requirement"), kit.Secondary, add), from)
	s.root = kit.Pad(theme.PadPageY, theme.PadPageX, theme.PadPageX, theme.PadPageX, kit.Fill(head, kit.Gap(0, 16), s.faces.Root))
	s.stop = []func(){
		kit.Render(&p.State, s.draw),
		kit.Render(&p.People, func([]edit.Person) { s.draw(p.State.Get()) }),
	}
	return s
}

// Resize lays the fields out anew, as when the companion takes more room.
func (s *Screen) Resize() { s.detail.root.Refresh() }

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show shows a requirement.
func (s *Screen) Show(id string) {
	s.detail.form.Flush()
	s.p.Select(id)
}

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.State.Get().Selected }

// Form returns the form of the document that the page is on.
func (s *Screen) Form() *form.Form { return s.detail.form }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.detail.form.Close()
	for _, stop := range s.stop {
		stop()
	}
}

func (s *Screen) draw(st edit.State) {
	face := s.full
	if len(st.Docs) == 0 {
		face = s.empty
	}
	s.faces.ShowAs(st.Loaded, st.Problem, face)
	s.count.Set(words.N("%d in all", "%d in all", len(st.Docs)))
	people := s.p.People.Get()
	s.table.Hold(rows(st.Docs, people), st.Selected)
	s.detail.draw(st.Current(), people)
}

func rows(docs []edit.Doc, people []edit.Person) []kit.Row {
	out := make([]kit.Row, len(docs))
	for i, d := range docs {
		r := RowOf(d, people)
		held := kit.Cell{Text: orDash(r.Gate)}
		if len(d.Conflicts) > 0 {
			held = kit.Cell{Text: words.T("disputed") + " · " + orDash(r.Gate), Role: theme.Warn, Bold: true}
		}
		out[i] = kit.Row{ID: r.ID, Cells: []kit.Cell{
			{Text: r.Title, Bold: true, Role: theme.Text}, {Text: r.Area}, held, {Text: orDash(r.Owner)},
		}}
	}
	return out
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
