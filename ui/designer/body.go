package designer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/template"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// body is the sections and fields of a template. They are built anew when there
// are others or they stand elsewhere; else what they hold is brought up to date.
type body struct {
	s     *Screen
	root  *fyne.Container
	built kit.Drew[form]
	fresh []func(st State, other bool) // bring what is built up to date
	shown string                       // ID

	focus map[string]fyne.Focusable // what can be used once more after it was built anew, by what it does
	used  string                    // the one of them that was used last
}

// form is what the body is built for.
type form struct {
	ID       string
	Editable bool
	Sections []string
	Fields   [][]string
	Open     string
	Kind     template.Kind // of the open field
}

func formOf(st State) form {
	f := form{ID: st.Stored.ID, Editable: st.Editable(), Open: st.Field}
	for _, s := range st.Draft.Sections {
		f.Sections = append(f.Sections, s.Key)
		var keys []string
		for _, x := range s.Fields {
			keys = append(keys, x.Key)
		}
		f.Fields = append(f.Fields, keys)
	}
	if x, ok := st.Draft.Field(st.Field); ok {
		f.Kind = x.Kind
	}
	return f
}

func newBody(s *Screen) *body { return &body{s: s, root: kit.VStack(theme.GapCards)} }

func (b *body) draw(st State) {
	other := b.shown != st.Stored.ID
	b.shown = st.Stored.ID
	anew := b.built.Anew(formOf(st))
	if anew {
		b.build(st)
	}
	for _, fresh := range b.fresh {
		fresh(st, other || anew)
	}
	if anew {
		b.refocus()
	}
}

// refocus gives the keyboard back to what a person has used, which was built anew.
func (b *body) refocus() {
	o := b.focus[b.used]
	b.used = ""
	if o == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b.root); c != nil {
		c.Focus(o)
	}
}

// using takes a change that a person makes with what can be used once more.
func (b *body) using(name string, o fyne.Focusable, do func()) func() {
	b.focus[name] = o
	return func() {
		b.used = name
		b.s.typed(do)
		b.used = ""
	}
}

func (b *body) build(st State) {
	b.fresh, b.root.Objects, b.focus = nil, nil, map[string]fyne.Focusable{}
	if !st.Editable() {
		for _, s := range Translated(clone(st.Draft)).Sections {
			b.root.Add(preview(s))
		}
		b.root.Refresh()
		return
	}
	for i, s := range st.Draft.Sections {
		b.root.Add(b.section(i, s, len(st.Draft.Sections), st.Field))
	}
	b.root.Add(kit.Card(b.adder("add", words.T("Add a section"), words.T("What its fields have in common"), b.s.p.AddSection)))
	b.root.Refresh()
}

// adder is a line on which something new is named; Return adds it.
func (b *body) adder(name, label, example string, add func(string)) fyne.CanvasObject {
	e := kit.NewEntry(example, nil)
	enter := b.using(name, e, func() {
		text := e.Text
		e.Put("")
		add(text)
	})
	e.OnSubmitted = func(string) { enter() }
	return container.NewBorder(nil, nil, nil, kit.Pad(0, 0, 0, 8, kit.NewButton("plus", label, kit.Ghost, enter)), e.Object())
}

// mover is the buttons that move something or take it out.
func (b *body) mover(name string, first, last bool, move func(by int), remove func()) fyne.CanvasObject {
	var goUp, goDown func()
	up := kit.NewButton("arrow-up", "", kit.Ghost, func() { goUp() })
	down := kit.NewButton("arrow-down", "", kit.Ghost, func() { goDown() })
	goUp = b.using("up "+name, up, func() { move(-1) })
	goDown = b.using("down "+name, down, func() { move(1) })
	up.SetDisabled(first)
	down.SetDisabled(last)
	out := kit.NewButton("trash-2", "", kit.Ghost, func() { b.s.typed(remove) })
	return kit.HStack(0, kit.NewTip(up, words.T("Move up")), kit.NewTip(down, words.T("Move down")), kit.NewTip(out, words.T("Take out")))
}

func (b *body) section(number int, s template.Section, of int, open string) fyne.CanvasObject {
	p, key := b.s.p, s.Key
	title := kit.NewEntry(words.T("What its fields have in common"), func(text string) { b.s.typed(func() { p.SetTitle(key, text) }) })
	help := kit.NewEntry(words.T("Explain the section, if it needs it"), func(text string) { b.s.typed(func() { p.SetHelp(key, text) }) })
	frame := kit.NewField(words.T("Section %d", number+1), "", "", container.NewBorder(nil, nil, nil, b.mover("section "+key, number == 0, number == of-1,
		func(by int) { p.MoveSection(key, by) }, func() { p.RemoveSection(key) }), title.Object()))
	b.fresh = append(b.fresh, func(st State, other bool) {
		if number < len(st.Draft.Sections) {
			hold(title, st.Draft.Sections[number].Title, other)
			hold(help, st.Draft.Sections[number].Help, other)
			problem := ProblemOf(st.Problems, number, -1, "title")
			if problem == "" {
				problem = ProblemOf(st.Problems, number, -1, "fields")
			}
			frame.SetProblem(problem)
		}
	})
	rows := kit.VStack(8, frame, help.Object(), kit.Gap(0, 2))
	for i, f := range s.Fields {
		first := i == 0 && number == 0
		last := i == len(s.Fields)-1 && number == of-1
		rows.Add(b.field(place{number, i}, f, first, last, f.Key == open))
	}
	if key != "" {
		rows.Add(b.adder("add "+key, words.T("Add a question"), words.T("Ask what you want to know"), func(label string) { p.AddField(key, label) }))
	}
	return kit.Card(rows)
}
