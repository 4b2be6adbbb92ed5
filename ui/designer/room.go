package designer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

const (
	// roomLeast is how wide a template and what stands beside it are together at
	// least. Where there is less, one of them is shown at a time.
	roomLeast = 700
	barHeight = 42
)

// room gives a template and the aside their places: beside each other, or one of
// them under segments that choose. One of Cairn's templates has all the room: it
// looks already as it will to fill in, and has no versions.
type room struct {
	s     *Screen
	root  *fyne.Container
	bar   *fyne.Container
	page  int // that is shown where there is little room: the template, or one of the aside's after it
	drawn kit.Drew[[2]bool]
}

func newRoom(s *Screen) *room {
	r := &room{s: s}
	segments := kit.NewSegments([]string{words.T("Template"), words.T("Preview"), words.T("Versions")}, func(i int) {
		if r.page = i; i > 0 {
			s.aside.segments.Pick(i - 1)
		}
		r.root.Refresh()
	})
	r.bar = kit.HStack(0, segments)
	r.root = container.New(r, r.bar, s.middle, s.aside.root)
	return r
}

// draw arranges anew when there is something else to arrange.
func (r *room) draw(st State) {
	if r.drawn.Anew([2]bool{st.Stored.Team, st.Editable()}) {
		r.root.Refresh()
	}
}

// MinSize implements fyne.Layout.
func (r *room) MinSize([]fyne.CanvasObject) fyne.Size { return r.s.middle.MinSize() }

// Layout implements fyne.Layout.
func (r *room) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	st := r.s.p.State.Get()
	middle, aside := r.s.middle, r.s.aside
	narrow := size.Width < roomLeast
	both := st.Stored.Team && !narrow
	choose := st.Editable() && narrow
	first := !choose || r.page == 0
	show(r.bar, choose)
	show(middle, first)
	show(aside.root, both || !first)
	show(aside.segments, both && st.Editable())
	top, width := float32(0), size.Width
	if choose {
		r.bar.Resize(fyne.NewSize(width, r.bar.MinSize().Height))
		top = barHeight
	}
	if both {
		width = (width - theme.GapCards) * 0.6
	}
	middle.Resize(fyne.NewSize(width, size.Height-top))
	middle.Move(fyne.NewPos(0, top))
	left := float32(0)
	if both {
		left = width + theme.GapCards
		width = size.Width - left
	}
	aside.root.Resize(fyne.NewSize(width, size.Height-top))
	aside.root.Move(fyne.NewPos(left, top))
}

func show(o fyne.CanvasObject, shown bool) {
	if o.Visible() == shown {
		return
	}
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
