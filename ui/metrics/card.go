package metrics

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// linksMost is how many links a card shows; the form has them all.
const linksMost = 3

// card draws one metric.
type card struct {
	id    string
	do    lanesDo
	tile  *kit.Tile
	body  *fyne.Container
	menu  *kit.Button
	shown Card
}

func newCard(id string, do lanesDo) *card {
	c := &card{id: id, do: do, body: kit.VStack(6)}
	c.menu = kit.NewButton("ellipsis", "", kit.Ghost, c.choose)
	c.tile = kit.NewTile(c.body, func() { do.open(id) })
	return c
}

func (c *card) draw(to Card) {
	c.tile.Hold(to.Selected)
	if reflect.DeepEqual(c.shown, to) {
		return
	}
	c.shown = to
	about := to.Name
	if to.Definition != "" {
		about += ": " + to.Definition
	}
	name := kit.Pad(2, 0, 0, 0, kit.NewPara(clip(to.Name), fynetheme.SizeNameText).Bold())
	c.body.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, kit.Top(kit.Fixed(28, 22, c.menu)), kit.NewTip(name, about))}
	if icon, said := direction(to); said != "" {
		c.body.Add(noted(icon, theme.Text3, kit.NewPara(said, fynetheme.SizeNameCaptionText).Quiet()))
	}
	for i, l := range to.Links {
		if i == linksMost {
			c.body.Add(kit.Pad(0, 0, 0, 4, kit.Caption(words.T("and %d more", len(to.Links)-linksMost))))
			break
		}
		c.body.Add(c.link(l))
	}
	for _, said := range to.Flags {
		c.body.Add(warning(said))
	}
	if to.Disputed {
		c.body.Add(warning(words.T("People wrote it differently.")))
	}
	if to.Gone {
		c.body.Add(warning(words.T("Somebody moved it to the trash.")))
	}
	c.tile.Refresh()
}

// link is the way to what a metric is linked to.
func (c *card) link(l Chip) fyne.CanvasObject {
	icon := "clipboard-list"
	if l.Kind == KindModel {
		icon = "coins"
	}
	said := kit.Pad(3, 8, 3, 8, kit.HStack(6, kit.NewIcon(icon, 13, theme.Accent), kit.NewText(l.Words, theme.SizeCaption, theme.Text2).Shrink()))
	return kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, nil), said), func() { c.do.goTo(l.Kind, l.ID) })
}

func warning(said string) fyne.CanvasObject {
	return noted("triangle-alert", theme.Warn, kit.NewPara(said, fynetheme.SizeNameCaptionText))
}

func noted(icon string, role theme.Role, said fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 6, 0, 0, kit.NewIcon(icon, 13, role))), nil, said)
}

// clip keeps a name from being a card of its own.
func clip(name string) string {
	const most = 90
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// direction says in which unit a metric is, and what is better.
func direction(c Card) (icon, said string) {
	better := ""
	switch c.Direction {
	case Higher:
		icon, better = "trending-up", words.T("higher is better")
	case Lower:
		icon, better = "trending-down", words.T("lower is better")
	default:
		icon = "circle-dot"
	}
	switch {
	case c.Unit == "":
		return icon, better
	case better == "":
		return icon, c.Unit
	default:
		return icon, c.Unit + " · " + better
	}
}

// choose opens the menu of the card.
func (c *card) choose() {
	edit := kit.Item{Icon: "pencil", Words: words.T("Show details"), Do: func() { c.do.open(c.id) }}
	if c.shown.ReadOnly {
		kit.Menu(c.menu, 200, []kit.Item{edit})
		return
	}
	items := []kit.Item{{Words: words.T("Move to")}}
	for _, column := range Columns {
		items = append(items, kit.Item{Icon: "arrow-right", Words: ColumnName(column), Do: func() { c.do.move(c.id, column); c.tile.Focus() }})
	}
	items = append(items, kit.Item{Words: words.T("Metric")}, edit,
		kit.Item{Icon: "trash-2", Words: words.T("Move to trash"), Do: func() { c.do.trash(c.id) }})
	kit.Menu(c.menu, 200, items)
}
