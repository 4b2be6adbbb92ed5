package designer

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/words"
)

// askPublish opens the sheet on which a version gets its note.
func (s *Screen) askPublish() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s.root)
	st := s.p.State.Get()
	if canvas == nil || !st.Publishable() {
		return
	}
	note := kit.NewTextArea(words.T("Asks for the baseline, since two experiments had none."), nil)
	note.SetMinRowsVisible(3)
	field := kit.NewField(words.T("What is new"), words.T("Optional"), "", note.Object())
	content := kit.VStack(14)
	if len(st.Changes) > 0 {
		content.Add(changeLines(st.Changes[:min(len(st.Changes), shownChanges)]))
		if more := len(st.Changes) - shownChanges; more > 0 {
			content.Add(kit.Caption(words.N("and %d more", "and %d more", more)))
		}
	}
	content.Add(field)
	var layer *kit.Layer
	busy := false
	publish := func() {
		if busy {
			return
		}
		busy = true
		var err error
		text := note.Text
		s.crew.Then(func() { err = s.p.Publish(s.ctx, text) }, func() {
			busy = false
			if err != nil {
				field.SetProblem(explain(err))
				return
			}
			layer.Close()
			s.toasts.Say("circle-check", words.T("Version %d is published", len(s.p.State.Get().Stored.Versions)), "", nil)
		})
	}
	layer = kit.Sheet(canvas, words.T("Publish version %d", len(st.Stored.Versions)+1),
		words.T("Projects can fill it in from now on. Worksheets that are begun stay with their version until somebody moves them."), 520, content,
		func(l *kit.Layer) []fyne.CanvasObject {
			return []fyne.CanvasObject{kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close), kit.NewButton("check", words.T("Publish"), kit.Primary, publish)}
		})
	layer.Focus(note)
}

// shownChanges is how many changes the sheet lists.
const shownChanges = 8

// trash moves the template to the trash and offers to undo it.
func (s *Screen) trash() {
	var id, name string
	var err error
	s.crew.Then(func() { id, name, err = s.p.Trash(s.ctx) }, func() {
		switch {
		case err != nil:
			s.toasts.Say("circle-alert", explain(err), "", nil)
		case id != "":
			s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", name), words.T("Undo"), func() {
				s.do(func() error { return s.p.Restore(s.ctx, id) })
			})
		}
	})
}

// export writes the template as a file.
func (s *Screen) export() {
	var path string
	var err error
	s.crew.Then(func() { path, err = s.p.Export(s.ctx) }, func() {
		switch {
		case err != nil:
			s.toasts.Say("circle-alert", explain(err), "", nil)
		case path != "":
			s.toasts.Say("file-down", words.T("Wrote %s", path), "", nil)
		}
	})
}
