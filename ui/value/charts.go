package value

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/chart"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// charts is the card with the pictures of what may come out.
type charts struct {
	root      *fyne.Container
	views     *kit.Segments
	shown     View
	below     *kit.Text
	along     *kit.Choice
	legend    *fyne.Container
	costs     fyne.CanvasObject // in the legend
	plots     [3]*kit.Plot      // by view
	nothing   *kit.Para
	curve     Curve
	chances   Chances
	drew      kit.Drew[*Charts]
	drewCurve kit.Drew[Curve]
}

const (
	plotHeight = 300
	plotWidth  = 240
)

func newCharts(crew *kit.Crew, along func(string), export func(under fyne.CanvasObject, v View)) *charts {
	c := &charts{below: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink(), nothing: kit.Prose("").Quiet()}
	names := make([]string, len(c.plots))
	for v := range c.plots {
		names[v] = viewName(View(v))
		c.plots[v] = kit.NewPlot(fyne.NewSize(plotWidth, plotHeight), crew)
	}
	c.views = kit.NewSegments(names, func(i int) { c.show(View(i)) })
	c.along = kit.NewChoice("", nil, along)
	c.costs = legend(words.T("Costs"), 1)
	c.legend = kit.HStack(14, legend(words.T("Value"), 0), c.costs)
	var save *kit.Button
	save = kit.NewButton("file-down", "", kit.Ghost, func() { export(save, c.shown) })
	under := kit.HStack(14, c.below, kit.Fixed(230, 0, c.along), kit.Spacer(), c.legend)
	head := kit.VStack(10, container.NewBorder(nil, nil, nil, kit.NewTip(save, words.T("Export or copy")), c.views), under)
	c.root = kit.Card(container.NewBorder(kit.Pad(0, 0, 12, 0, head), nil, nil, nil, container.NewStack(kit.Top(c.nothing), c.plots[0], c.plots[1], c.plots[2])))
	return c
}

// legend says which colour is what; the second is dashed.
func legend(name string, series int) fyne.CanvasObject {
	ink := func(k *theme.Tokens) color.NRGBA { return k.Chart[series] }
	return kit.HStack(6, kit.Fixed(12, 3, kit.NewBox(1, ink, nil)), kit.NewText(name, theme.SizeSmall, theme.Text2))
}

// draw reports whether it changed anything.
func (c *charts) draw(st State) bool {
	moved := c.drewCurve.Anew(st.Curve)
	if moved {
		c.curve = st.Curve
		options := make([]kit.Option, len(st.Curve.Options))
		for i, o := range st.Curve.Options {
			options[i] = kit.Option{Value: o.Value, Words: o.Words}
		}
		c.along.SetOptions(options)
		c.along.Hold(st.Curve.Of)
		c.costs.(*fyne.Container).Hidden = st.Curve.Legend[1] == ""
	}
	again := st.Result.Charts != nil && c.drew.Anew(st.Result.Charts)
	if again {
		c.chances = st.Result.Chances
		bars := len(st.Result.Charts.Tornado.Bars)
		c.plots[ViewMoves].SetLeast(fyne.NewSize(plotWidth, fyne.Max(plotHeight, float32(chart.TornadoRow*bars+chart.TornadoFoot))))
		c.plots[ViewSure].Explain = explainBin(st.Result.Charts.Histogram)
		c.plots[ViewMoves].Explain = explainBar(st.Result.Charts.Tornado, c.plots[ViewMoves])
	}
	if !moved && !again {
		return false
	}
	c.arrange(st)
	for v, plot := range c.plots {
		if drawn := st.chartOf(View(v)); drawn != nil && (v == int(ViewCurve) && moved || v != int(ViewCurve) && again) {
			plot.Draw(drawn)
		}
	}
	return true
}

// show shows one of the views.
func (c *charts) show(v View) {
	c.shown = v
	st := State{Curve: c.curve}
	st.Result.Chances = c.chances
	c.arrange(st)
	kit.Settle(c.root)
	c.root.Refresh()
}

// arrange hides what the view does not need.
func (c *charts) arrange(st State) {
	empty := true
	if drawn := st.chartOf(c.shown); drawn != nil {
		empty = drawn.Empty()
	}
	for v, plot := range c.plots {
		plot.Hidden = View(v) != c.shown || empty
	}
	along := c.shown == ViewCurve
	c.along.Hidden, c.legend.Hidden, c.below.Hidden = !along || len(st.Curve.Options) == 0, !along || empty, along
	c.nothing.Hidden = !empty
	switch c.shown {
	case ViewSure:
		c.below.Set(words.T("%s of what may come out", st.Result.Samples))
		c.nothing.Set(words.T("All numbers are exact. Give one a low and a high end to see how sure the estimate is."))
		if empty {
			c.below.Set(words.T("No variable has a range"))
		}
	case ViewMoves:
		c.below.Set(words.T("Each from low to high, the others as they are"))
		if st.Result.Assumed {
			c.below.Set(words.T("Each a tenth down and up, the others as they are"))
		}
		c.nothing.Set(words.T("Nothing that the formula uses moves the value."))
	case ViewCurve:
		c.nothing.Set(words.T("The formula uses no variable yet."))
		c.point()
	}
}

// point lets the curve be read along its line.
func (c *charts) point() {
	plot, from := c.plots[ViewCurve], c.curve
	plot.Point = func(x float32) (kit.Cross, bool) {
		if from.Chart == nil {
			return kit.Cross{}, false
		}
		s := plot.Size()
		spot, ok := from.Chart.Near(float64(x), float64(s.Width), float64(s.Height))
		if !ok {
			return kit.Cross{}, false
		}
		cross := kit.Cross{
			X: float32(spot.At[0]), Top: float32(spot.Top), Foot: float32(spot.Foot), Dots: []float32{float32(spot.At[1])},
			Words: from.Chart.FormatX(spot.X) + "\n" + from.Legend[0] + " " + from.Chart.FormatY(spot.Y),
		}
		if from.Legend[1] != "" {
			cross.Dots = append(cross.Dots, float32(spot.CostAt))
			cross.Words += "\n" + from.Legend[1] + " " + from.Chart.FormatY(from.Chart.Cost)
		}
		return cross, true
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

func explainBar(t chart.Tornado, on *kit.Plot) func(x, y float32) string {
	return func(_, y float32) string {
		bar, ok := t.At(float64(y), float64(on.Size().Height))
		if !ok {
			return ""
		}
		return bar.Name + "\n" + bar.Range + "\n" + words.T("Value") + " " + span(t.Format(bar.Low), t.Format(bar.High))
	}
}
