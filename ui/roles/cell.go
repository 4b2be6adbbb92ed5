package roles

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// cell is a role's part in a phase. A letter chooses it, Delete clears it, arrows
// move to its neighbours, and a press opens all there are.
type cell struct {
	widget.BaseWidget
	inside   fyne.CanvasObject
	back     *kit.Box
	badge    *kit.Box
	square   *fyne.Container
	letter   *kit.Text
	word     *kit.Text
	warning  *kit.Icon
	part     string
	versions int // that people wrote apart, 0 when they agree
	locked   bool
	hovered  bool
	focused  bool

	choose  func(part string)
	compare func()
	reached func() // when it gets the keyboard
	move    func(right, down int)
}

func newCell() *cell {
	c := &cell{
		back: kit.NewBox(theme.RadiusControl, nil, nil), badge: kit.NewBox(5, theme.AccentTint, nil),
		letter: kit.NewText("", theme.SizeCaption, theme.Accent).Strong(), word: kit.NewText("–", theme.SizeLabel, theme.Text3).Shrink(),
		warning: kit.NewIcon("triangle-alert", 14, theme.Warn),
	}
	c.square = badgeOf(c.badge, c.letter)
	c.inside = container.NewStack(c.back, kit.Pad(6, 4, 6, 4, kit.Fixed(0, 22, kit.HStack(6, c.square, c.warning, c.word))))
	c.ExtendBaseWidget(c)
	c.draw()
	return c
}

// badgeOf is a letter on a square.
func badgeOf(ground *kit.Box, letter *kit.Text) *fyne.Container {
	return kit.Fixed(20, 20, container.NewStack(ground, container.NewCenter(letter)))
}

// CreateRenderer implements fyne.Widget.
func (c *cell) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inside) }

// Part returns the part that it shows.
func (c *cell) Part() string { return c.part }

// hold shows a part, or that people differ about it.
func (c *cell) hold(part string, versions int, locked bool) {
	if c.part == part && c.versions == versions && c.locked == locked {
		return
	}
	c.part, c.versions, c.locked = part, versions, locked
	c.draw()
}

func (c *cell) draw() {
	c.square.Hidden = c.part == "" || c.versions > 0
	c.warning.Hidden = c.versions == 0
	ink, ground := letterRoles(c.part)
	c.letter.SetRole(ink)
	c.letter.Set(Letter(c.part))
	c.badge.Set(ground, nil, 0)
	switch {
	case c.versions > 0:
		c.word.SetRole(theme.Warn)
		c.word.Set(words.T("%d versions", c.versions))
	case c.part == "":
		c.word.SetRole(theme.Text3)
		c.word.Set("–")
	default:
		c.word.SetRole(theme.Text)
		c.word.Set(PartName(c.part))
	}
	c.outline()
	c.Refresh()
}

// letterRoles returns the colours of a part: who answers for a phase stands out.
func letterRoles(part string) (ink, ground theme.Role) {
	switch part {
	case Accountable:
		return theme.OnPrimary, theme.Primary
	case Responsible:
		return theme.Accent, theme.AccentTint
	default:
		return theme.Text2, theme.Sunken
	}
}

func (c *cell) outline() {
	var ground, stroke theme.Role
	width := float32(1)
	switch {
	case c.focused:
		stroke, width = theme.Primary, 2
	case c.versions > 0:
		ground = theme.WarnTint
	case c.hovered && !c.locked:
		stroke = theme.Strong
	}
	c.back.Set(ground, stroke, width)
}

// Tapped implements fyne.Tappable.
func (c *cell) Tapped(*fyne.PointEvent) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	c.open()
}

func (c *cell) open() {
	switch {
	case c.versions > 0:
		c.compare()
		return
	case c.locked:
		return
	}
	items := make([]kit.Item, 0, len(Parts)+1)
	for _, part := range Parts {
		item := kit.Item{Words: PartName(part), Aside: Meaning(part), Keys: Letter(part), Chosen: part == c.part, Do: func() { c.choose(part) }}
		if item.Chosen {
			item.Icon = "check"
		}
		items = append(items, item)
	}
	if c.part != "" {
		items = append(items, kit.Item{Words: words.T("Not involved"), Keys: words.T("Delete key"), Icon: "x", Do: func() { c.choose("") }})
	}
	kit.Menu(c, 240, items)
}

// TypedRune implements fyne.Focusable.
func (c *cell) TypedRune(r rune) {
	if part, ok := partOf(r); ok && !c.locked && c.versions == 0 {
		c.choose(part)
	}
}

// TypedKey implements fyne.Focusable.
func (c *cell) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		if !c.locked && c.versions == 0 && c.part != "" {
			c.choose("")
		}
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open()
	case fyne.KeyLeft:
		c.move(-1, 0)
	case fyne.KeyRight:
		c.move(1, 0)
	case fyne.KeyUp:
		c.move(0, -1)
	case fyne.KeyDown:
		c.move(0, 1)
	case fyne.KeyEscape:
		if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil && canvas.OnTypedKey() != nil {
			canvas.OnTypedKey()(e)
		}
	default: // letters come as runes
	}
}

// FocusGained implements fyne.Focusable.
func (c *cell) FocusGained() {
	c.focused = true
	c.outline()
	c.reached()
}

// FocusLost implements fyne.Focusable.
func (c *cell) FocusLost() { c.focused = false; c.outline() }

// MouseIn implements desktop.Hoverable.
func (c *cell) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.outline() }

// MouseMoved implements desktop.Hoverable.
func (c *cell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *cell) MouseOut() { c.hovered = false; c.outline() }

// Cursor implements desktop.Cursorable.
func (c *cell) Cursor() desktop.Cursor { return desktop.PointerCursor }
