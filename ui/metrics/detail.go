package metrics

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// detail edits the metric that is open.
type detail struct {
	form   *form.Form
	root   fyne.CanvasObject
	page   *kit.Page
	by     *kit.Text
	now    func() time.Time
	picked string // what is shown of the requirements, for the room it takes
	trash  *kit.Button
	id     string
}

func newDetail(ctx context.Context, p *Presenter, crew *kit.Crew, now func() time.Time, trash func(id string), shut func()) *detail {
	f := form.New(ctx, p, crew, now)
	d := &detail{form: f, by: kit.Caption("").Shrink(), now: now}
	d.trash = kit.NewButton("trash-2", words.T("Move to trash"), kit.Ghost, func() { trash(d.id) })
	columns := []kit.Option{}
	for _, c := range Columns {
		columns = append(columns, kit.Option{Value: c, Words: ColumnName(c)})
	}
	better := []kit.Option{{Value: Higher, Words: words.T("Higher")}, {Value: Lower, Words: words.T("Lower")}}
	choose := words.T("Choose")
	content := kit.VStack(14,
		kit.CardHead(words.T("Key metric"), d.by, kit.NewButton("x", "", kit.Ghost, shut)), f.Gone(),
		f.Line(Name, Label(Name), words.T("Recall on the hold-out set"), words.T("What runs log under this name is held to requirements that name it.")),
		f.Prose(Definition, Label(Definition), words.T("Of the customers who leave within 30 days, the share that the model had on its list."), "", 3),
		f.Choice(Column, Label(Column), words.T("Not placed yet"), "", columns),
		kit.Columns(12, []float32{1, 1}, f.Line(Unit, Label(Unit), "%", ""), f.Choice(Direction, Label(Direction), choose, "", better)),
		f.Picks(Requirements, Label(Requirements), words.T("Add a requirement"), words.T("A requirement that is gone"), "", nil),
		f.Choice(Variable, Label(Variable), words.T("None"), words.T("With it, what is agreed and measured has a price."), nil),
		kit.HStack(0, kit.Spacer(), d.trash))
	d.page = kit.NewScroll(kit.Pad(16, 16, 16, 16, content))
	d.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), d.page)
	return d
}

func (d *detail) draw(doc edit.Doc, a Around) {
	d.id = doc.ID
	d.form.SetPicks(Requirements, requirementOptions(a))
	d.form.SetOptions(Variable, variableOptions(a, doc.Fields[Variable]))
	d.by.Set("")
	if doc.By != "" {
		d.by.Set(words.T("Changed by %s, %s", doc.By, words.Ago(d.now(), doc.At)))
	}
	if doc.ID == edit.New && doc.Fields[Name] == "" {
		doc.Problems = nil // that a new one has no name yet is no mistake
	}
	d.trash.SetDisabled(doc.ReadOnly)
	resized := d.form.Draw(doc)
	also := alsoNamed(doc, a)
	d.form.Field(Requirements).SetHelp(also)
	if picked := doc.Fields[Requirements] + also; resized || d.picked != picked {
		d.picked = picked
		d.page.Refresh()
	}
}

// alsoNamed says which requirements a metric serves without being told to.
func alsoNamed(doc edit.Doc, a Around) string {
	told := strings.Split(doc.Fields[Requirements], "\n")
	var also []string
	for _, id := range a.Links.Metrics[doc.ID].Requirements {
		if r, ok := a.requirement(id); ok && !slices.Contains(told, id) {
			also = append(also, r.Title)
		}
	}
	switch len(also) {
	case 0:
		return ""
	case 1:
		return words.T("“%s” names it, too.", also[0])
	default:
		return words.T("“%s” and %d others name it, too.", also[0], len(also)-1)
	}
}

func requirementOptions(a Around) []kit.Option {
	out := make([]kit.Option, len(a.Requirements))
	for i, r := range a.Requirements {
		out[i] = kit.Option{Value: r.ID, Words: r.Title}
	}
	return out
}

// variableOptions offers no variable, those of the value models, and the one that
// is chosen though no model has it.
func variableOptions(a Around, chosen string) []kit.Option {
	out := []kit.Option{{Words: words.T("None")}}
	for _, q := range a.Variables {
		out = append(out, kit.Option{Value: q.Name, Words: q.Title()})
	}
	if _, known := a.quantity(chosen); !known && strings.TrimSpace(chosen) != "" {
		out = append(out, kit.Option{Value: chosen, Words: words.T("%s (not in the value model)", chosen)})
	}
	return out
}
