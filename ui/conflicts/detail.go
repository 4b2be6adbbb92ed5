package conflicts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// sideLeast is what a value needs to stand beside another.
const sideLeast = 220

// detail shows the values of a conflict side by side, and takes what is chosen or
// written.
type detail struct {
	p       *Presenter
	root    *fyne.Container
	field   *kit.Text
	title   *kit.Text
	where   *kit.Text
	say     *kit.Para
	sides   *fyne.Container
	tiles   []*kit.Tile
	drawn   []SideRow
	write   *kit.Button
	text    *kit.Entry // of one line or of several
	area    *kit.Entry
	choice  *kit.Choice
	input   *fyne.Container
	writing *fyne.Container // around the two
	label   *kit.Text
	use     *kit.Button
	jump    *kit.Button
	lock    fyne.CanvasObject
	foot    fyne.CanvasObject
	view    Detail
}

func newDetail(p *Presenter, settle func(), open func(page, project, document string)) *detail {
	d := &detail{
		p: p, field: kit.NewText("", theme.SizeStat, theme.Text).Strong().Shrink(), title: kit.Body("").Shrink(), where: kit.Caption("").Shrink(),
		say: kit.Prose("").Quiet(), sides: kit.Grid(12, sideLeast), input: container.NewStack(), label: kit.Label(""),
	}
	d.write = kit.NewButton("pencil", words.T("Write another"), kit.Secondary, d.begin)
	d.text = kit.NewEntry("", p.Type)
	d.area = kit.NewTextArea("", p.Type)
	d.area.Grow(4, 14, func() { kit.Settle(d.root) })
	d.choice = kit.NewChoice("–", nil, p.Type)
	d.use = kit.NewButton("check", "", kit.Primary, settle)
	d.text.OnSubmitted = func(string) { settle() }
	d.jump = kit.NewButton("arrow-right", words.T("Open"), kit.Ghost, func() { open(d.view.Page, d.view.Project, d.view.Document) })
	head := container.NewBorder(nil, nil, nil, kit.Top(d.jump), kit.VStack(3, d.field, d.title, d.where))
	d.lock = kit.Tint("lock", theme.Text2, theme.Sunken, kit.Prose(words.T("You can read along. To decide takes a contributor.")))
	d.foot = kit.HStack(8, d.write, kit.Spacer(), d.use)
	d.writing = kit.VStack(6, d.label, d.input)
	d.root = kit.Card(kit.VStack(14, head, d.say, d.sides, d.writing, d.lock, d.foot))
	return d
}

// begin puts the cursor where the value is written.
func (d *detail) begin() {
	d.p.Write()
	var o fyne.Focusable
	switch d.view.Form {
	case OneLine:
		o = d.text
	case Prose:
		o = d.area
	case Choice:
		o = d.choice
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(d.root); c != nil {
		c.Focus(o)
	}
}

func (d *detail) draw(v Detail) {
	other := v.Key != d.view.Key
	d.view = v
	d.field.Set(v.Field)
	d.title.Set(v.Title)
	d.where.Set(v.Where)
	d.say.Set(v.Say)
	d.drawSides(v, other)
	d.drawInput(v, other)
	hide(d.lock, !v.ReadOnly)
	hide(d.foot, v.ReadOnly)
	hide(d.write, v.Writing)
	hide(d.jump, v.Page == "")
	verb := words.T("Write another")
	if v.Form == Prose {
		verb = words.T("Merge them")
	}
	d.write.SetWords(verb)
	d.use.SetWords(v.Verb)
	d.use.SetDisabled(!v.Ready)
	d.root.Refresh()
}

// drawSides keeps the tiles as long as the values are the same, and with them the
// keyboard.
func (d *detail) drawSides(v Detail, other bool) {
	same := !other && len(v.Sides) == len(d.drawn)
	for i := range v.Sides {
		if same {
			was, is := d.drawn[i], v.Sides[i]
			was.Chosen, is.Chosen = false, false
			same = equal(was, is)
		}
	}
	if !same {
		d.tiles, d.sides.Objects = nil, nil
		for _, s := range v.Sides {
			t := kit.NewTile(sideOf(s), func() { d.p.Choose(s.Number) })
			d.tiles = append(d.tiles, t)
			d.sides.Add(t)
		}
		for i, t := range d.tiles {
			to := func(n int) func() {
				return func() { d.tiles[(n+len(d.tiles))%len(d.tiles)].Focus() }
			}
			t.Keys(map[fyne.KeyName]func(){fyne.KeyLeft: to(i - 1), fyne.KeyRight: to(i + 1), fyne.KeyUp: to(i - 1), fyne.KeyDown: to(i + 1)})
		}
	}
	d.drawn = v.Sides
	for i, s := range v.Sides {
		d.tiles[i].Hold(s.Chosen)
	}
}

func (d *detail) drawInput(v Detail, other bool) {
	hide(d.writing, !v.Writing)
	if !v.Writing {
		return
	}
	d.label.Set(words.T("What takes their place"))
	switch v.Form {
	case OneLine:
		d.hold(d.text, d.text.Object(), v.Other, other)
	case Prose:
		d.hold(d.area, d.area.Object(), v.Other, other)
	case Choice:
		options := make([]kit.Option, len(v.Options))
		for i, o := range v.Options {
			options[i] = kit.Option(o)
		}
		d.choice.SetOptions(options)
		d.choice.Hold(v.Other)
		d.input.Objects = []fyne.CanvasObject{d.choice}
	}
}

func (d *detail) hold(e *kit.Entry, o fyne.CanvasObject, text string, other bool) {
	if other || len(d.input.Objects) == 0 || d.input.Objects[0] != o {
		e.Put(text)
	} else {
		e.Hold(text)
	}
	d.input.Objects = []fyne.CanvasObject{o}
}

// sideOf shows one of the values: who wrote it, when and where, and the value.
func sideOf(s SideRow) fyne.CanvasObject {
	who := container.NewBorder(nil, nil, kit.Pad(0, 8, 0, 0, kit.Avatar(s.Person.Name, theme.Hue(s.Person.ID), 28)), nil,
		kit.VStack(1, kit.Label(s.Name).Shrink(), kit.Caption(s.When).Shrink()))
	content := kit.VStack(12, who, value(s))
	if s.Shown {
		content.Add(kit.HStack(0, kit.NewChip("eye", words.T("Pages show this meanwhile"), theme.Text2, theme.Sunken)))
	}
	return content
}

// value shows a word or a number large, and in a text what the others do not have.
func value(s SideRow) fyne.CanvasObject {
	if s.Short {
		return kit.NewPara(s.Runs[0].Text, fynetheme.SizeNameSubHeadingText).Bold()
	}
	runs := make([]kit.Run, len(s.Runs))
	for i, r := range s.Runs {
		runs[i] = kit.Run{Text: r.Text, Strong: r.Own && len(s.Runs) > 1}
	}
	return kit.Rich(runs...)
}

func hide(o fyne.CanvasObject, hidden bool) {
	if o.Visible() != hidden {
		return
	}
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}
