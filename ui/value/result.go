package value

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// result is the card with the number first: what the model is worth, what is
// left of it, and the formula with its numbers.
type result struct {
	root                     fyne.CanvasObject
	value, per               *kit.Text
	net, span, payback, loss *kit.Text
	chip                     *kit.Chip
	strip                    *fyne.Container
	trouble                  *kit.Para
	alarm                    fyne.CanvasObject
}

func newResult() *result {
	r := &result{
		value: kit.Display(""), per: kit.NewText("", theme.SizeLabel, theme.Text3).Shrink(),
		net: kit.Stat("").Shrink(), span: kit.Stat("").Shrink(), payback: kit.Stat("").Shrink(), loss: kit.Stat("").Shrink(),
		chip: kit.NewChip("trending-up", "", theme.OK, theme.OKTint), strip: kit.Wrap(8), trouble: kit.Prose("").Alarm(),
	}
	stat := func(caption string, number *kit.Text) fyne.CanvasObject {
		return kit.Pad(8, 0, 0, 0, kit.VStack(2, kit.Caption(caption).Shrink(), number))
	}
	r.alarm = kit.HStack(0)
	numbers := kit.Columns(16, []float32{1.35, 1, 1.25, 1, 0.9},
		kit.VStack(0, r.value, r.per),
		stat(words.T("Left after costs"), r.net),
		stat(words.T("In 8 of 10 cases"), r.span),
		stat(words.T("Pays back after"), r.payback),
		stat(words.T("Chance of a loss"), r.loss))
	r.root = kit.Card(kit.VStack(14,
		kit.CardHead(words.T("Estimated value"), kit.NewText(words.T("Follows what you type"), theme.SizeSmall, theme.Text3), r.chip),
		numbers, kit.Line(), r.strip, r.trouble))
	return r
}

func (r *result) draw(st State) {
	s := st.Result
	role := theme.Text
	if st.Stale {
		role = theme.Text3
	}
	for _, t := range []*kit.Text{r.value, r.net, r.span, r.payback, r.loss} {
		t.SetRole(role)
	}
	r.value.Set(s.Value)
	r.per.Set(s.Per)
	r.net.Set(s.Net)
	r.span.Set(s.Range)
	r.payback.Set(s.Payback)
	r.loss.Set(s.Loss)
	r.chip.Hidden = false
	switch {
	case st.Stale:
		r.chip.Set("triangle-alert", words.T("Not what is typed"), theme.Warn, theme.WarnTint)
	case s.Verdict == Pays:
		r.chip.Set("trending-up", words.T("Earns its costs"), theme.OK, theme.OKTint)
	case s.Verdict == Loses:
		r.chip.Set("trending-down", words.T("Costs more than it earns"), theme.Error, theme.ErrorTint)
	default:
		r.chip.Hidden = true
	}
	r.strip.Objects = strip(s.Terms)
	r.trouble.Set(st.Problem)
	r.trouble.Hidden = st.Problem == ""
}

// strip shows the formula as boxes with operators between them.
func strip(terms []Term) []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(terms))
	for i, t := range terms {
		if t.Operator != "" {
			objects[i] = kit.NewText(t.Operator, theme.SizeCard, theme.Text3)
			continue
		}
		ground := theme.Sunken
		if i == len(terms)-1 {
			ground = theme.AccentTint
		}
		objects[i] = container.NewStack(kit.NewBox(8, ground, nil), kit.Pad(7, 12, 7, 12, kit.VStack(1,
			kit.NewText(t.Number, theme.SizeCard, theme.Text).Strong().Centred(),
			kit.NewText(t.Caption, theme.SizeTiny, theme.Text3).Centred())))
	}
	return objects
}
