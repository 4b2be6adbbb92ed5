package sources

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// quality is what the selected source must keep to, by dimension.
type quality struct {
	root   *fyne.Container
	list   *fyne.Container
	unborn *kit.Para // while the source has no name
	form   *expectation
	lines  map[string]*line // by ID of an expectation
	add    map[string]*kit.Button
	shape  string // what stands where, to build anew only when that changes
	reveal func(id string)
	expect func(dimension string, s Suggestion)
}

func newQuality(f *form.Form, reveal, trash func(id string), expect func(dimension string, s Suggestion)) *quality {
	q := &quality{list: kit.VStack(18), lines: map[string]*line{}, add: map[string]*kit.Button{}, reveal: reveal, expect: expect}
	q.unborn = kit.Prose(words.T("Give the source a name first.")).Quiet()
	q.form = newExpectation(f, func() { reveal(q.form.shown) }, func() { trash(q.form.shown) })
	q.root = kit.Card(kit.VStack(16,
		kit.CardHead(words.T("What it must keep to"), kit.NewPara(words.T("Planned now, checked on the data later: what breaks a rule is set aside before a model sees it."), fynetheme.SizeNameCaptionText).Quiet()),
		q.unborn, q.list))
	return q
}

// offer lists what is often expected in a dimension.
func (q *quality) offer(dimension string) {
	suggestions := Suggestions(dimension)
	items := make([]kit.Item, 0, len(suggestions)+1)
	for _, s := range suggestions {
		items = append(items, kit.Item{Words: s.Statement, Aside: RuleName(s.Rule), Do: func() { q.expect(dimension, s) }})
	}
	items = append(items, kit.Item{Icon: "pencil", Words: words.T("In your own words"), Do: func() { q.expect(dimension, Suggestion{}) }})
	kit.Menu(q.add[dimension], 260, items)
}

func (q *quality) draw(st State, stored, readOnly bool) (resized bool) {
	resized = q.unborn.Hidden != stored
	q.unborn.Hidden, q.list.Hidden = stored, !stored
	shape := shapeOf(st, readOnly)
	if shape != q.shape {
		q.shape, resized = shape, true
		q.build(st, readOnly)
	}
	for _, g := range st.Groups {
		for _, x := range g.Items {
			q.lines[x.ID].draw(x, x.ID == st.Open.ID)
		}
	}
	return q.form.draw(st.Open) || resized
}

// shapeOf says what stands where.
func shapeOf(st State, readOnly bool) string {
	var b strings.Builder
	fmt.Fprint(&b, st.Open.ID, readOnly)
	for _, g := range st.Groups {
		b.WriteString("/" + g.Dimension)
		for _, x := range g.Items {
			b.WriteString(" " + x.ID)
		}
	}
	return b.String()
}

// build places lines and the open form.
func (q *quality) build(st State, readOnly bool) {
	lines := map[string]*line{}
	q.list.Objects = nil
	for _, g := range st.Groups {
		items := kit.VStack(2)
		for _, x := range g.Items {
			lines[x.ID] = q.line(x.ID)
			items.Add(lines[x.ID].root)
			if x.ID == st.Open.ID {
				items.Add(q.form.root)
			}
		}
		q.list.Add(kit.VStack(6, q.head(g, readOnly), items))
	}
	q.lines = lines
}

func (q *quality) head(g Group, readOnly bool) fyne.CanvasObject {
	icon, role := "circle-check", theme.OK
	if len(g.Items) == 0 {
		icon, role = "circle-dashed", theme.Text3
	}
	title := kit.HStack(8, kit.NewIcon(icon, 14, role), kit.Label(DimensionName(g.Dimension)), kit.Caption(Asks(g.Dimension)).Shrink())
	if g.Dimension == "" || readOnly {
		return title
	}
	q.add[g.Dimension] = kit.NewButton("plus", words.T("Add"), kit.Ghost, func() { q.offer(g.Dimension) })
	return container.NewBorder(nil, nil, nil, q.add[g.Dimension], title)
}

func (q *quality) line(id string) *line {
	if l, ok := q.lines[id]; ok {
		return l
	}
	return newLine(func() { q.reveal(id) })
}

// line is an expectation in the list.
type line struct {
	root     fyne.CanvasObject
	name     *kit.Text
	sentence *kit.Para
	icon     *kit.Icon
	arrow    *kit.Icon
	decision *kit.Icon
	shown    Item
}

func newLine(tap func()) *line {
	l := &line{
		name: kit.NewText("", theme.SizeBody, theme.Text).Shrink(), sentence: kit.NewPara("", fynetheme.SizeNameCaptionText).Quiet(),
		icon: kit.NewIcon("circle", 14, theme.Text3), arrow: kit.NewIcon("chevron-right", 14, theme.Text3), decision: kit.NewIcon("triangle-alert", 13, theme.Warn),
	}
	content := container.NewBorder(nil, nil, kit.Top(kit.Pad(3, 8, 0, 0, l.icon)), kit.Top(kit.Pad(3, 0, 0, 8, l.arrow)),
		kit.VStack(1, kit.HStack(6, l.name, l.decision), l.sentence))
	l.root = kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, nil), kit.Pad(7, 12, 8, 12, content)), tap)
	return l
}

func (l *line) draw(x Item, open bool) {
	l.name.Set(x.Statement)
	l.sentence.Set(x.Sentence)
	l.decision.Hidden = x.Decisions == 0
	l.icon.Set("circle", theme.Text3)
	if x.Checked {
		l.icon.Set("circle-dot", theme.Accent)
	}
	l.arrow.Set("chevron-right", theme.Text3)
	if open {
		l.arrow.Set("chevron-down", theme.Text3)
	}
	if l.shown != x {
		l.shown = x
		l.root.Refresh()
	}
}
