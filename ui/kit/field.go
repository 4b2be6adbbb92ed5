package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/theme"
	"cairn/ui/words"
)

// Field is something to fill in: a label, what is typed or chosen, and below it
// what is wrong with it or, when nothing is, what helps.
type Field struct {
	wrapped
	label, aside *Text
	below        *Para
	all          *fyne.Container
	help, wrong  string
	head, input  *fyne.Container
	here         *fyne.Container // who else is in it; nil before anybody was
	who          *Text
	ring         *Box
	faces        Drew[[]Face]
}

// NewField returns a field around an input. Aside stands at the right of the
// label, help below.
func NewField(label, aside, help string, input fyne.CanvasObject) *Field {
	f := &Field{label: Label(label).Shrink(), aside: Caption(aside).Shrink(), below: NewPara(help, fynetheme.SizeNameCaptionText).Quiet(), help: help}
	f.below.Hidden = help == ""
	f.head, f.input = HStack(8, f.label, Spacer(), f.aside), container.NewStack(input)
	f.all = VStack(4, Pad(0, 0, 1, 0, f.head), f.input, f.below)
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

// ringWide is how strong the ring is around a field in which somebody else is.
const ringWide = 2

// SetHere says who else is in the field: their names beside its label, and a ring
// around it in the colour of the first.
func (f *Field) SetHere(faces []Face) {
	if len(faces) == 0 && f.here == nil || !f.faces.Anew(faces) {
		return
	}
	if f.here == nil {
		f.here, f.who, f.ring = container.NewStack(), NewText("", theme.SizeCaption, theme.Text2).Shrink(), NewBox(theme.RadiusControl+ringWide, nil, nil)
		f.head.Objects = slices.Insert(f.head.Objects, 1, fyne.CanvasObject(f.here), fyne.CanvasObject(f.who))
		f.input.Add(Pad(-ringWide, -ringWide, -ringWide, -ringWide, f.ring))
	}
	none := len(faces) == 0
	f.here.Hidden, f.who.Hidden, f.ring.Hidden = none, none, none
	f.here.Objects = nil
	if !none {
		const most, size = 3, 14
		f.here.Objects = []fyne.CanvasObject{Avatars(faces, size, most, theme.Surface)}
		f.who.Set(namesOf(faces))
		f.ring.Set(nil, hueOf(faces[0]), ringWide)
	}
	f.all.Refresh()
}

// hueOf is the colour of a person, strong enough for a line.
func hueOf(f Face) theme.Role {
	return func(k *theme.Tokens) colour { return k.Chart[f.Hue%len(k.Chart)] }
}

// namesOf names who is in a field.
func namesOf(faces []Face) string {
	switch len(faces) {
	case 1:
		return faces[0].Name
	case 2:
		return words.T("%s and %s", faces[0].Name, faces[1].Name)
	default:
		return words.T("%s and %d others", faces[0].Name, len(faces)-1)
	}
}

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
