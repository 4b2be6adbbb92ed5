package overview

import (
	"context"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/words"
)

// AskProject opens the sheet on which a project is made; made gets its ID.
func AskProject(ctx context.Context, c fyne.Canvas, p *Presenter, crew *kit.Crew, made func(id string)) {
	name := kit.NewEntry(words.T("Churn reduction"), nil)
	summary := kit.NewEntry(words.T("Offer a discount to customers who are about to leave"), nil)
	field := kit.NewField(words.T("Name"), "", "", name.Object())
	var layer *kit.Layer
	busy := false
	create := func() {
		if busy {
			return
		}
		busy = true
		var id, problem string
		typed, about := name.Text, summary.Text
		crew.Then(func() { id, problem = p.Create(ctx, typed, about) }, func() {
			busy = false
			field.SetProblem(problem)
			name.SetWrong(problem != "")
			if problem == "" {
				layer.Close()
				made(id)
			}
		})
	}
	name.OnSubmitted = func(string) { create() }
	summary.OnSubmitted = func(string) { create() }
	content := kit.VStack(14, field, kit.NewField(words.T("In a sentence"), words.T("Optional"), "", summary.Object()))
	layer = kit.Sheet(c, words.T("New project"), words.T("One machine-learning product, from the first idea to the day it is switched off."), 460, content, func(l *kit.Layer) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close),
			kit.NewButton("plus", words.T("Create project"), kit.Primary, create),
		}
	})
	layer.Focus(name)
}
