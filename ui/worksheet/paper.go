package worksheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/template"
	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// paper is a worksheet to fill in.
type paper struct {
	screen *Screen
	form   *form.Form
	root   *kit.Roll
	name   *kit.Text
	about  *kit.Text
	said   *kit.Text
	bar    *kit.Bar
	by     *kit.Text
	counts []*kit.Text // of the sections
	top    *fyne.Container
	aside  *fyne.Container
	sheet  Sheet
	fields []Answer
	banner kit.Drew[[]template.Change]
	left   kit.Drew[[]Answer]
}

// newPaper returns the paper of the sheet that st shows.
func newPaper(s *Screen, st State) *paper {
	p := &paper{
		screen: s, form: form.New(s.ctx, st.Editor, s.crew, s.now), sheet: st.Sheet, fields: st.Sheet.Fields(),
		name: kit.Heading("").Shrink(), about: kit.Caption("").Shrink(), said: kit.Caption("").Shrink(), bar: kit.NewBar(), by: kit.Caption("").Shrink(),
		top: kit.VStack(theme.GapCards), aside: kit.VStack(theme.GapCards),
	}
	p.top.Hidden, p.aside.Hidden = true, true
	trash := kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, s.trash)
	head := kit.Card(kit.VStack(10,
		container.NewBorder(nil, nil, nil, trash, kit.VStack(2, p.name, p.about)),
		p.bar, kit.HStack(8, p.said, kit.Spacer(), p.by)))
	all := kit.VStack(theme.GapCards, head, p.top, p.form.Gone())
	for i, section := range st.Sheet.Sections {
		all.Add(p.section(i, section, st))
	}
	all.Add(p.aside)
	if len(st.Sheet.Sections) == 0 {
		all.Add(kit.Tint("cloud-off", theme.Warn, theme.WarnTint, kit.Prose(words.T("The template of this worksheet has not arrived here yet. It comes with the next sync."))))
	}
	p.root = kit.NewRoll(all)
	return p
}

func (p *paper) section(number int, s Section, st State) fyne.CanvasObject {
	count := kit.Caption("")
	p.counts = append(p.counts, count)
	title := words.Data(s.Title)
	if title == "" {
		title = words.T("Section %d", number+1)
	}
	rows := kit.VStack(16, kit.CardHead(title, nil, count))
	if s.Help != "" {
		rows = kit.VStack(16, kit.VStack(2, kit.CardHead(title, nil, count), kit.Prose(words.Data(s.Help)).Quiet()))
	}
	for i := 0; i < len(s.Fields); i++ {
		f := p.field(s.Fields[i].Field, st)
		if short(s.Fields[i].Field) {
			beside := fyne.CanvasObject(kit.Gap(0, 0))
			if i+1 < len(s.Fields) && short(s.Fields[i+1].Field) {
				i++
				beside = p.field(s.Fields[i].Field, st)
			}
			f = kit.Pair(16, pairWidth, f, beside)
		}
		rows.Add(f)
	}
	return kit.Card(rows)
}

// pairWidth is how much room each of two short fields gets at least beside the
// other.
const pairWidth = 240

// short reports whether answers to a field take half a line.
func short(f template.Field) bool {
	switch f.Kind {
	case template.Number, template.Money, template.Percent, template.Date, template.Person, template.Link:
		return true
	default:
		return false
	}
}

// field adds a field to the form.
func (p *paper) field(f template.Field, st State) fyne.CanvasObject {
	label, help, example := words.Data(f.Label), words.Data(f.Help), words.Data(f.Example)
	var o fyne.CanvasObject
	switch {
	case f.Kind == template.Prose:
		o = p.form.Prose(f.Key, label, example, help, 3)
	case f.Kind == template.YesNo:
		o = p.form.Few(f.Key, label, help, []kit.Option{{Value: "yes", Words: words.T("Yes")}, {Value: "no", Words: words.T("No")}})
	case f.Kind == template.Choice:
		o = p.form.Few(f.Key, label, help, optionsOf(f.Choices))
	case f.Kind == template.Choices:
		o = p.form.Several(f.Key, label, help, optionsOf(f.Choices))
	case OptionsOf(f) != "":
		o = p.form.Choice(f.Key, label, words.T("Choose"), help, named(st.Options[OptionsOf(f)], ""))
	default:
		o = p.form.Line(f.Key, label, exampleOf(f, example), help)
	}
	p.form.Field(f.Key).SetLabel(label, Aside(f))
	return o
}

// exampleOf returns what stands in an empty field.
func exampleOf(f template.Field, example string) string {
	switch {
	case example != "":
		return example
	case f.Kind == template.Date:
		return "2026-03-31"
	default:
		return ""
	}
}

func optionsOf(choices []string) []kit.Option {
	out := make([]kit.Option, len(choices))
	for i, c := range choices {
		out[i] = kit.Option{Value: c, Words: words.Data(c)}
	}
	return out
}

// named returns what a field can name: nothing first, so that an answer can be
// taken out, and what it holds last if that is no longer there.
func named(found []edit.Person, held string) []kit.Option {
	out := []kit.Option{{Value: "", Words: words.T("No answer")}}
	known := held == ""
	for _, x := range found {
		out = append(out, kit.Option{Value: x.ID, Words: x.Name})
		known = known || x.ID == held
	}
	if !known {
		out = append(out, kit.Option{Value: held, Words: words.T("%s (not here)", held)})
	}
	return out
}

// hold shows what is stored around the fields: the head, a banner, what is left
// over.
func (p *paper) hold(st State) {
	p.sheet = st.Sheet
	p.name.Set(p.sheet.Name)
	about := words.T("%s, version %d", words.Data(p.sheet.Template), p.sheet.Version)
	if p.sheet.Cairn || p.sheet.Version == 0 {
		about = words.Data(p.sheet.Template)
	}
	p.about.Set(about)
	if p.banner.Anew(p.sheet.Changes) {
		fill(p.top, p.newer())
	}
	if p.left.Anew(p.sheet.LeftOver) {
		fill(p.aside, p.leftOver())
	}
	p.offer(st)
	p.root.Settle()
}

// fill makes a place hold objects, or take no room when there are none.
func fill(place *fyne.Container, objects []fyne.CanvasObject) {
	place.Objects, place.Hidden = objects, len(objects) == 0
	place.Refresh()
}

// offer brings what fields can name up to date.
func (p *paper) offer(st State) {
	state := st.Editor.State.Get()
	doc := state.Current()
	for _, f := range p.fields {
		if of := OptionsOf(f.Field); of != "" {
			p.form.SetOptions(f.Key, named(st.Options[of], doc.Fields[f.Key]))
		}
	}
}

// newer is the banner of a version that is out.
func (p *paper) newer() []fyne.CanvasObject {
	if p.sheet.Newest <= p.sheet.Version || p.sheet.Version == 0 {
		return nil
	}
	said := kit.VStack(4, kit.Label(words.T("Version %d of the template is out", p.sheet.Newest)).Shrink())
	for _, c := range p.sheet.Changes {
		said.Add(kit.Prose("– " + c.Said.In(words.Data)))
	}
	var do []fyne.CanvasObject
	if !p.sheet.ReadOnly {
		do = append(do, kit.NewButton("arrow-right", words.T("Move to version %d", p.sheet.Newest), kit.Secondary, p.screen.move))
	}
	return []fyne.CanvasObject{kit.Tint("info", theme.Accent, theme.AccentTint, said, do...)}
}

// leftOver is what was answered and is no longer asked.
func (p *paper) leftOver() []fyne.CanvasObject {
	if len(p.sheet.LeftOver) == 0 {
		return nil
	}
	rows := kit.VStack(12, kit.CardHead(words.T("Answered, and no longer asked"), kit.Caption(words.T("Nothing is lost: this comes back with a version that asks for it.")).Shrink()))
	for _, a := range p.sheet.LeftOver {
		rows.Add(kit.VStack(2, kit.Label(words.Data(a.Label)).Shrink(), kit.Prose(a.Shown)))
	}
	return []fyne.CanvasObject{kit.Card(rows)}
}

// draw shows what is typed.
func (p *paper) draw(st edit.State) {
	d := st.Current()
	p.form.Draw(d)
	progress := ProgressOf(p.fields, d)
	if progress.Fields > 0 {
		p.bar.Set(float32(progress.Answered) / float32(progress.Fields))
	}
	p.said.Set(progress.Say())
	p.by.Set("")
	if d.By != "" {
		p.by.Set(words.T("Changed by %s, %s", d.By, words.Ago(p.screen.now(), d.At)))
	}
	for i, section := range p.sheet.Sections {
		if i < len(p.counts) {
			x := ProgressOf(section.Fields, d)
			p.counts[i].Set(words.T("%d of %d", x.Answered, x.Fields))
		}
	}
	p.root.Settle()
}
