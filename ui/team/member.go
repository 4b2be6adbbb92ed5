package team

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

const (
	face     = 32 // the avatar of a member
	faceGap  = 12
	menuWide = 32 // what a button with three dots takes, there or not
	lineSide = 12 // what a row has at its sides beside the padding of its button
)

// member shows a person with their laptops.
type member struct {
	s       *Screen
	root    fyne.CanvasObject
	avatar  *fyne.Container
	name    *kit.Text
	you     *kit.Chip
	below   *kit.Text
	right   *kit.Text
	pick    *kit.Plain
	arrow   *kit.Icon
	fixed   fyne.CanvasObject // the right, where it can't be changed
	said    *kit.Text
	more    *kit.Button
	list    *fyne.Container
	laptops map[string]*laptop
	order   kit.Drew[[]string]
	drew    kit.Drew[MemberRow]
	row     MemberRow
}

func newMember(s *Screen) *member {
	m := &member{
		s: s, avatar: container.NewStack(), name: kit.Label("").Shrink(), you: kit.NewChip("", words.T("You"), theme.Accent, theme.AccentTint),
		below: kit.Caption("").Shrink(), right: kit.NewText("", theme.SizeLabel, theme.Text2), said: kit.NewText("", theme.SizeLabel, theme.Text2),
		list: kit.VStack(0), laptops: map[string]*laptop{},
	}
	m.arrow = kit.NewIcon("chevron-down", 14, theme.Text3)
	m.pick = kit.NewPlain(kit.Pad(6, 8, 6, 8, kit.HStack(5, m.right, m.arrow)), m.pickRight)
	m.fixed = kit.Pad(6, 8, 6, 8, m.said)
	m.more = kit.NewButton("ellipsis", "", kit.Ghost, m.menu)
	text := kit.VStack(1, kit.HStack(8, m.name, m.you), m.below)
	head := container.NewBorder(nil, nil, kit.Pad(0, faceGap, 0, 0, kit.Middle(m.avatar)), kit.HStack(2, m.pick, m.fixed, kit.Fixed(menuWide, 0, m.more)), text)
	m.root = kit.Pad(8, lineSide, 6, theme.PadCard, kit.VStack(2, head, kit.Pad(0, 0, 0, face+faceGap, m.list)))
	return m
}

func (m *member) draw(row MemberRow) {
	for _, l := range row.Laptops {
		if m.laptops[l.Device] == nil {
			m.laptops[l.Device] = newLaptop(m.s)
		}
		m.laptops[l.Device].draw(l)
	}
	if !m.drew.Anew(row) {
		return
	}
	if m.row.ID != row.ID || m.row.Name != row.Name {
		m.avatar.Objects = []fyne.CanvasObject{kit.Avatar(row.Name, theme.Hue(row.ID), face)}
	}
	m.row = row
	m.name.Set(row.Name)
	below := row.Roles
	if below == "" {
		below = words.T("No role yet")
	}
	if row.Summary != "" {
		below += " · " + row.Summary
	}
	m.below.Set(below)
	m.you.Hidden = !row.You
	m.right.Set(row.Right.Name())
	m.said.Set(row.Right.Name())
	m.pick.Hidden, m.fixed.(*fyne.Container).Hidden = !row.MaySet, row.MaySet
	m.more.Hidden = len(m.items()) == 0
	devices := make([]string, len(row.Laptops))
	for i, l := range row.Laptops {
		devices[i] = l.Device
	}
	if m.order.Anew(devices) {
		m.list.Objects = make([]fyne.CanvasObject, len(devices))
		for i, d := range devices {
			m.list.Objects[i] = m.laptops[d].root
		}
	}
	m.root.Refresh()
}

// pickRight offers what the member may do.
func (m *member) pickRight() {
	row := m.row
	items := make([]kit.Item, 0, len(Rights))
	for _, r := range Rights {
		item := kit.Item{Words: r.Name(), Aside: r.Says(), Chosen: r == row.Right, Do: func() { m.s.setRight(row, r) }}
		if item.Chosen {
			item.Icon = "check"
		}
		items = append(items, item)
	}
	kit.Menu(m.pick, 0, items)
}

func (m *member) items() []kit.Item {
	row := m.row
	var items []kit.Item
	if row.MayAdd {
		items = append(items, kit.Item{Icon: "laptop", Words: words.T("Add another laptop of mine"), Do: func() { m.s.ask(row.ID) }})
	}
	if row.MayRemove {
		items = append(items, kit.Item{Icon: "trash-2", Words: words.T("Remove from the workspace…"), Do: func() { m.s.removeMember(row) }})
	}
	return items
}

func (m *member) menu() { kit.Menu(m.more, 220, m.items()) }

// laptop shows one of a member's laptops.
type laptop struct {
	s      *Screen
	root   *fyne.Container
	name   *kit.Text
	mark   *kit.Icon
	state  *kit.Text
	line   *kit.Para
	reason *warning
	clock  *warning
	more   *kit.Button
	drew   kit.Drew[LaptopRow]
	row    LaptopRow
}

func newLaptop(s *Screen) *laptop {
	l := &laptop{
		s: s, name: kit.NewText("", theme.SizeLabel, theme.Text).Shrink(), mark: kit.NewIcon("circle-dashed", 13, theme.Text3), state: kit.Caption(""),
		line: kit.Small("").Quiet(), reason: newWarning("info", theme.Text3), clock: newWarning("clock", theme.Warn),
	}
	l.more = kit.NewButton("ellipsis", "", kit.Ghost, l.menu)
	picture := kit.Top(kit.Pad(8, 10, 0, 0, kit.NewIcon("laptop", 16, theme.Text3)))
	right := kit.Top(kit.HStack(5, l.mark, l.state, kit.Gap(1, 0), kit.Fixed(menuWide, menuWide, l.more)))
	said := kit.Pad(6, 12, 2, 0, kit.VStack(2, l.name, l.line, l.reason.root, l.clock.root))
	l.root = container.NewBorder(nil, nil, picture, right, said)
	return l
}

func (l *laptop) draw(row LaptopRow) {
	if !l.drew.Anew(row) {
		return
	}
	l.row = row
	l.name.Set(row.Name)
	l.name.SetRole(theme.Text)
	icon, ink := "circle-dashed", theme.Text3
	switch {
	case row.This:
		icon, ink = "check", theme.Accent
	case row.State == Connected:
		icon, ink = "circle-check", theme.OK
	case row.State == Connecting:
		icon, ink = "loader", theme.Accent
	case row.State == Removed:
		icon = "circle-minus"
		l.name.SetRole(theme.Text3)
	}
	l.mark.Set(icon, ink)
	l.state.Set(row.StateName)
	if row.State == Away || row.State == Removed {
		ink = theme.Text3
	}
	l.state.SetRole(ink)
	l.line.Set(row.Line)
	l.line.Hidden = row.Line == ""
	l.reason.say(row.Reason)
	l.clock.say(row.Clock)
	l.more.Hidden = len(l.items()) == 0
	l.root.Refresh()
}

func (l *laptop) items() []kit.Item {
	row := l.row
	var items []kit.Item
	if row.MayRename {
		items = append(items, kit.Item{Icon: "pencil", Words: words.T("Rename…"), Do: func() { l.s.rename(row.Device, row.Name) }})
	}
	if row.Address != "" && !row.Removed {
		items = append(items, kit.Item{Icon: "copy", Words: words.T("Copy its address"), Do: func() { l.s.copied(row.Address) }})
	}
	if row.MayRemove {
		items = append(items, kit.Item{Icon: "trash-2", Words: words.T("Remove from the workspace…"), Do: func() { l.s.removeLaptop(row) }})
	}
	return items
}

func (l *laptop) menu() { kit.Menu(l.more, 220, l.items()) }

// warning is something to know about a laptop, with an icon before it.
type warning struct {
	root *fyne.Container
	said *kit.Para
}

func newWarning(icon string, ink theme.Role) *warning {
	w := &warning{said: kit.Small("")}
	w.root = container.NewBorder(nil, nil, kit.Top(kit.Pad(1, 6, 0, 0, kit.NewIcon(icon, 13, ink))), nil, w.said)
	w.root.Hidden = true
	return w
}

func (w *warning) say(text string) {
	w.said.Set(text)
	w.root.Hidden = text == ""
}
