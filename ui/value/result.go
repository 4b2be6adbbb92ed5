package value

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// result is the card with the number first: what the model is worth, what is
// left of it, and the formula with its numbers.
type result struct {
	root                     *fyne.Container
	value, per               *kit.Text
	net, span, payback, loss *kit.Text
	chip                     *kit.Chip
	strip                    *strip
	trouble                  *kit.Para
	drew                     kit.Drew[shownResult]
	role                     kit.Drew[[2]bool]
	verdict                  kit.Drew[verdictShown]
}

// shownResult is what the card draws of a State.
type shownResult struct {
	Now         Now
	Range, Loss string
	Stale, Slow bool
	Problem     string
}

type verdictShown struct {
	Stale   bool
	Verdict Verdict
}

func newResult() *result {
	r := &result{
		value: kit.Display(""), per: kit.NewText("", theme.SizeLabel, theme.Text3).Shrink(),
		net: kit.Stat("").Shrink(), span: kit.Stat("").Shrink(), payback: kit.Stat("").Shrink(), loss: kit.Stat("").Shrink(),
		chip: kit.NewChip("trending-up", "", theme.OK, theme.OKTint), strip: newStrip(), trouble: kit.Prose("").Alarm(),
	}
	stat := func(caption string, number *kit.Text) fyne.CanvasObject {
		return kit.VStack(2, kit.Caption(caption).Shrink(), number)
	}
	const leastStat, leastHalf = 132, 250
	stats := kit.Pad(8, 0, 0, 0, kit.Grid(14, leastStat,
		stat(words.T("Left after costs"), r.net), stat(words.T("In 8 of 10 cases"), r.span),
		stat(words.T("Pays back after"), r.payback), stat(words.T("Chance of a loss"), r.loss)))
	r.root = kit.Card(kit.VStack(14,
		kit.CardHead(words.T("Estimated value"), kit.NewText(words.T("Follows what you type"), theme.SizeSmall, theme.Text3).Shrink(), r.chip),
		kit.Shares(16, leastHalf, []float32{1, 1.4}, kit.VStack(0, r.value, r.per), stats), kit.Line(), r.strip.box, r.trouble))
	return r
}

// draw reports whether it changed anything.
func (r *result) draw(st State) bool {
	s := st.Result
	if !r.drew.Anew(shownResult{s.Now, s.Range, s.Loss, st.Stale, st.Slow, st.Problem}) {
		return false
	}
	if r.role.Anew([2]bool{st.Stale, st.Stale || st.Slow}) {
		for _, t := range []*kit.Text{r.value, r.net, r.payback} {
			t.SetRole(faded(st.Stale))
		}
		for _, t := range []*kit.Text{r.span, r.loss} {
			t.SetRole(faded(st.Stale || st.Slow))
		}
	}
	r.value.Set(s.Value)
	r.per.Set(s.Per)
	r.net.Set(s.Net)
	r.span.Set(s.Range)
	r.payback.Set(s.Payback)
	r.loss.Set(s.Loss)
	if r.verdict.Anew(verdictShown{st.Stale, s.Verdict}) {
		r.judge(st.Stale, s.Verdict)
	}
	r.strip.draw(s.Terms)
	r.trouble.Set(st.Problem)
	r.trouble.Hidden = st.Problem == ""
	return true
}

// faded is the colour of a number that is not that of the present input.
func faded(old bool) theme.Role {
	if old {
		return theme.Text3
	}
	return theme.Text
}

func (r *result) judge(stale bool, verdict Verdict) {
	r.chip.Hidden = false
	switch {
	case stale:
		r.chip.Set("triangle-alert", words.T("Not what is typed"), theme.Warn, theme.WarnTint)
	case verdict == Pays:
		r.chip.Set("trending-up", words.T("Earns its costs"), theme.OK, theme.OKTint)
	case verdict == Loses:
		r.chip.Set("trending-down", words.T("Costs more than it earns"), theme.Error, theme.ErrorTint)
	default:
		r.chip.Hidden = true
	}
}

// strip shows the formula as boxes with operators between them.
type strip struct {
	box      *fyne.Container
	numbers  []*kit.Text
	captions []*kit.Text
	kinds    []string // operators, empty for a box
}

func newStrip() *strip { return &strip{box: kit.Wrap(8)} }

func (s *strip) draw(terms []Term) {
	kinds := make([]string, len(terms))
	for i, t := range terms {
		kinds[i] = t.Operator
	}
	if !slices.Equal(kinds, s.kinds) {
		s.build(kinds)
	}
	for i, t := range terms {
		if t.Operator == "" {
			s.numbers[i].Set(t.Number)
			s.captions[i].Set(t.Caption)
		}
	}
}

func (s *strip) build(kinds []string) {
	s.kinds = kinds
	s.numbers, s.captions = make([]*kit.Text, len(kinds)), make([]*kit.Text, len(kinds))
	objects := make([]fyne.CanvasObject, len(kinds))
	for i, operator := range kinds {
		if operator != "" {
			objects[i] = kit.NewText(operator, theme.SizeCard, theme.Text3)
			continue
		}
		ground := theme.Sunken
		if i == len(kinds)-1 {
			ground = theme.AccentTint
		}
		s.numbers[i] = kit.NewText("", theme.SizeCard, theme.Text).Strong().Centred()
		s.captions[i] = kit.NewText("", theme.SizeTiny, theme.Text3).Centred()
		objects[i] = container.NewStack(kit.NewBox(8, ground, nil), kit.Pad(7, 12, 7, 12, kit.VStack(1, s.numbers[i], s.captions[i])))
	}
	s.box.Objects = objects
	s.box.Refresh()
}
