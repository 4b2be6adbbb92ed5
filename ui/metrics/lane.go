package metrics

import (
	"fmt"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// lanesDo is what a press on the board does.
type lanesDo struct {
	open  func(id string)
	add   func(column string)
	move  func(id, column string)
	trash func(id string)
	shut  func()
	goTo  func(kind, id string)
}

const (
	laneLeast = 176 // so that three stand beside the form in a small window
	cardsMost = 40  // of a lane, before somebody asks for more
)

// lanes draws the columns. A card stays the same widget as long as its metric is
// there, so that it keeps the focus when it moves.
type lanes struct {
	root  *fyne.Container
	do    lanesDo
	cards map[string]*card
	lane  map[string]*lane // by column
	drawn []Lane
}

func newLanes(do lanesDo) *lanes {
	return &lanes{root: kit.Grid(12, laneLeast), do: do, cards: map[string]*card{}, lane: map[string]*lane{}}
}

// draw shows the columns of a board, and reports whether anything in them is new.
func (l *lanes) draw(b Board) bool {
	if reflect.DeepEqual(l.drawn, b.Columns) {
		return false
	}
	l.drawn = b.Columns
	seen := map[string]bool{}
	objects := make([]fyne.CanvasObject, len(b.Columns))
	for i, to := range b.Columns {
		if l.lane[to.Column] == nil {
			l.lane[to.Column] = newLane(to, func() { l.do.add(to.Column) })
		}
		at := l.lane[to.Column]
		var cards []fyne.CanvasObject
		for j, c := range to.Cards {
			seen[c.ID] = true
			if j < at.most {
				cards = append(cards, l.card(c).tile)
			}
		}
		at.draw(len(to.Cards), cards, func() { at.most += cardsMost; l.drawn = nil; l.draw(b); l.root.Refresh() })
		objects[i] = at.root
	}
	for id := range l.cards {
		if !seen[id] {
			delete(l.cards, id)
		}
	}
	for i, to := range b.Columns {
		for j, c := range to.Cards {
			if drawn := l.cards[c.ID]; drawn != nil {
				drawn.tile.Keys(l.steps(b.Columns, i, j))
			}
		}
	}
	l.root.Objects = objects
	return true
}

func (l *lanes) card(c Card) *card {
	if l.cards[c.ID] == nil {
		l.cards[c.ID] = newCard(c.ID, l.do)
	}
	l.cards[c.ID].draw(c)
	return l.cards[c.ID]
}

// steps is where the arrows lead from a card, and M for the menu that moves it.
func (l *lanes) steps(columns []Lane, i, j int) map[fyne.KeyName]func() {
	to := func(i, j int) func() {
		return func() {
			if i < 0 || i >= len(columns) || len(columns[i].Cards) == 0 {
				return
			}
			j = max(0, min(j, len(columns[i].Cards)-1))
			if c := l.cards[columns[i].Cards[j].ID]; c != nil {
				c.tile.Focus()
			}
		}
	}
	c := columns[i].Cards[j]
	keys := map[fyne.KeyName]func(){
		fyne.KeyLeft: to(i-1, j), fyne.KeyRight: to(i+1, j), fyne.KeyUp: to(i, j-1), fyne.KeyDown: to(i, j+1),
		fyne.KeyM: func() { l.cards[c.ID].choose() }, fyne.KeyEscape: l.do.shut,
	}
	if !c.ReadOnly {
		keys[fyne.KeyDelete] = func() { l.do.trash(c.ID) }
	}
	return keys
}

// lane draws one column.
type lane struct {
	root  fyne.CanvasObject
	count *kit.Text
	cards *fyne.Container
	more  *kit.Button
	none  fyne.CanvasObject
	grow  func()
	most  int
}

func newLane(to Lane, add func()) *lane {
	l := &lane{count: kit.Caption(""), cards: kit.VStack(8), most: cardsMost}
	l.more = kit.NewButton("", "", kit.Ghost, func() { l.grow() })
	l.none = kit.Pad(6, 4, 10, 4, kit.Caption(words.T("Nothing here yet")).Shrink())
	head := container.NewBorder(nil, nil, nil, nil, kit.VStack(2, kit.HStack(8, kit.Heading(to.Title).Shrink(), kit.Spacer(), l.count), kit.Caption(to.Question).Shrink()))
	body := kit.VStack(10, kit.Pad(2, 4, 0, 4, head), l.none, l.cards, l.more)
	if to.Column != "" {
		body.Add(kit.HStack(0, kit.NewButton("plus", words.T("Add metric"), kit.Ghost, add), kit.Spacer()))
	}
	l.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Sunken, theme.Border), kit.Pad(10, 10, 8, 10, body))
	return l
}

func (l *lane) draw(count int, cards []fyne.CanvasObject, grow func()) {
	l.count.Set(fmt.Sprint(count))
	l.cards.Objects, l.grow = cards, grow
	l.cards.Hidden, l.none.(*fyne.Container).Hidden = count == 0, count > 0
	l.more.Hidden = count <= len(cards)
	l.more.SetWords(words.T("Show more of %d", count))
}
