package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
	"cairn/ui/words"
)

// Faces shows one of what a page can show: nothing while it reads, what went wrong
// with a way to try again, or one of its contents.
type Faces struct {
	Root    *fyne.Container
	content fyne.CanvasObject
	said    *Para
	trouble fyne.CanvasObject
}

// NewFaces returns the faces of a page whose content there is once it is read.
func NewFaces(content fyne.CanvasObject, again func()) *Faces {
	f := &Faces{content: content, said: Prose("")}
	f.trouble = Top(Tint("circle-alert", theme.Error, theme.ErrorTint, f.said, NewButton("rotate-ccw", words.T("Try again"), Secondary, again)))
	f.Root = container.NewStack(Gap(0, 200))
	return f
}

// Show shows the content once it is loaded, unless there is a problem.
func (f *Faces) Show(loaded bool, problem string) { f.ShowAs(loaded, problem, f.content) }

// ShowAs is Show for a page with several contents.
func (f *Faces) ShowAs(loaded bool, problem string, content fyne.CanvasObject) {
	face := content
	switch {
	case problem != "":
		f.said.Set(problem)
		face = f.trouble
	case !loaded:
		face = Gap(0, 200)
	}
	if f.Root.Objects[0] != face {
		f.Root.Objects = []fyne.CanvasObject{face}
		f.Root.Refresh()
	}
}
