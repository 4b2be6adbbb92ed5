package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
	"cairn/ui/words"
)

// Picks is a field that holds several of many options: a line for each that is
// chosen, with a press to take it off, and a button that adds another.
type Picks struct {
	wrapped
	options  []Option
	chosen   []string
	unknown  string // what a value is called that no option has
	disabled bool
	rows     *fyne.Container
	add      *Button
	changed  func([]string)
}

// menuMost is how many options a menu offers; more are looked for by typing.
const menuMost = 12

// NewPicks returns a field without anything chosen. Add is the verb of its button,
// unknown what it shows for a value that is no option.
func NewPicks(add, unknown string, options []Option, changed func([]string)) *Picks {
	p := &Picks{options: options, unknown: unknown, rows: VStack(4), changed: changed}
	p.add = NewButton("plus", add, Secondary, p.open)
	p.inside = VStack(6, p.rows, HStack(0, p.add, Spacer()))
	p.draw()
	p.ExtendBaseWidget(p)
	return p
}

// Hold makes it hold values.
func (p *Picks) Hold(values []string) {
	if !slices.Equal(p.chosen, values) {
		p.chosen = slices.Clone(values)
		p.draw()
	}
}

// Chosen returns what it holds.
func (p *Picks) Chosen() []string { return slices.Clone(p.chosen) }

// Options returns what it offers.
func (p *Picks) Options() []Option { return p.options }

// SetOptions changes what it offers.
func (p *Picks) SetOptions(options []Option) {
	p.options = options
	p.draw()
}

// SetDisabled makes it take no change, or take them again.
func (p *Picks) SetDisabled(disabled bool) {
	if p.disabled != disabled {
		p.disabled = disabled
		p.draw()
	}
}

// Focusable returns what takes the keyboard.
func (p *Picks) Focusable() fyne.Focusable { return p.add }

// Put adds a value as a person does, or takes it off.
func (p *Picks) Put(value string, chosen bool) {
	at := slices.Index(p.chosen, value)
	switch {
	case chosen == (at >= 0):
		return
	case chosen:
		p.chosen = append(slices.Clip(p.chosen), value)
	default:
		p.chosen = slices.Delete(slices.Clone(p.chosen), at, at+1)
	}
	p.draw()
	p.changed(p.Chosen())
}

func (p *Picks) draw() {
	p.rows.Objects = nil
	for _, value := range p.chosen {
		p.rows.Add(p.row(value))
	}
	p.rows.Hidden = len(p.chosen) == 0
	p.add.SetDisabled(p.disabled || len(p.left()) == 0)
	p.inside.Refresh()
}

func (p *Picks) row(value string) fyne.CanvasObject {
	name, role, ground := p.unknown, theme.Warn, theme.WarnTint
	for _, o := range p.options {
		if o.Value == value {
			name, role, ground = o.Words, theme.Text, theme.Sunken
		}
	}
	said := NewText(name, theme.SizeLabel, role).Shrink()
	inside := Pad(4, 8, 4, 10, HStack(6, said, Spacer()))
	if !p.disabled {
		off := NewPlain(Pad(6, 6, 6, 6, NewIcon("x", 12, theme.Text3)), func() { p.Put(value, false); focus(p.add) })
		inside = Pad(1, 2, 1, 10, container.NewBorder(nil, nil, nil, off, HStack(0, said)))
	}
	return container.NewStack(NewBox(theme.RadiusControl, ground, nil), inside)
}

// left returns the options that are not chosen.
func (p *Picks) left() []Option {
	return slices.DeleteFunc(slices.Clone(p.options), func(o Option) bool { return slices.Contains(p.chosen, o.Value) })
}

func (p *Picks) open() {
	left := p.left()
	items := make([]Item, len(left))
	for i, o := range left {
		items[i] = Item{Words: o.Words, Do: func() { p.Put(o.Value, true) }}
	}
	if len(items) <= menuMost {
		Menu(p.add, p.Size().Width, items)
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil {
		return
	}
	OpenPalette(c, []Group{{Name: p.add.Words(), Items: items}}, PaletteWords{
		Example: words.T("Type to find one"), Nothing: words.T("Nothing is called that. Try fewer letters."),
		Move: words.T("move"), Open: words.T("choose"), Close: words.T("close"),
	})
}
