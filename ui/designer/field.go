package designer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/template"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// place is where a field stands in the draft, counting from 0.
type place struct{ section, field int }

func (at place) of(st State) (template.Field, bool) {
	if at.section >= len(st.Draft.Sections) || at.field >= len(st.Draft.Sections[at.section].Fields) {
		return template.Field{}, false
	}
	return st.Draft.Sections[at.section].Fields[at.field], true
}

// field is a line with a field, and below it what it is made of when it is open.
func (b *body) field(at place, f template.Field, first, last, open bool) fyne.CanvasObject {
	p, key := b.s.p, f.Key
	label := kit.Label("").Shrink()
	kind := kit.Caption("")
	mark := kit.NewIcon("triangle-alert", 14, theme.Warn)
	icon := kit.NewIcon("chevron-right", 14, theme.Text3)
	if open {
		icon = kit.NewIcon("chevron-down", 14, theme.Text3)
	}
	line := kit.NewPlain(kit.Pad(7, 10, 7, 8, kit.HStack(8, icon, label, mark, kit.Spacer(), kind)), nil)
	line.OnTap(b.using("open "+key, line, func() { p.Edit(key) }))
	row := container.NewBorder(nil, nil, nil, b.mover("field "+key, first, last, func(by int) { p.MoveField(key, by) }, func() { p.RemoveField(key) }), line)
	b.fresh = append(b.fresh, func(st State, _ bool) {
		now, ok := at.of(st)
		if !ok {
			return
		}
		said := now.Label
		if said == "" {
			said = words.T("Untitled")
		}
		label.Set(said)
		text := KindName(now.Kind)
		if now.Required {
			text += " · " + words.T("Required")
		}
		kind.Set(text)
		mark.Hidden = !wrong(st.Problems, at)
	})
	ground := kit.NewBox(theme.RadiusControl, theme.Sunken, nil)
	if !open {
		return container.NewStack(ground, row)
	}
	return container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, theme.Strong), kit.VStack(0, row, kit.Pad(4, 12, 12, 12, b.open(at, f))))
}

// wrong reports whether anything is wrong with a field.
func wrong(problems []*template.Error, at place) bool {
	for _, p := range problems {
		if p.Place.Section == at.section+1 && p.Place.Field == at.field+1 {
			return true
		}
	}
	return false
}

// open is what a field is made of, to be edited.
func (b *body) open(at place, f template.Field) fyne.CanvasObject {
	p, key := b.s.p, f.Key
	var kind *kit.Choice
	kind = kit.NewChoice("", kindOptions(), func(k string) {
		b.using("kind "+key, kind, func() { p.SetKind(key, template.Kind(k)) })()
	})
	b.focus["kind "+key] = kind
	need := kit.NewToggles(true, []kit.Option{{Value: "yes", Words: words.T("Needs an answer")}}, func(held []string) {
		b.s.typed(func() { p.Change(key, func(f *template.Field) { f.Required = len(held) > 0 }) })
	})
	kindField := kit.NewField(words.T("Kind of answer"), "", "", kind)
	b.fresh = append(b.fresh, func(st State, _ bool) {
		if now, ok := at.of(st); ok {
			kind.Hold(string(now.Kind))
			need.Hold(map[bool][]string{true: {"yes"}}[now.Required])
			kindField.SetProblem(ProblemOf(st.Problems, at.section, at.field, "kind"))
		}
	})
	rows := kit.VStack(12,
		b.text(at, key, "label", words.T("Question"), words.T("Ask what you want to know"), 1, func(f *template.Field) *string { return &f.Label }),
		kit.Pair(12, 180, kindField, kit.NewField(words.T("Answered"), "", "", kit.HStack(0, need))))
	switch f.Kind {
	case template.Choice, template.Choices:
		rows.Add(b.choices(at, key))
	case template.Number:
		rows.Add(b.text(at, key, "unit", words.T("Unit"), "ms", 1, func(f *template.Field) *string { return &f.Unit }))
	case template.Money:
		rows.Add(b.text(at, key, "unit", words.T("Currency"), template.DefaultCurrency, 1, func(f *template.Field) *string { return &f.Unit }))
	case template.Link:
		rows.Add(b.link(at, key))
	default:
	}
	rows.Add(b.text(at, key, "help", words.T("Help"), words.T("What helps to answer it"), 2, func(f *template.Field) *string { return &f.Help }))
	if !f.Kind.Chosen() && f.Kind != template.YesNo && f.Kind != template.Person && f.Kind != template.Link {
		rows.Add(b.text(at, key, "example", words.T("Example"), words.T("What a good answer looks like"), 2, func(f *template.Field) *string { return &f.Example }))
	}
	return rows
}

// text is a text of a field.
func (b *body) text(at place, key, part, label, example string, lines int, of func(*template.Field) *string) fyne.CanvasObject {
	take := func(text string) {
		b.s.typed(func() { b.s.p.Change(key, func(f *template.Field) { *of(f) = text }) })
	}
	e := kit.NewEntry(example, take)
	if lines > 1 {
		e = kit.NewTextArea(example, take)
		e.SetMinRowsVisible(lines)
	}
	frame := kit.NewField(label, "", "", e.Object())
	b.fresh = append(b.fresh, func(st State, other bool) {
		if now, ok := at.of(st); ok {
			hold(e, *of(&now), other)
			frame.SetProblem(ProblemOf(st.Problems, at.section, at.field, part))
		}
	})
	return frame
}

// choices is what there is to choose from, each on a line.
func (b *body) choices(at place, key string) fyne.CanvasObject {
	e := kit.NewTextArea(words.T("low\nmedium\nhigh"), func(text string) {
		b.s.typed(func() { b.s.p.Change(key, func(f *template.Field) { f.Choices = lines(text) }) })
	})
	e.SetMinRowsVisible(3)
	frame := kit.NewField(words.T("Choices"), "", words.T("One on each line."), e.Object())
	b.fresh = append(b.fresh, func(st State, other bool) {
		now, ok := at.of(st)
		if !ok {
			return
		}
		if strings.Join(lines(e.Text), "\n") != strings.Join(now.Choices, "\n") { // else a line that is begun would go
			hold(e, strings.Join(now.Choices, "\n"), other)
		}
		frame.SetProblem(ProblemOf(st.Problems, at.section, at.field, "choices"))
	})
	return frame
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// link is the kind of document that a field asks for.
func (b *body) link(at place, key string) fyne.CanvasObject {
	var options []kit.Option
	for _, kind := range template.Linkable() {
		options = append(options, kit.Option{Value: kind, Words: DocumentName(kind)})
	}
	choice := kit.NewChoice(words.T("Choose"), options, func(kind string) {
		b.s.typed(func() { b.s.p.Change(key, func(f *template.Field) { f.Of = kind }) })
	})
	frame := kit.NewField(words.T("Which documents"), "", "", choice)
	b.fresh = append(b.fresh, func(st State, _ bool) {
		if now, ok := at.of(st); ok {
			choice.Hold(now.Of)
			frame.SetProblem(ProblemOf(st.Problems, at.section, at.field, "of"))
		}
	})
	return frame
}
