package presence

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

const (
	stackFace = 26
	stackMost = 4
	// The room for them is there before they are, so that nothing moves when somebody
	// comes.
	stackWide = 104
	stackHigh = 32
)

// Stack shows who else is on the document, for the head of a page.
type Stack struct {
	root  *fyne.Container
	row   *fyne.Container
	tip   *kit.Tip
	faces *fyne.Container
	label func(field string) string
	drew  kit.Drew[[]Person]
	stop  func()
}

// NewStack returns the stack of p. Label names a field in its tip. Call Close when it
// leaves the window.
func NewStack(p *Presenter, label func(field string) string) *Stack {
	s := &Stack{faces: container.NewStack(), label: label}
	s.tip = kit.NewTip(s.faces, "")
	s.row = kit.HStack(0, kit.Spacer(), s.tip)
	s.root = kit.Fixed(stackWide, stackHigh, s.row)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what stands in the head.
func (s *Stack) Object() fyne.CanvasObject { return s.root }

// Close stops following who is there.
func (s *Stack) Close() { s.stop() }

func (s *Stack) draw(v View) {
	if !s.drew.Anew(v.People) {
		return
	}
	s.faces.Objects = nil
	if len(v.People) > 0 {
		s.faces.Objects = []fyne.CanvasObject{kit.Avatars(faces(v.People), stackFace, stackMost, theme.Surface)}
	}
	s.tip.SetWords(s.said(v.People))
	s.row.Refresh()
}

// said names everybody with where they are, each on a line.
func (s *Stack) said(people []Person) string {
	lines := make([]string, 0, len(people))
	for _, o := range people {
		if o.Field == "" {
			lines = append(lines, words.T("%s is here", o.Name))
			continue
		}
		lines = append(lines, words.T("%s is at %s", o.Name, s.label(o.Field)))
	}
	return strings.Join(lines, "\n")
}

func faces(people []Person) []kit.Face {
	out := make([]kit.Face, len(people))
	for i, o := range people {
		out[i] = kit.Face{Name: o.Name, Hue: theme.Hue(o.ID)}
	}
	return out
}
