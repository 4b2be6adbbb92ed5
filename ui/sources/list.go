package sources

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// list shows the sources, drawn as they come into view. Arrows move in it.
type list struct {
	root     fyne.CanvasObject
	rows     []Row
	selected string // ID
	list     *widget.List
	count    *kit.Text
	drew     kit.Drew[drawnList]
}

// drawnList is what the list shows.
type drawnList struct {
	rows     []Row
	selected string
}

func newList(picked func(id string)) *list {
	l := &list{count: kit.Caption("")}
	l.list = widget.NewList(func() int { return len(l.rows) }, func() fyne.CanvasObject { return newEntry() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*entry).show(l.rows[i], l.rows[i].ID == l.selected)
		})
	l.list.HideSeparators = true
	l.list.OnSelected = func(i widget.ListItemID) {
		if i < len(l.rows) && l.rows[i].ID != l.selected {
			l.selected = l.rows[i].ID
			l.list.Refresh()
			picked(l.selected)
		}
	}
	l.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.Fill(kit.Pad(14, 16, 12, 16, kit.HStack(8, kit.Heading(words.T("Sources")), l.count)), kit.Line(), l.list)))
	return l
}

func (l *list) draw(rows []Row, selected string) {
	if !l.drew.Anew(drawnList{rows, selected}) {
		return
	}
	l.rows, l.selected = rows, selected
	l.count.Set(words.N("%d in all", "%d in all", len(rows)))
	l.list.Refresh()
	for i, r := range rows {
		if r.ID == selected {
			l.list.Select(i)
			return
		}
	}
	l.list.UnselectAll()
}

// entry is a source in the list: what it is called, and below what it is like.
type entry struct {
	widget.BaseWidget
	inside   fyne.CanvasObject
	back     *kit.Box
	name     *kit.Text
	facts    *kit.Text
	access   *kit.Text
	marks    [4]*kit.Icon
	tips     [4]*kit.Tip
	decision *kit.Icon
}

func newEntry() *entry {
	e := &entry{
		back: kit.NewBox(0, nil, nil), name: kit.Label("").Shrink(), facts: kit.Caption("").Shrink(), access: kit.Caption(""),
		decision: kit.NewIcon("triangle-alert", 13, theme.Warn),
	}
	marks := make([]fyne.CanvasObject, len(e.marks))
	for i := range e.marks {
		e.marks[i] = kit.NewIcon("circle-dashed", 13, theme.Text3)
		e.tips[i] = kit.NewTip(e.marks[i], "")
		marks[i] = e.tips[i]
	}
	content := kit.VStack(3, kit.HStack(6, e.name, e.decision, kit.Spacer(), kit.HStack(3, marks...)), kit.HStack(8, e.facts, kit.Spacer(), e.access))
	e.inside = container.NewStack(e.back, container.NewBorder(nil, kit.Line(), nil, nil, kit.Pad(9, 16, 9, 16, content)))
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements fyne.Widget.
func (e *entry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.inside) }

func (e *entry) show(r Row, selected bool) {
	var ground theme.Role
	if selected {
		ground = theme.AccentTint
	}
	e.back.Set(ground, nil, 0)
	e.name.SetRole(theme.Text)
	if selected {
		e.name.SetRole(theme.Accent)
	}
	e.name.Set(r.Name)
	e.facts.Set(r.Facts)
	if r.Facts == "" {
		e.facts.Set(words.T("Not described yet"))
	}
	e.access.Set(Said(Access, r.Access))
	e.access.SetRole(theme.Text3)
	if r.Access == "refused" {
		e.access.SetRole(theme.Error)
	}
	e.decision.Hidden = r.Decisions == 0
	for i, n := range r.Expected {
		e.mark(i, n)
	}
	e.Refresh()
}

// mark says how many expectations there are in a dimension.
func (e *entry) mark(i, n int) {
	name := DimensionName(Dimensions[i])
	if n == 0 {
		e.marks[i].Set("circle-dashed", theme.Text3)
		e.tips[i].SetWords(words.T("%s: nothing expected yet", name))
		return
	}
	e.marks[i].Set("circle-check", theme.OK)
	e.tips[i].SetWords(name + ": " + words.N("%d expectation", "%d expectations", n))
}
