package presence

import (
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/theme"
)

// Attach shows in a form who is in which of its fields, and tells the others where
// this person is in it, as long as p is on the document that the form shows. Call
// stop when the form leaves the window. Names are those of the form's fields.
func Attach(p *Presenter, f *form.Form) (stop func()) {
	f.OnReach = func(field string, caret int) {
		if field == "" {
			p.Leave()
			return
		}
		p.Enter(field, caret)
	}
	unwatch := kit.Render(&p.State, func(v View) {
		in := make(map[string][]form.Somebody, len(v.Fields))
		for field, people := range v.Fields {
			for _, o := range people {
				in[field] = append(in[field], form.Somebody{Face: kit.Face{Name: o.Name, Hue: theme.Hue(o.ID)}, Caret: o.Caret})
			}
		}
		f.ShowOthers(in)
	})
	return func() {
		unwatch()
		f.OnReach = nil
		f.ShowOthers(nil)
	}
}
