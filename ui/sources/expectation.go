package sources

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// expectation is the form of the one that is open.
type expectation struct {
	root   fyne.CanvasObject
	form   *form.Form
	parts  map[string]fyne.CanvasObject // field → as it is placed
	bounds *fyne.Container
	shown  string // ID
	rule   string
}

func newExpectation(f *form.Form, done, trash func()) *expectation {
	x := &expectation{form: f, parts: map[string]fyne.CanvasObject{}, rule: "?"}
	x.parts[Statement] = f.Line(Statement, Label(Statement), words.T("The temperature is a number"), "")
	x.parts[Column] = f.Line(Column, Label(Column), "temperature", "")
	x.parts[Rule] = f.Choice(Rule, Label(Rule), words.T("No rule: in words only"), "", options(append([]string{""}, RuleKinds...), RuleName, words.T("No rule: in words only")))
	x.parts[Dimension] = f.Choice(Dimension, Label(Dimension), words.T("Choose"), "", options(Dimensions, DimensionName, ""))
	x.parts[Low] = f.Line(Low, Label(Low), "-40", "")
	x.parts[High] = f.Line(High, Label(High), "60", "")
	x.parts[Values] = f.List(Values, Label(Values), words.T("active\npaused\nended"), words.T("One on each line."), 4)
	x.parts[Pattern] = f.Line(Pattern, Label(Pattern), `[A-Z]{2}-\d{6}`, "")
	x.parts[Share] = f.Line(Share, Label(Share), "100 %", words.T("Empty: all of them."))
	x.parts[Why] = f.Prose(Why, Label(Why), words.T("A sensor that is off writes “n/a”."), "", 2)
	x.bounds = kit.Grid(12, 160, x.parts[Low], x.parts[High])
	foot := kit.HStack(8, kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, trash), kit.Spacer(), kit.NewButton("check", words.T("Done"), kit.Secondary, done))
	content := kit.VStack(12, f.Gone(), x.parts[Statement],
		kit.Grid(12, 160, x.parts[Column], x.parts[Rule]),
		x.bounds, x.parts[Values], x.parts[Pattern],
		kit.Grid(12, 160, x.parts[Share], x.parts[Dimension]),
		x.parts[Why], foot)
	x.root = container.NewStack(kit.NewBox(theme.RadiusControl, nil, theme.Border), kit.Pad(12, 12, 12, 12, content))
	return x
}

func options(values []string, name func(string) string, none string) []kit.Option {
	out := make([]kit.Option, len(values))
	for i, value := range values {
		out[i] = kit.Option{Value: value, Words: name(value)}
		if value == "" {
			out[i].Words = none
		}
	}
	return out
}

// draw shows an expectation with the fields that its rule takes.
func (x *expectation) draw(d edit.Doc) (resized bool) {
	x.shown = d.ID
	if rule := d.Fields[Rule]; rule != x.rule {
		x.rule, resized = rule, true
		needed := Needs(rule)
		needs := func(field string) bool { return slices.Contains(needed, field) }
		place(x.parts[Column], rule != "")
		place(x.parts[Share], needs(Share))
		place(x.parts[Values], needs(Values))
		place(x.parts[Pattern], needs(Pattern))
		place(x.parts[Low], needs(Low))
		place(x.bounds, needs(High))
		x.label(rule)
	}
	return x.form.Draw(d) || resized
}

// label says what two fields mean to a rule.
func (x *expectation) label(rule string) {
	high, pattern, help := Label(High), Label(Pattern), words.T("A regular expression, of the kind RE2.")
	switch rule {
	case NoOlderThan:
		high = words.T("Hours at most")
	case AgreesWith:
		pattern, help = words.T("Other column"), ""
	}
	x.form.Field(High).SetLabel(high, "")
	x.form.Field(Pattern).SetLabel(pattern, "")
	x.form.Field(Pattern).SetHelp(help)
}

// place shows or hides a part of the form.
func place(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
