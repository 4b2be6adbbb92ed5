package value

import (
	"context"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/words"
)

// menu offers what can be done with a variable, step, cost or scenario.
func (s *Screen) menu(under fyne.CanvasObject, of, name string) {
	move := func(by int) func() {
		return func() { s.crew.Go(func() { s.p.Move(s.ctx, of, name, by) }) }
	}
	kit.Menu(under, 190, []kit.Item{
		{Icon: "pencil", Words: words.T("Change…"), Do: func() { s.p.Open(of, name) }},
		{Icon: "arrow-up", Words: words.T("Move up"), Do: move(-1)},
		{Icon: "arrow-down", Words: words.T("Move down"), Do: move(1)},
		{Icon: "trash-2", Words: words.T("Remove"), Do: func() { s.remove(of, name) }},
	})
}

func (s *Screen) remove(of, name string) {
	var why string
	var undo func(context.Context) error
	label := s.p.Label(of, name)
	s.crew.Then(func() { why, undo = s.p.Remove(s.ctx, of, name) }, func() {
		if why != "" {
			s.toasts.Say("circle-alert", why, "", nil)
			return
		}
		s.toasts.Say("trash-2", words.T("“%s” removed", label), words.T("Undo"), s.again(undo))
	})
}

// again does something beside the UI goroutine, and says when it fails.
func (s *Screen) again(do func(context.Context) error) func() {
	return func() {
		var err error
		s.crew.Then(func() { err = do(s.ctx) }, func() {
			if err != nil {
				s.toasts.Say("circle-alert", sentence(err), "", nil)
			}
		})
	}
}

// modelMenu offers what can be done with the model as a whole.
func (s *Screen) modelMenu(under fyne.CanvasObject) {
	beside := func(do func(context.Context)) func() {
		return func() { s.crew.Go(func() { do(s.ctx) }) }
	}
	items := []kit.Item{
		{Words: s.p.State.Get().Name},
		{Icon: "sliders-horizontal", Words: words.T("Model settings…"), Do: func() { s.p.Open(ofModel, "") }},
		{Icon: "plus", Words: words.T("New model…"), Do: beside(s.p.New)},
		{Icon: "copy", Words: words.T("Duplicate"), Do: beside(s.p.Duplicate)},
		{Icon: "trash-2", Words: words.T("Move to trash"), Do: s.trash},
	}
	if s.p.State.Get().ReadOnly {
		items = items[:1]
	}
	kit.Menu(under, 220, items)
}

func (s *Screen) trash() {
	var name string
	var restore func(context.Context) error
	s.crew.Then(func() { name, restore = s.p.Trash(s.ctx) }, func() {
		if restore != nil {
			s.toasts.Say("trash-2", words.T("“%s” moved to the trash", name), words.T("Undo"), s.again(restore))
		}
	})
}

// copyScenarios puts the table of scenarios where a spreadsheet takes it from.
func (s *Screen) copyScenarios() {
	fyne.CurrentApp().Clipboard().SetContent(s.p.ScenarioTable())
	s.toasts.Say("check", words.T("Table copied"), "", nil)
}
