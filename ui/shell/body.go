package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
)

const (
	panelWidth = 340
	// pageLeast is what a page needs beside the panel. Where there is less, the
	// panel covers its right side.
	pageLeast = 820
)

// body is the page, and at its right what belongs to it.
type body struct {
	root  *fyne.Container
	page  *fyne.Container
	panel fyne.CanvasObject
}

func newBody(panel fyne.CanvasObject) *body {
	b := &body{page: container.NewStack()}
	if panel == nil {
		panel = kit.Gap(0, 0)
	}
	b.panel = container.NewStack(kit.NewBox(0, theme.Surface, nil), kit.Columns(0, []float32{-1, 1}, kit.Line(), panel))
	b.panel.Hide()
	b.root = container.New(b, b.page, b.panel)
	return b
}

func (b *body) put(page fyne.CanvasObject) {
	b.page.Objects = []fyne.CanvasObject{page}
	b.page.Refresh()
}

// open shows the panel or hides it, and reports whether that is new.
func (b *body) open(open bool) bool {
	if b.panel.Visible() == open {
		return false
	}
	if open {
		b.panel.Show()
	} else {
		b.panel.Hide()
	}
	b.root.Refresh()
	return true
}

// MinSize implements fyne.Layout.
func (b *body) MinSize([]fyne.CanvasObject) fyne.Size { return b.page.MinSize() }

// Layout implements fyne.Layout.
func (b *body) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	if b.panel.Visible() && width-panelWidth >= pageLeast {
		width -= panelWidth
	}
	b.page.Resize(fyne.NewSize(width, size.Height))
	b.panel.Resize(fyne.NewSize(panelWidth, size.Height))
	b.panel.Move(fyne.NewPos(size.Width-panelWidth, 0))
}
