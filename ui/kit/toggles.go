package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Toggles is a row of toggles that wraps: any of several options, or one of a
// few. What is held and no longer offered stays to be seen and switched off.
type Toggles struct {
	wrapped
	options  []Option
	one      bool
	held     []string
	disabled bool
	row      *fyne.Container
	toggles  []*Toggle
	changed  func(held []string)
}

// NewToggles returns toggles that are off. When one is true, one at most is on,
// and a press on that one switches it off.
func NewToggles(one bool, options []Option, changed func(held []string)) *Toggles {
	t := &Toggles{options: options, one: one, changed: changed, row: Wrap(6)}
	t.inside = t.row
	t.ExtendBaseWidget(t)
	t.build()
	return t
}

// Options returns what it offers.
func (t *Toggles) Options() []Option { return t.options }

// SetOptions changes what it offers.
func (t *Toggles) SetOptions(options []Option) {
	t.options = options
	t.build()
}

// Hold switches on those whose values are held, and the others off.
func (t *Toggles) Hold(held []string) {
	anew := slices.ContainsFunc(append(slices.Clone(held), t.held...), func(v string) bool { return !t.offers(v) })
	t.held = slices.Clone(held)
	if anew {
		t.build()
		return
	}
	t.light()
}

// Held returns the values that are on, in the order of the options.
func (t *Toggles) Held() []string { return slices.Clone(t.held) }

// SetDisabled makes it take no press, or take them again.
func (t *Toggles) SetDisabled(disabled bool) {
	t.disabled = disabled
	for _, x := range t.toggles {
		x.disabled = disabled
	}
}

// First returns what gets the focus first, nil when there are no options.
func (t *Toggles) First() fyne.Focusable {
	if len(t.toggles) == 0 {
		return nil
	}
	return t.toggles[0]
}

func (t *Toggles) offers(value string) bool {
	return slices.ContainsFunc(t.options, func(o Option) bool { return o.Value == value })
}

// all returns what is offered, and what is held beside it.
func (t *Toggles) all() []Option {
	out := slices.Clone(t.options)
	for _, v := range t.held {
		if !t.offers(v) {
			out = append(out, Option{Value: v, Words: v})
		}
	}
	return out
}

func (t *Toggles) build() {
	t.row.Objects, t.toggles = nil, nil
	for _, o := range t.all() {
		x := NewToggle(o.Words, func(on bool) { t.press(o.Value, on) })
		x.disabled = t.disabled
		t.toggles = append(t.toggles, x)
		t.row.Add(x)
	}
	t.light()
	t.row.Refresh()
}

func (t *Toggles) light() {
	for i, o := range t.all() {
		if on := slices.Contains(t.held, o.Value); t.toggles[i].on != on {
			t.toggles[i].Hold(on)
		}
	}
}

func (t *Toggles) press(value string, on bool) {
	var held []string
	for _, o := range t.all() {
		is := slices.Contains(t.held, o.Value) && !t.one
		if o.Value == value {
			is = on
		}
		if is {
			held = append(held, o.Value)
		}
	}
	t.Hold(held)
	t.changed(t.Held())
}
