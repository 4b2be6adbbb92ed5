package value

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// sheet shows the presenter's form on top of the window.
type sheet struct {
	canvas  func() fyne.Canvas
	fill    func(id, text string)
	keep    func()
	dismiss func()

	layer   *kit.Layer // nil while closed
	serial  int        // of the form that is open
	fields  map[string]*filled
	order   []string // IDs and rows, as they are laid out
	content *fyne.Container
	trouble *kit.Para
	closing bool
}

// filled is what shows a field. It stays as long as the form is open, so that
// the cursor stays where it is when other fields come and go.
type filled struct {
	field  *kit.Field
	entry  *kit.Entry
	choice *kit.Choice
}

const sheetWidth = 560

// draw opens, fills or closes the sheet.
func (s *sheet) draw(f *form.Form) {
	switch {
	case f == nil && s.layer != nil:
		s.closing = true
		s.layer.Close()
		s.closing, s.layer = false, nil
		return
	case f == nil:
		return
	case s.layer != nil && s.serial != f.Serial:
		s.closing = true
		s.layer.Close()
		s.closing, s.layer = false, nil
	}
	fresh := s.layer == nil
	if fresh {
		c := s.canvas()
		if c == nil {
			return
		}
		s.open(c, f)
	}
	grown := s.layOut(f)
	for _, field := range f.Fields {
		grown = s.fields[field.ID].show(field) || grown
	}
	was := s.trouble.Hidden
	s.trouble.Set(f.Problem)
	s.trouble.Hidden = f.Problem == ""
	if grown || was != s.trouble.Hidden || fresh || !s.trouble.Hidden {
		s.layer.Settle()
	}
	if fresh {
		s.focusFirst(f)
	}
}

func (s *sheet) open(c fyne.Canvas, f *form.Form) {
	s.serial, s.fields, s.order = f.Serial, map[string]*filled{}, nil
	s.content, s.trouble = kit.VStack(12), kit.Prose("").Alarm()
	s.trouble.Hidden = true
	s.layer = kit.LongSheet(c, f.Title, f.Purpose, sheetWidth, kit.VStack(12, s.content, s.trouble), func(l *kit.Layer) []fyne.CanvasObject {
		return []fyne.CanvasObject{kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close), kit.NewButton("check", f.Verb, kit.Primary, s.keep)}
	})
	s.layer.OnClose = func() {
		if !s.closing {
			s.layer = nil
			s.dismiss()
		}
	}
}

func (s *sheet) focusFirst(f *form.Form) {
	for _, field := range f.Fields {
		if e := s.fields[field.ID].entry; e != nil {
			s.layer.Focus(e)
			return
		}
	}
}

// layOut puts the fields into their rows, and reports whether they are others
// than before.
func (s *sheet) layOut(f *form.Form) bool {
	order := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		order[i] = field.Row + "/" + field.ID
		if s.fields[field.ID] == nil {
			s.fields[field.ID] = s.build(field)
		}
	}
	if revise.Same(order, s.order) {
		return false
	}
	s.order = order
	var objects []fyne.CanvasObject
	for from := 0; from < len(f.Fields); {
		to := from + 1
		for f.Fields[from].Row != "" && to < len(f.Fields) && f.Fields[to].Row == f.Fields[from].Row {
			to++
		}
		row := make([]fyne.CanvasObject, 0, to-from)
		widths := make([]float32, to-from)
		for i, field := range f.Fields[from:to] {
			row, widths[i] = append(row, s.fields[field.ID].field), 1
		}
		if len(row) == 1 {
			objects = append(objects, row[0])
		} else {
			objects = append(objects, kit.Columns(12, widths, row...))
		}
		from = to
	}
	s.content.Objects = objects
	s.content.Refresh()
	return true
}

func (s *sheet) build(field form.Field) *filled {
	shown := &filled{}
	var input fyne.CanvasObject
	switch {
	case len(field.Options) > 0:
		shown.choice = kit.NewChoice(words.T("Choose"), nil, func(v string) { s.fill(field.ID, v) })
		input = shown.choice
	case field.Lines > 0:
		shown.entry = kit.NewTextArea(field.Example, func(text string) { s.fill(field.ID, text) })
		shown.entry.SetMinRowsVisible(field.Lines)
		input = shown.entry.Object()
	default:
		shown.entry = kit.NewEntry(field.Example, func(text string) { s.fill(field.ID, text) })
		shown.entry.OnKey = func(key fyne.KeyName) bool {
			if key == fyne.KeyReturn || key == fyne.KeyEnter {
				s.keep()
				return true
			}
			return false
		}
		input = shown.entry.Object()
	}
	shown.field = kit.NewField(field.Label, field.Aside, field.Help, container.NewStack(input))
	return shown
}

// show writes what a field holds, and reports whether its height may have
// changed.
func (f *filled) show(field form.Field) bool {
	before := f.field.MinSize().Height
	f.field.SetLabel(field.Label, field.Aside)
	f.field.SetHelp(field.Help)
	f.field.SetProblem(field.Problem)
	if f.entry != nil {
		f.entry.Hold(field.Text)
		f.entry.SetWrong(field.Problem != "")
	}
	if f.choice != nil {
		options := make([]kit.Option, len(field.Options))
		for i, o := range field.Options {
			options[i] = kit.Option{Value: o.Value, Words: o.Words}
		}
		f.choice.SetOptions(options)
		f.choice.Hold(field.Text)
	}
	return f.field.MinSize().Height != before
}
