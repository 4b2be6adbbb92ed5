package designer

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/template"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// aside shows beside a template how it will look to fill in, or its versions.
type aside struct {
	s        *Screen
	root     fyne.CanvasObject
	segments *kit.Segments
	page     int
	content  *fyne.Container
	drawn    kit.Drew[side]
	cards    []card // of the preview, as drawn last
}

// card is a section as it is previewed.
type card struct {
	section template.Section
	object  fyne.CanvasObject
}

// side is what the aside has drawn.
type side struct {
	Page     int
	Draft    template.Template
	Versions []Version
	Changes  []template.Change
}

func newAside(s *Screen) *aside {
	a := &aside{s: s, content: kit.VStack(theme.GapCards)}
	a.segments = kit.NewSegments([]string{words.T("Preview"), words.T("Versions")}, func(i int) {
		a.page = i
		a.draw(s.p.State.Get())
		kit.Settle(a.root)
	})
	a.root = kit.Fill(kit.Pad(0, 0, 10, 0, kit.HStack(0, a.segments)), kit.NewRoll(a.content))
	return a
}

func (a *aside) draw(st State) {
	now := side{Page: a.page}
	if !st.Editable() { // the template itself is shown as it will look
		now.Page = 1
	}
	if now.Page == 0 {
		now.Draft = st.Draft
	} else {
		now.Versions, now.Changes = st.Stored.Versions, st.Changes
	}
	if !a.drawn.Anew(now) {
		return
	}
	a.content.Objects = nil
	if now.Page == 0 {
		a.preview(st)
	} else {
		a.versions(st)
	}
	a.content.Refresh()
}

// preview shows the draft as a worksheet that nobody has begun.
func (a *aside) preview(st State) {
	a.content.Add(kit.VStack(2, kit.Heading(st.Draft.Name).Shrink(), kit.Prose(st.Draft.About).Quiet()))
	cards := make([]card, len(st.Draft.Sections))
	for i, s := range st.Draft.Sections {
		if i < len(a.cards) && reflect.DeepEqual(a.cards[i].section, s) {
			cards[i] = a.cards[i]
		} else {
			cards[i] = card{s, preview(s)}
		}
		a.content.Add(cards[i].object)
	}
	a.cards = cards
}

// preview draws a section as those see it who fill it in.
func preview(s template.Section) fyne.CanvasObject {
	rows := kit.VStack(12, kit.Heading(s.Title).Shrink())
	if s.Help != "" {
		rows = kit.VStack(12, kit.VStack(2, kit.Heading(s.Title).Shrink(), kit.Prose(s.Help).Quiet()))
	}
	for _, f := range s.Fields {
		rows.Add(previewField(f))
	}
	return kit.Card(rows)
}

func previewField(f template.Field) fyne.CanvasObject {
	aside := ""
	if f.Required {
		aside = words.T("Required")
	}
	var input fyne.CanvasObject
	switch {
	case f.Kind.Chosen() || f.Kind == template.YesNo:
		choices := f.Choices
		if f.Kind == template.YesNo {
			choices = []string{words.T("Yes"), words.T("No")}
		}
		chips := kit.Wrap(6)
		for _, c := range choices {
			chips.Add(kit.NewChip("", c, theme.Text2, theme.Sunken))
		}
		input = chips
	case f.Kind == template.Prose:
		input = blank(f.Example, 3)
	default:
		example := f.Example
		if example == "" {
			example = KindName(f.Kind)
		}
		input = blank(example, 1)
	}
	return kit.NewField(f.Label, aside, f.Help, input)
}

// blank is a field that nobody has typed into.
func blank(example string, lines int) fyne.CanvasObject {
	const line = 17
	inside := fyne.CanvasObject(kit.NewText(example, theme.SizeBody, theme.Text3).Shrink())
	if lines > 1 {
		inside = kit.Prose(example).Quiet()
	}
	return container.NewStack(kit.NewBox(theme.RadiusControl, theme.Surface, theme.Strong), kit.Gap(0, float32(lines)*line+13), kit.Pad(6, 8, 6, 8, inside))
}

// versions lists what was published, the latest first, below what was not yet.
func (a *aside) versions(st State) {
	if len(st.Changes) > 0 {
		a.content.Add(kit.Card(kit.VStack(6, kit.CardHead(words.T("Not published yet"), nil), changeLines(st.Changes))))
	}
	for _, v := range slices.Backward(st.Stored.Versions) {
		by := v.By
		if !v.At.IsZero() {
			by += ", " + words.Ago(a.s.now(), v.At)
		}
		rows := kit.VStack(6, kit.CardHead(words.T("Version %d", v.Number), kit.Caption(by).Shrink()))
		if v.Note != "" {
			rows.Add(kit.Prose(v.Note))
		}
		rows.Add(changeLines(v.Changes))
		a.content.Add(kit.Card(rows))
	}
	if len(st.Stored.Versions) == 0 && len(st.Changes) == 0 {
		a.content.Add(kit.Prose(words.T("Nothing is published yet. Projects can fill the template in from its first version on.")).Quiet())
	}
}

func changeLines(changes []template.Change) fyne.CanvasObject {
	rows := kit.VStack(2)
	for _, c := range changes {
		rows.Add(kit.Prose("– " + c.Said.In(words.Data)).Quiet())
	}
	return rows
}
