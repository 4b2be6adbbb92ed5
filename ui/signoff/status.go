package signoff

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/theme"
)

// Window is what sign-offs need of the window they are shown in.
type Window struct {
	Ctx    context.Context //nolint:containedctx // it ends when the window does
	Crew   *kit.Crew
	Toasts *kit.Toasts
	GoTo   func(Place) // shows where something can be done
	Now    func() time.Time
}

// Status is the chip in the head of a page that says how the page stands.
type Status struct {
	root fyne.CanvasObject
	chip *kit.Chip
	page lifecycle.Page
	drew kit.Drew[lifecycle.State]
	stop func()
}

// NewStatus returns the chip of a page; tap is called when it is pressed. Call
// Close when the page leaves the window.
func NewStatus(p *Presenter, page lifecycle.Page, tap func()) *Status {
	s := &Status{chip: kit.NewChip("", "", theme.Text2, theme.Sunken), page: page}
	s.root = kit.NewPlain(s.chip, tap)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what stands in the head.
func (s *Status) Object() fyne.CanvasObject { return s.root }

// Close stops following the presenter.
func (s *Status) Close() { s.stop() }

func (s *Status) draw(st State) {
	state := st.Of(s.page).State
	if !s.drew.Anew(state) {
		return
	}
	drawState(s.chip, state)
	if st.Loaded {
		s.root.Show()
	} else {
		s.root.Hide()
	}
	s.root.Refresh()
}

// drawState makes a chip say how a page stands.
func drawState(c *kit.Chip, state lifecycle.State) {
	mark := markOf(state)
	icon, ink := mark.Icon()
	c.Set(icon, mark.Name(), ink, ground(state))
}

// markOf returns the mark of the side bar that stands for a state.
func markOf(state lifecycle.State) shell.Mark {
	if state == lifecycle.NotStarted {
		return shell.NotStarted
	}
	return shell.Mark(state)
}

// ground returns the colour that a state stands on.
func ground(state lifecycle.State) theme.Role {
	switch state {
	case lifecycle.Approved, lifecycle.Ready:
		return theme.OKTint
	case lifecycle.InReview, lifecycle.Changed:
		return theme.WarnTint
	case lifecycle.Rejected:
		return theme.ErrorTint
	case lifecycle.Started:
		return theme.AccentTint
	default:
		return theme.Sunken
	}
}

// pageName returns what to call a page, or the phase, at the beginning of a line.
func pageName(page lifecycle.Page) string {
	if page == lifecycle.Design {
		return designPhase()
	}
	return shell.Page(page).Name()
}
