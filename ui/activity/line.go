package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/theme"
)

// line shows a row. It takes the keyboard: arrows go to its neighbours, Return
// opens.
type line struct {
	widget.BaseWidget
	box     *kit.Box
	all     fyne.CanvasObject
	open    func() // nil when there is nothing to open
	move    func(by int)
	focused bool
	hovered bool
}

func newLine(r Row, open func()) *line {
	l := &line{box: kit.NewBox(theme.RadiusControl, nil, nil), open: open}
	text := make([]kit.Run, len(r.Runs))
	for i, run := range r.Runs {
		text[i] = kit.Run{Text: run.Text, Strong: run.Strong}
	}
	body := kit.VStack(3, kit.Rich(text...))
	for _, d := range r.Details {
		body.Add(kit.Caption(d).Shrink())
	}
	const face = 28
	right := kit.HStack(8, kit.NewText(r.When, theme.SizeCaption, theme.Text3).Digits())
	if r.Opens {
		right.Add(kit.NewIcon("chevron-right", 14, theme.Text3))
	} else {
		right.Add(kit.Gap(14, 14))
	}
	row := container.NewBorder(nil, nil, kit.Top(kit.Pad(0, 12, 0, 0, kit.Avatar(r.Name, r.Number, face))), kit.Top(kit.Pad(3, 0, 0, 16, right)), kit.Pad(5, 0, 0, 0, body))
	l.all = container.NewStack(l.box, kit.Pad(8, 10, 9, 10, row))
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.all) }

func (l *line) paint() {
	var ground, ring theme.Role
	if l.hovered && l.open != nil {
		ground = theme.Sunken
	}
	if l.focused {
		ground, ring = theme.AccentTint, theme.Primary
	}
	l.box.Set(ground, ring, 2)
}

// Tapped implements fyne.Tappable.
func (l *line) Tapped(*fyne.PointEvent) {
	if l.open != nil {
		l.open()
	}
}

// MouseIn implements desktop.Hoverable.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.paint() }

// MouseMoved implements desktop.Hoverable.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *line) MouseOut() { l.hovered = false; l.paint() }

// Cursor implements desktop.Cursorable.
func (l *line) Cursor() desktop.Cursor {
	if l.open == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained implements fyne.Focusable.
func (l *line) FocusGained() { l.focused = true; l.paint() }

// FocusLost implements fyne.Focusable.
func (l *line) FocusLost() { l.focused = false; l.paint() }

// TypedRune implements fyne.Focusable.
func (l *line) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *line) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.Tapped(nil)
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyEscape:
		if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	default: // nothing to do with a row
	}
}
