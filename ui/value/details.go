package value

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/chart"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// details are the cards that say how sure the number is and what becomes of it.
type details struct {
	root      fyne.CanvasObject
	histogram *kit.Plot
	samples   *kit.Text
	exact     *kit.Para
	tornado   *kit.Plot
	bars      *kit.Text
	even      *fyne.Container
	evenCard  fyne.CanvasObject
	costs     *lines
	costCard  fyne.CanvasObject
	table     *fyne.Container
	tableCard fyne.CanvasObject
	notes     *fyne.Container
}

const plotHeight = 220

func newDetails() *details {
	d := &details{
		histogram: kit.NewPlot(fyne.NewSize(240, plotHeight)), tornado: kit.NewPlot(fyne.NewSize(240, plotHeight)),
		samples: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink(), bars: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink(),
		exact: kit.Prose(words.T("All numbers are exact. Give one a low and a high end to see how sure the estimate is.")).Quiet(),
		even:  kit.VStack(8), costs: newLines(), table: kit.VStack(0), notes: kit.VStack(8),
	}
	d.evenCard = kit.Card(kit.VStack(12, kit.CardHead(words.T("Where it breaks even"), kit.NewText(words.T("Each alone, the others as they are"), theme.SizeSmall, theme.Text3).Shrink()), d.even))
	d.costCard = kit.Card(kit.VStack(12, kit.CardHead(words.T("After costs"), kit.NewText(words.T("At the likely numbers"), theme.SizeSmall, theme.Text3).Shrink()), d.costs.box))
	d.tableCard = kit.Card(kit.VStack(10, kit.CardHead(words.T("Scenarios"), nil), d.table))
	d.root = kit.VStack(theme.GapCards,
		kit.Pair(theme.GapCards, 300, d.card(words.T("How sure it is"), d.samples, d.histogram, d.exact), d.card(words.T("What moves it"), d.bars, d.tornado, nil)),
		kit.Pair(theme.GapCards, 300, d.evenCard, d.costCard),
		d.tableCard, d.notes)
	return d
}

func (d *details) card(title string, below *kit.Text, plot *kit.Plot, instead *kit.Para) fyne.CanvasObject {
	content := container.NewStack(plot)
	if instead != nil {
		content.Add(kit.Top(instead))
	}
	return kit.Card(container.NewBorder(kit.Pad(0, 0, 12, 0, kit.CardHead(title, below)), nil, nil, nil, content))
}

func (d *details) draw(r Result) {
	certain := r.Histogram.Empty()
	d.samples.Set(words.T("%s of what may come out", r.Samples))
	if certain {
		d.samples.Set(words.T("No variable has a range"))
	}
	d.exact.Hidden, d.histogram.Hidden = !certain, certain
	d.histogram.Draw(r.Histogram)
	d.histogram.Explain = explainBin(r.Histogram)
	d.tornado.Draw(r.Tornado)
	d.tornado.SetLeast(fyne.NewSize(240, fyne.Max(plotHeight, float32(chart.TornadoRow*len(r.Tornado.Bars)+chart.TornadoFoot))))
	d.bars.Set(words.T("Each from low to high, the others as they are"))
	if r.Assumed {
		d.bars.Set(words.T("Each a tenth down and up, the others as they are"))
	}
	d.even.Objects = sentences(r.Sentences)
	d.evenCard.(*fyne.Container).Hidden = len(r.Sentences) == 0
	d.costs.draw(r.Costs)
	d.costCard.(*fyne.Container).Hidden = len(r.Costs) == 0
	d.table.Objects = scenarioRows(r.Scenarios)
	d.tableCard.(*fyne.Container).Hidden = len(r.Scenarios) == 0
	d.notes.Objects = nil
	for _, n := range r.Notes {
		d.notes.Objects = append(d.notes.Objects, kit.Tint("info", theme.Accent, theme.AccentTint, kit.Prose(n)))
	}
}

func explainBin(h chart.Histogram) func(x, y float32) string {
	return func(x, _ float32) string {
		from, to, share, ok := h.Bin(float64(x))
		if !ok {
			return ""
		}
		return words.T("%s: %.1f %% of cases", span(h.Format(from), h.Format(to)), 100*share)
	}
}

func sentences(from []string) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(from))
	for i, s := range from {
		out[i] = container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 8, 0, 0, kit.NewIcon("chevron-right", 12, theme.Text3))), nil, kit.Prose(s))
	}
	return out
}

// The widths of the columns of scenarios.
var scenarioWidths = []float32{1.7, 0.9, 1.25, 0.9, 0.9}

func scenarioRows(from []Scenario) []fyne.CanvasObject {
	head := []fyne.CanvasObject{kit.Caption(words.T("Scenario"))}
	for _, name := range []string{words.T("Value"), words.T("In 8 of 10 cases"), words.T("After costs"), words.T("Pays back after")} {
		head = append(head, kit.Caption(name).Trailing().Shrink())
	}
	out := []fyne.CanvasObject{kit.Fixed(0, 26, kit.Cells(12, scenarioWidths, head...))}
	for i, s := range from {
		name := fyne.CanvasObject(kit.Label(s.Name).Shrink())
		if s.Change != "" {
			name = kit.VStack(1, kit.Label(s.Name).Shrink(), kit.Caption(s.Change).Shrink())
		}
		cells := []fyne.CanvasObject{name}
		for _, text := range []string{s.Expected, s.Range, s.Net, s.Payback} {
			role := theme.Text2
			if i == 0 {
				role = theme.Text
			}
			cells = append(cells, kit.NewText(text, theme.SizeLabel, role).Digits().Trailing().Shrink())
		}
		out = append(out, kit.Line(), kit.Fixed(0, 44, kit.Cells(12, scenarioWidths, cells...)))
	}
	return out
}
