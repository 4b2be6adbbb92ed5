package window

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/observe"
	"cairn/ui/panel"
	"cairn/ui/shell"
	"cairn/ui/signoff"
	"cairn/ui/words"
)

// signSection shows beside a page what it takes to sign it off, and who has.
func (w *Window) signSection() section {
	var at observe.Value[shell.Route]
	return section{
		name: func() string { return words.T("Sign-off") }, icon: "signature",
		show: func(ctx context.Context, place panel.Place) {
			to := key(w.shell.State.Get().Route)
			if to.Project = place.Project; to.Project != "" {
				w.signOffs(to.Project).Load(ctx)
			}
			at.Set(to)
		},
		refresh: func() { at.Set(at.Get()) },
		draw:    func(func(int)) shell.Content { return newSignBeside(w, &at) },
	}
}

// signBeside is the cards of the page that is open.
type signBeside struct {
	root  *fyne.Container
	cards *signoff.Panel // nil while there is no project
	shown shell.Route
	stop  func()
}

func newSignBeside(w *Window, at *observe.Value[shell.Route]) *signBeside {
	s := &signBeside{root: container.NewStack()}
	s.stop = kit.Render(at, func(to shell.Route) {
		if to.Project == "" || to == s.shown && s.cards != nil {
			return
		}
		if s.cards != nil {
			s.cards.Close()
		}
		s.shown = to
		s.cards = signoff.NewPanel(w.signOffs(to.Project), scopeOf(to.Page), w.signing(to.Project), func() { w.sign(to.Project, to.Page) })
		s.root.Objects = []fyne.CanvasObject{container.NewVScroll(s.cards.Object())}
		s.root.Refresh()
	})
	return s
}

// Object implements shell.Content.
func (s *signBeside) Object() fyne.CanvasObject { return s.root }

// Close implements shell.Content.
func (s *signBeside) Close() {
	s.stop()
	if s.cards != nil {
		s.cards.Close()
	}
}
