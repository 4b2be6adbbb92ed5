package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Entry is a place to type. What a person is typing in it is theirs: Hold
// changes nothing while it has the focus.
type Entry struct {
	widget.Entry
	box     *Box
	root    *fyne.Container
	focused bool
	wrong   bool
	shown   string // by Hold last
	overhang
	carets carets
	growth growth
	grown  func()
	given  bool // back by Escape: the next Hold holds though it has the focus

	// OnKey is asked first what a key does; it returns whether it did it.
	OnKey func(fyne.KeyName) bool
	// OnEdit is called when a person has changed the text from before to after.
	OnEdit func(before, after string)
	// OnShortcut is asked first what a shortcut of the window does; it returns
	// whether it did it.
	OnShortcut func(fyne.Shortcut) bool
	// OnEscape is called when the key is pressed; what was typed is to be undone.
	OnEscape func()
	// OnEnter is called when it gets the focus, OnLeave when that goes.
	OnEnter, OnLeave func()
}

// NewEntry returns an entry with an example in it while it is empty.
func NewEntry(example string, changed func(string)) *Entry { return newEntry(example, changed, false) }

// NewTextArea returns an entry for several lines.
func NewTextArea(example string, changed func(string)) *Entry {
	return newEntry(example, changed, true)
}

func newEntry(example string, changed func(string), lines bool) *Entry {
	e := &Entry{box: NewBox(theme.RadiusControl, theme.Surface, fieldBorder)}
	e.MultiLine = lines
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if lines {
		e.Wrapping = fyne.TextWrapWord
		e.SetMinRowsVisible(4)
	}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(example)
	e.OnChanged = func(text string) {
		before := e.shown
		if text == before {
			return
		}
		e.shown = text
		if changed != nil {
			changed(text)
		}
		if e.OnEdit != nil {
			e.OnEdit(before, text)
		}
		e.fit()
		e.carry()
	}
	e.root = container.NewStack(e.box, e)
	return e
}

// Object returns the entry in its box.
func (e *Entry) Object() fyne.CanvasObject { return e.root }

// Hold makes it hold text, unless somebody is typing in it. The cursor goes to
// the end, where typing goes on.
func (e *Entry) Hold(text string) {
	if e.focused && !e.given || e.Text == text {
		return
	}
	e.given = false
	e.Put(text)
}

// Put makes it hold text in any case, as after a press of Escape.
func (e *Entry) Put(text string) {
	e.shown = text
	e.SetText(text)
	e.fit()
	e.carry()
	if !e.MultiLine {
		e.CursorColumn = len([]rune(text))
	}
}

// SetWrong marks it as holding something that can't be used.
func (e *Entry) SetWrong(wrong bool) {
	if e.wrong != wrong {
		e.wrong = wrong
		e.outline()
	}
}

func (e *Entry) outline() {
	switch {
	case e.wrong:
		e.box.Set(theme.Surface, theme.Error, 1.5)
	case e.focused:
		e.box.Set(theme.Surface, theme.Primary, 2)
	default:
		e.box.Set(theme.Surface, fieldBorder, 1)
	}
}

func fieldBorder(k *theme.Tokens) color.NRGBA { return k.InputBorder }

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	e.outline()
	if e.OnEnter != nil {
		e.OnEnter()
	}
}

// Focused reports whether somebody types in it.
func (e *Entry) Focused() bool { return e.focused }

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.outline()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key.Name) {
		return
	}
	if key.Name == fyne.KeyEscape {
		if e.OnEscape != nil {
			e.given = true
			e.OnEscape()
		}
		escape(e, key)
		return
	}
	e.press(step[key.Name], func() { e.Entry.TypedKey(key) })
}

// TypedShortcut implements fyne.Shortcutable. The window's own shortcuts work
// while somebody types; a stock entry swallows them.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if custom, ok := s.(*desktop.CustomShortcut); ok {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(custom)
		}
		return
	}
	e.Entry.TypedShortcut(s)
}
