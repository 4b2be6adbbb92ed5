package form

import (
	"slices"

	"fyne.io/fyne/v2"

	"cairn/ui/edit"
	"cairn/ui/kit"
)

// field is one input with what belongs to it.
type field struct {
	frame    *kit.Field
	focus    fyne.Focusable
	hold     func(text string, other bool) // other: of another document than before
	wrong    func(bool)
	lock     func(bool)
	clash    *clash
	picks    *kit.Picks // of a field that Picks added
	text     string
	problem  string
	readOnly bool
	drawn    bool
}

func (x *field) draw(text, problem string, conflict []edit.Version, other, readOnly bool) (resized bool) {
	if !x.drawn || other || x.text != text {
		x.hold(text, other)
	}
	if !x.drawn || x.problem != problem {
		x.frame.SetProblem(problem)
		resized = true
		x.wrong(problem != "")
	}
	if x.readOnly != readOnly {
		x.lock(readOnly)
	}
	resized = x.clash.draw(conflict) || resized
	x.text, x.problem, x.readOnly, x.drawn = text, problem, readOnly, true
	return resized
}

// Line adds a field of one line.
func (f *Form) Line(name, label, example, help string) fyne.CanvasObject {
	e := kit.NewEntry(example, func(text string) { f.typed(name, text) })
	return f.entry(name, label, help, e, e.Hold)
}

// mostRows is how many lines a field shows before it scrolls: a paragraph or two.
const mostRows = 14

// Prose adds a field of several lines in which two people's words merge.
func (f *Form) Prose(name, label, example, help string, rows int) fyne.CanvasObject {
	e := kit.NewTextArea(example, nil)
	e.Grow(rows, max(rows, mostRows), func() {
		if f.OnResize != nil {
			f.OnResize()
		}
	})
	e.OnEdit = func(before, after string) { f.edited(name, before, after) }
	return f.entry(name, label, help, e, e.Take)
}

// List adds a field that holds several words, one on each line.
func (f *Form) List(name, label, example, help string, rows int) fyne.CanvasObject {
	return f.Prose(name, label, example, help, rows)
}

func (f *Form) entry(name, label, help string, e *kit.Entry, hold func(string)) fyne.CanvasObject {
	frame := kit.NewField(label, "", help, e.Object())
	return f.add(name, &field{
		frame: frame, focus: e, wrong: e.SetWrong,
		hold: func(text string, other bool) {
			if other {
				e.Put(text)
				return
			}
			hold(text)
		},
		lock: func(locked bool) {
			if locked {
				e.Disable()
				return
			}
			e.Enable()
		},
	})
}

// Choice adds a field that holds one of several options; empty is what it says
// while none is chosen.
func (f *Form) Choice(name, label, empty, help string, options []kit.Option) fyne.CanvasObject {
	c := kit.NewChoice(empty, options, func(value string) { f.typed(name, value) })
	frame := kit.NewField(label, "", help, c)
	x := f.add(name, &field{
		frame: frame, focus: c, wrong: func(bool) {}, lock: c.SetDisabled,
		hold: func(text string, _ bool) { c.Hold(text) },
	})
	f.fields[name].clash.options = c.Options
	return x
}

// SetOptions changes what a Choice offers, as when people join.
func (f *Form) SetOptions(name string, options []kit.Option) {
	c := f.fields[name].focus.(*kit.Choice)
	if !slices.Equal(c.Options(), options) {
		c.SetOptions(options)
	}
}

func (f *Form) add(name string, x *field) fyne.CanvasObject {
	x.clash = f.newClash(name)
	f.fields[name] = x
	f.follow(name, x)
	return kit.VStack(6, x.frame, x.clash.root)
}
