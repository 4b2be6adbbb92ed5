package overview

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// worthCard shows what a project is worth.
type worthCard struct {
	root   fyne.CanvasObject
	inside *fyne.Container
	open   func()
	held   Worth
	drawn  bool
}

func newWorth(open func()) *worthCard {
	c := &worthCard{inside: kit.VStack(12), open: open}
	c.root = kit.Card(c.inside)
	return c
}

func (c *worthCard) draw(w Worth) {
	if c.drawn && c.held == w {
		return
	}
	c.held, c.drawn = w, true
	head := kit.CardHead(words.T("Estimated value"), nil)
	if w.Value == "" {
		c.inside.Objects = []fyne.CanvasObject{
			head, kit.Prose(words.T("Not estimated yet")).Quiet(),
			kit.HStack(8, kit.NewButton("coins", words.T("Estimate the value"), kit.Secondary, c.open)),
		}
		return
	}
	stat := func(name, value string) fyne.CanvasObject {
		return kit.VStack(2, kit.Caption(name).Shrink(), kit.NewText(value, theme.SizeStat, theme.Text).Strong().Shrink())
	}
	c.inside.Objects = []fyne.CanvasObject{
		head,
		kit.HStack(8, kit.NewText(w.Value, theme.SizeDisplay, theme.Text).Strong(), kit.NewText(w.Per, theme.SizeLabel, theme.Text3)),
		kit.Columns(12, []float32{1.7, 1}, stat(words.T("In 8 of 10 cases"), w.Range), stat(words.T("Chance of a loss"), w.Loss)),
		kit.Columns(12, []float32{1.7, 1}, stat(words.T("Left after costs"), w.Net), stat(words.T("Pays back after"), w.Payback)),
	}
}

// rows is a card of lines that lead somewhere.
type rows struct {
	root   fyne.CanvasObject
	inside *fyne.Container
	head   fyne.CanvasObject
	open   func(shell.Route)
	held   []row
	drawn  bool
}

// row is one of them.
type row struct {
	person string
	number int
	text   string
	right  string
	mark   shell.Mark
	to     shell.Route
}

func newRows(title string, open func(shell.Route)) *rows {
	r := &rows{head: kit.CardHead(title, nil), open: open, inside: kit.VStack(2)}
	r.root = kit.Card(r.inside)
	return r
}

func (r *rows) put(held []row) {
	if r.drawn && equalRows(r.held, held) {
		return
	}
	r.held, r.drawn = held, true
	objects := []fyne.CanvasObject{kit.Pad(0, 0, 8, 0, r.head)}
	for _, x := range held {
		objects = append(objects, kit.NewPlain(kit.Pad(6, 6, 6, 6, x.draw()), func() { r.open(x.to) }))
	}
	if len(held) == 0 {
		objects = append(objects, kit.Prose(words.T("Nothing yet")).Quiet())
	}
	r.inside.Objects = objects
}

func equalRows(a, b []row) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (x row) draw() fyne.CanvasObject {
	var left fyne.CanvasObject
	if x.person != "" {
		left = kit.Avatar(x.person, x.number, 22)
	} else {
		icon, role := x.mark.Icon()
		left = kit.NewIcon(icon, 16, role)
	}
	text := kit.NewText(x.text, theme.SizeLabel, theme.Text).Shrink()
	return kit.HStack(10, left, text, kit.Spacer(), kit.Caption(x.right))
}

func pageRows(st State) []row {
	out := make([]row, len(st.Pages))
	for i, p := range st.Pages {
		right := p.Say
		if p.Missing != "" {
			right = p.Missing
		}
		out[i] = row{mark: p.Mark, text: p.Page.Name(), right: right, to: shell.Route{Page: p.Page, Project: st.Project}}
	}
	return out
}

func eventRows(events []Event) []row {
	out := make([]row, len(events))
	for i, e := range events {
		out[i] = row{person: e.Person, number: e.Number, text: e.Say, right: e.When, to: e.To}
	}
	return out
}
