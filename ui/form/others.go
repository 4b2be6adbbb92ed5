package form

import "cairn/ui/kit"

// Somebody is another person who is in a field.
type Somebody struct {
	kit.Face
	Caret int // runes before their cursor, below 0 where there is none
}

// ShowOthers shows who else is in which field, by its name: a tag and a ring, and in
// a text their cursors.
func (f *Form) ShowOthers(in map[string][]Somebody) {
	for name, x := range f.fields {
		x.showOthers(in[name])
	}
}

func (x *field) showOthers(others []Somebody) {
	var faces []kit.Face
	var carets []kit.Caret
	for _, o := range others {
		faces = append(faces, o.Face)
		if o.Caret >= 0 {
			carets = append(carets, kit.Caret{Face: o.Face, At: o.Caret})
		}
	}
	x.frame.SetHere(faces)
	if e, ok := x.focus.(*kit.Entry); ok {
		e.SetCarets(carets)
	}
}

// follow has OnReach told when the field gets the keyboard, loses it, or the cursor
// moves in it.
func (f *Form) follow(name string, x *field) {
	reach := func(caret int) {
		if f.OnReach != nil {
			f.OnReach(name, caret)
		}
	}
	switch o := x.focus.(type) {
	case *kit.Entry:
		within := func() { reach(o.CursorTextOffset()) }
		o.OnEnter = within
		o.OnLeave = func() {
			if f.OnReach != nil {
				f.OnReach("", -1)
			}
		}
		o.OnCursorChanged = func() {
			if o.Focused() {
				within()
			}
		}
	case interface{ OnEnter(func()) }:
		o.OnEnter(func() { reach(-1) })
	}
}
