package thread

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	corethread "cairn/core/thread"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// linkLeast is how wide a link is at least; in less room they stand below each
// other.
const linkLeast = 190

// Strip shows one strand: requirement, key metric, value, each a press away. It
// stands on the page of a requirement, of a project, or in the list of all.
type Strip struct {
	root  *fyne.Container
	goTo  func(kind, id string)
	drawn [3]Link
	first bool
}

// NewStrip returns a strip that shows nothing yet; goTo shows a document on its
// page, or the page of a kind when the ID is empty.
func NewStrip(goTo func(kind, id string)) *Strip {
	return &Strip{root: kit.Grid(6, linkLeast), goTo: goTo, first: true}
}

// Object returns what a page places. It grows higher where it is narrow: refresh
// the page when Draw reports a change.
func (s *Strip) Object() fyne.CanvasObject { return s.root }

// Draw shows a strand and reports whether anything is new.
func (s *Strip) Draw(r Row) bool {
	if !s.first && reflect.DeepEqual(s.drawn, r.Links) {
		return false
	}
	s.first, s.drawn = false, r.Links
	s.root.Objects = nil
	for i, l := range r.Links {
		cell := s.link(l)
		if i > 0 {
			arrow := container.NewCenter(kit.NewIcon("arrow-right", 14, theme.Text3))
			cell = container.NewBorder(nil, nil, kit.Fixed(20, 0, arrow), nil, cell)
		}
		s.root.Add(cell)
	}
	s.root.Refresh()
	return true
}

// link draws one link: what it is and how it stands, its name, and a detail.
func (s *Strip) link(l Link) fyne.CanvasObject {
	icon, role := mark(l.State)
	step := l.Step
	if said := stateWords(l); said != "" {
		step += " · " + said
	}
	ink := theme.Text
	if l.Ends {
		ink = theme.Text3
	}
	text := kit.VStack(1,
		kit.NewText(step, theme.SizeTiny, theme.Text3).Shrink(),
		kit.NewText(l.Title, theme.SizeLabel, ink).Strong().Shrink(),
		kit.Caption(l.Detail).Shrink())
	inside := kit.Pad(7, 10, 7, 10, container.NewBorder(nil, nil, kit.Pad(0, 9, 0, 0, container.NewCenter(kit.NewIcon(icon, 16, role))), nil, text))
	var press *kit.Plain
	press = kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, nil), inside), func() { s.press(press, l.Targets) })
	return kit.NewTip(press, l.Title+" – "+l.Detail)
}

// press follows a link, or asks which of several.
func (s *Strip) press(at fyne.CanvasObject, targets []Target) {
	switch len(targets) {
	case 0:
	case 1:
		s.goTo(targets[0].Kind, targets[0].ID)
	default:
		items := make([]kit.Item, len(targets))
		for i, t := range targets {
			items[i] = kit.Item{Icon: "arrow-right", Words: t.Words, Do: func() { s.goTo(t.Kind, t.ID) }}
		}
		kit.Menu(at, at.Size().Width, items)
	}
}

// mark returns what stands for a state, and its colour.
func mark(state corethread.LinkState) (icon string, role theme.Role) {
	switch state {
	case corethread.LinkAgreed:
		return "circle-check", theme.OK
	case corethread.LinkDisputed:
		return "triangle-alert", theme.Warn
	case corethread.LinkBroken:
		return "circle-alert", theme.Error
	default:
		return "circle-dashed", theme.Text3
	}
}

// stateWords says how a link stands, nothing when all is well.
func stateWords(l Link) string {
	switch {
	case l.State == corethread.LinkDisputed:
		return words.T("disputed")
	case l.State == corethread.LinkBroken:
		return words.T("broken")
	case l.Ends:
		return words.T("missing")
	default:
		return ""
	}
}
