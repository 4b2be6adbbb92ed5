package value

import (
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
	shown     int
	below     *kit.Text
	histogram *kit.Plot
	exact     fyne.CanvasObject
	tornado   *kit.Plot
	state     Chances
	drew      kit.Drew[*Charts]
}

// The views of the card.
const (
	viewSure = iota
	viewMoves
)

const plotHeight = 300

func newCharts(crew *kit.Crew) *charts {
	c := &charts{
		histogram: kit.NewPlot(fyne.NewSize(240, plotHeight), crew), tornado: kit.NewPlot(fyne.NewSize(240, plotHeight), crew),
		below: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink(),
		exact: kit.Top(kit.Prose(words.T("All numbers are exact. Give one a low and a high end to see how sure the estimate is.")).Quiet()),
	}
	c.views = kit.NewSegments([]string{words.T("How sure it is"), words.T("What moves it")}, c.show)
	head := kit.VStack(8, kit.HStack(8, c.views, kit.Spacer()), c.below)
	c.root = kit.Card(container.NewBorder(kit.Pad(0, 0, 12, 0, head), nil, nil, nil, container.NewStack(c.exact, c.histogram, c.tornado)))
	return c
}

// draw shows what was simulated; it reports whether it changed anything.
func (c *charts) draw(st State) bool {
	from := st.Result.Chances
	if from.Charts == nil || !c.drew.Anew(from.Charts) {
		return false
	}
	c.state = from
	c.show(c.shown)
	c.histogram.Draw(from.Charts.Histogram)
	c.histogram.Explain = explainBin(from.Charts.Histogram)
	c.tornado.Draw(from.Charts.Tornado)
	c.tornado.SetLeast(fyne.NewSize(240, fyne.Max(plotHeight, float32(chart.TornadoRow*len(from.Charts.Tornado.Bars)+chart.TornadoFoot))))
	return true
}

// show shows one of the views.
func (c *charts) show(view int) {
	c.shown = view
	if c.state.Charts == nil {
		return
	}
	certain := c.state.Charts.Histogram.Empty()
	c.exact.(*fyne.Container).Hidden = view != viewSure || !certain
	c.histogram.Hidden = view != viewSure || certain
	c.tornado.Hidden = view != viewMoves
	switch {
	case view == viewMoves && c.state.Assumed:
		c.below.Set(words.T("Each a tenth down and up, the others as they are"))
	case view == viewMoves:
		c.below.Set(words.T("Each from low to high, the others as they are"))
	case certain:
		c.below.Set(words.T("No variable has a range"))
	default:
		c.below.Set(words.T("%s of what may come out", c.state.Samples))
	}
	kit.Settle(c.root)
	c.root.Refresh()
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
