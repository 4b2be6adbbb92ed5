package form

import (
	"strings"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
)

// Several adds a field that holds any of several options, each on a line of its
// text.
func (f *Form) Several(name, label, help string, options []kit.Option) fyne.CanvasObject {
	return f.toggles(name, label, help, false, options)
}

// Few adds a field that holds one of a few options, all of which are shown, or
// none.
func (f *Form) Few(name, label, help string, options []kit.Option) fyne.CanvasObject {
	return f.toggles(name, label, help, true, options)
}

func (f *Form) toggles(name, label, help string, one bool, options []kit.Option) fyne.CanvasObject {
	t := kit.NewToggles(one, options, func(held []string) { f.typed(name, strings.Join(held, "\n")) })
	x := f.add(name, &field{
		frame: kit.NewField(label, "", help, t), focus: t.First(), wrong: func(bool) {}, lock: t.SetDisabled,
		hold: func(text string, _ bool) { t.Hold(lines(text)) },
	})
	f.fields[name].clash.options = t.Options
	return x
}

// lines returns the lines of text, none for none.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
