package requirements

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// form edits the selected requirement.
type form struct {
	root    fyne.CanvasObject
	entries map[string]*kit.Entry
	choices map[string]*kit.Choice
	fields  map[string]*kit.Field
	gate    *kit.Chip
	warning *kit.Para
	banner  fyne.CanvasObject
	held    string // ID of what is shown
}

func newForm(typed func(field, text string), trash func()) *form {
	f := &form{entries: map[string]*kit.Entry{}, choices: map[string]*kit.Choice{}, fields: map[string]*kit.Field{}, warning: kit.Prose("")}
	entry := func(field, label, example string, lines bool) fyne.CanvasObject {
		make := kit.NewEntry
		if lines {
			make = kit.NewTextArea
		}
		f.entries[field] = make(example, func(text string) { typed(field, text) })
		f.fields[field] = kit.NewField(label, "", "", f.entries[field].Object())
		return f.fields[field]
	}
	choice := func(field, label string, options []kit.Option) fyne.CanvasObject {
		f.choices[field] = kit.NewChoice(words.T("Choose"), options, func(v string) { typed(field, v) })
		f.fields[field] = kit.NewField(label, "", "", f.choices[field])
		return f.fields[field]
	}
	var areas, comparisons []kit.Option
	for _, a := range Areas {
		areas = append(areas, kit.Option{Value: a, Words: words.Data(AreaName(a))})
	}
	for _, c := range Comparisons {
		comparisons = append(comparisons, kit.Option{Value: c, Words: Sign(c)})
	}
	f.gate = kit.NewChip("", "", theme.Accent, theme.AccentTint)
	f.banner = kit.Tint("triangle-alert", theme.Warn, theme.WarnTint, f.warning)
	title := entry(Title, words.T("What must hold"), words.T("At least 80 % of churners found"), false)
	who := kit.Columns(12, []float32{1, 1}, choice(Area, words.T("Area"), areas), choice(Owner, words.T("Owner"), nil))
	metric := entry(Metric, words.T("Metric"), "recall", false)
	measure := kit.Columns(8, []float32{-76, 1, 1}, choice(Comparison, words.T("Compare"), comparisons), entry(Threshold, words.T("Threshold"), "0.8", false), entry(Unit, words.T("Unit"), "%", false))
	notes := entry(Notes, words.T("Notes"), words.T("Who asked for it, and why this number"), true)
	remove := kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, trash)
	content := kit.VStack(14, kit.CardHead(words.T("Requirement"), nil, f.gate), f.banner, title, who, metric, measure, notes, kit.HStack(0, kit.Spacer(), remove))
	f.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), container.NewVScroll(kit.Pad(16, 16, 16, 16, content)))
	return f
}

// focus puts the cursor into the first field.
func (f *form) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.entries[Title]); c != nil {
		c.Focus(f.entries[Title])
	}
}

func (f *form) draw(st State) {
	people := make([]kit.Option, len(st.People))
	for i, p := range st.People {
		people[i] = kit.Option{Value: p.ID, Words: p.Name}
	}
	f.choices[Owner].SetOptions(people)
	for field, e := range f.entries {
		if f.held != st.Selected {
			e.Put(st.Fields[field])
		}
		e.Hold(st.Fields[field])
		e.SetWrong(f.shown(st, field) != "")
	}
	for field, c := range f.choices {
		c.Hold(st.Fields[field])
	}
	for field, shown := range f.fields {
		shown.SetProblem(f.shown(st, field))
	}
	f.held = st.Selected
	f.gate.Hidden = st.Gate == ""
	f.gate.Set("", st.Gate, theme.Accent, theme.AccentTint)
	f.banner.(*fyne.Container).Hidden = len(st.Conflict) == 0
	if len(st.Conflict) > 0 {
		f.warning.Set(words.T("Changed in two places: %s. Writing it anew settles it.", st.Conflict[0]))
	}
}

// shown returns what to say about a field: that a new one is still empty is no
// mistake yet.
func (f *form) shown(st State, field string) string {
	if field == Title && st.Selected == New && st.Fields[Title] == "" {
		return ""
	}
	return st.Problems[field]
}
