package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Field is something to fill in: a label, what is typed or chosen, and below it
// what is wrong with it or, when nothing is, what helps.
type Field struct {
	wrapped
	label, aside *Text
	below        *Para
	all          *fyne.Container
	help, wrong  string
}

// NewField returns a field around an input. Aside stands at the right of the
// label, help below.
func NewField(label, aside, help string, input fyne.CanvasObject) *Field {
	f := &Field{label: Label(label).Shrink(), aside: Caption(aside).Shrink(), below: NewPara(help, fynetheme.SizeNameCaptionText).Quiet(), help: help}
	f.below.Hidden = help == ""
	f.all = VStack(4, Pad(0, 0, 1, 0, HStack(8, f.label, Spacer(), f.aside)), container.NewStack(input), f.below)
	f.inside = f.all
	f.ExtendBaseWidget(f)
	return f
}

// SetLabel changes the label and what stands at its right.
func (f *Field) SetLabel(label, aside string) {
	f.label.Set(label)
	f.aside.Set(aside)
}

// Label returns what the field is called.
func (f *Field) Label() string { return f.label.Text() }

// SetHelp changes what helps.
func (f *Field) SetHelp(help string) {
	f.help = help
	f.say()
}

// SetProblem says what is wrong with it, nothing when empty.
func (f *Field) SetProblem(problem string) {
	f.wrong = problem
	f.say()
}

// Problem returns what it says is wrong.
func (f *Field) Problem() string { return f.wrong }

func (f *Field) say() {
	text, alarm := f.help, false
	if f.wrong != "" {
		text, alarm = f.wrong, true
	}
	if f.below.label.Text == text && f.below.alarmed() == alarm && f.below.Hidden == (text == "") {
		return
	}
	f.below.Quiet()
	if alarm {
		f.below.Alarm()
	}
	f.below.label.SetText(text)
	f.below.Hidden = text == ""
	f.all.Refresh()
}
