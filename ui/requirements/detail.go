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

// detail edits the selected requirement.
type detail struct {
	form *form.Form
	root fyne.CanvasObject
	gate *kit.Chip
	with Companion
}

func newDetail(ctx context.Context, p *Presenter, crew *kit.Crew, with Companion, now func() time.Time, trash func()) *detail {
	f := form.New(ctx, p, crew, now)
	d := &detail{form: f, with: with, gate: kit.NewChip("", "", theme.Accent, theme.AccentTint)}
	d.gate.Hidden = true // until there is something to hold it to
	var areas, comparisons []kit.Option
	for _, a := range Areas {
		areas = append(areas, kit.Option{Value: a, Words: words.Data(AreaName(a))})
	}
	for _, c := range Comparisons {
		comparisons = append(comparisons, kit.Option{Value: c, Words: Sign(c)})
	}
	choose := words.T("Choose")
	content := kit.VStack(14,
		kit.CardHead(words.T("Requirement"), nil, d.gate), f.Gone(),
		f.Line(Title, Label(Title), words.T("At least 80 % of churners found"), ""),
		kit.Columns(12, []float32{1, 1}, f.Choice(Area, Label(Area), choose, "", areas), f.Choice(Owner, Label(Owner), choose, "", nil)),
		f.Line(Metric, Label(Metric), "recall", ""),
		kit.Columns(8, []float32{-76, 1, 1}, f.Choice(Comparison, Label(Comparison), choose, "", comparisons), f.Line(Threshold, Label(Threshold), "0.8", ""), f.Line(Unit, Label(Unit), "%", "")),
		f.Prose(Notes, Label(Notes), words.T("Who asked for it, and why this number"), "", 4),
		kit.HStack(0, kit.Spacer(), kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, trash)))
	if with != nil {
		content.Add(with.Object())
	}
	d.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), container.NewVScroll(kit.Pad(16, 16, 16, 16, content)))
	f.OnResize = d.root.Refresh
	return d
}

func (d *detail) draw(doc edit.Doc, people []edit.Person) {
	options := make([]kit.Option, len(people))
	for i, p := range people {
		options[i] = kit.Option{Value: p.ID, Words: p.Name}
	}
	d.form.SetOptions(Owner, options)
	if doc.ID == edit.New && doc.Fields[Title] == "" {
		doc.Problems = nil // that a new one is still empty is no mistake yet
	}
	resized := d.form.Draw(doc)
	if d.with != nil && doc.ID != "" {
		d.with.Show(doc.ID)
	}
	held := Gate(doc.Fields)
	if d.gate.Text() != held {
		d.gate.Hidden = held == ""
		d.gate.Set("", held, theme.Accent, theme.AccentTint)
		resized = true
	}
	if resized {
		d.root.Refresh()
	}
}
