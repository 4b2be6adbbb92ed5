package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// tappable is what a pointer, and the keys of a focused widget, do to
// something that is pressed.
type tappable struct {
	drawn
	hovered, focused bool
	disabled         bool
	onTap            func()
	onEnter          func()                  // told when it gets the focus
	keys             map[fyne.KeyName]func() // beside Return, Enter and Space
}

// Tapped implements fyne.Tappable.
func (t *tappable) Tapped(*fyne.PointEvent) {
	if t.onTap != nil && !t.disabled {
		t.onTap()
	}
}

// MouseIn implements desktop.Hoverable.
func (t *tappable) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (t *tappable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *tappable) MouseOut() { t.hovered = false; t.Refresh() }

// FocusGained implements fyne.Focusable.
func (t *tappable) FocusGained() {
	t.focused = true
	t.Refresh()
	if t.onEnter != nil {
		t.onEnter()
	}
}

// OnEnter has entered called when it gets the focus.
func (t *tappable) OnEnter(entered func()) { t.onEnter = entered }

// FocusLost implements fyne.Focusable.
func (t *tappable) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *tappable) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (t *tappable) TypedKey(e *fyne.KeyEvent) {
	if do, ok := t.keys[e.Name]; ok {
		do()
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.Tapped(nil)
	case fyne.KeyEscape:
		escape(t, e)
	default: // nothing to do with a button
	}
}

// escape hands the key from a focused widget to the window, whose topmost layer
// it closes.
func escape(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// Cursor implements desktop.Cursorable.
func (t *tappable) Cursor() desktop.Cursor { return desktop.PointerCursor }
