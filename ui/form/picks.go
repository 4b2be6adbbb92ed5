package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
)

// Picks adds a field that holds several of many options. It is a list among the
// Rules: each value stands on a line of its own. Add is the verb of its button,
// unknown what it shows for a value that is no option.
func (f *Form) Picks(name, label, add, unknown, help string, options []kit.Option) fyne.CanvasObject {
	p := kit.NewPicks(add, unknown, options, func(values []string) { f.typed(name, strings.Join(values, "\n")) })
	frame := kit.NewField(label, "", help, p)
	return f.add(name, &field{
		frame: frame, focus: p.Focusable(), wrong: func(bool) {}, lock: p.SetDisabled, picks: p,
		hold: func(text string, _ bool) {
			p.Hold(slices.DeleteFunc(strings.Split(text, "\n"), func(v string) bool { return v == "" }))
		},
	})
}

// SetPicks changes what Picks offers.
func (f *Form) SetPicks(name string, options []kit.Option) {
	if p := f.fields[name].picks; !slices.Equal(p.Options(), options) {
		p.SetOptions(options)
	}
}
