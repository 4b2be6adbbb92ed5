package sources

import (
	"fyne.io/fyne/v2"

	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// card is the form of the selected source.
type card struct {
	root fyne.CanvasObject
	form *form.Form
	by   *kit.Text
	duty *fyne.Container
	said *kit.Para
	do   *kit.Button
}

func newCard(f *form.Form, trash, duty func()) *card {
	c := &card{form: f, by: kit.Caption("").Shrink(), said: kit.Prose("")}
	c.do = kit.NewButton("", "", kit.Secondary, duty)
	c.duty = kit.Tint("info", theme.Accent, theme.AccentTint, c.said, c.do).(*fyne.Container)
	half := []float32{1, 1}
	c.root = kit.Card(kit.VStack(14,
		kit.CardHead(words.T("Source"), c.by, kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, trash)),
		f.Line(Name, Label(Name), words.T("Customer master data"), ""),
		f.Prose(About, Label(About), words.T("Contracts and plans of every customer since 2019. One row is one customer."), "", 2),
		f.Line(Location, Label(Location), words.T("Data warehouse, table crm.customers"), words.T("System, table, folder or address. Never a password.")),
		kit.Columns(12, half, choice(f, Form, words.T("Choose"), ""), choice(f, Refresh, words.T("Choose"), "")),
		kit.Columns(12, half, f.Choice(Owner, Label(Owner), words.T("Nobody yet"), "", nil), choice(f, Access, words.T("Not asked yet"), "")),
		choice(f, Personal, words.T("Not answered yet"), words.T("Anything that says something about a person who can be told by it: also a customer number.")),
		c.duty,
	))
	return c
}

// choice is a field that holds one of the values that it can.
func choice(f *form.Form, field, empty, help string) fyne.CanvasObject {
	said := func(value string) string { return Said(field, value) }
	return f.Choice(field, Label(field), empty, help, options(Choices(field), said, ""))
}

func (c *card) draw(st State, changed string) (resized bool) {
	people := make([]kit.Option, len(st.People))
	for i, p := range st.People {
		people[i] = kit.Option{Value: p.ID, Words: p.Name}
	}
	c.form.SetOptions(Owner, people)
	c.by.Set(changed)
	if resized = c.duty.Hidden == st.Duty.Holds; resized {
		c.duty.Hidden = !st.Duty.Holds
	}
	if st.Duty.ID != "" {
		c.said.Set(words.T("Personal data: the requirement “%s” says what holds for them.", st.Duty.Title))
		c.do.SetWords(words.T("Open"))
	} else {
		c.said.Set(words.T("Personal data may be used only for what the law allows, and not for ever. Write down as a requirement what holds here."))
		c.do.SetWords(words.T("Add requirement"))
	}
	return c.form.Draw(st.Selected) || resized
}
