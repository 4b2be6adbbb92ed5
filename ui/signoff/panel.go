package signoff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Panel is what stands beside a page: what must be so before it can be signed off,
// and who has.
type Panel struct {
	root   *fyne.Container
	page   lifecycle.Page
	window Window
	ask    func()
	drew   kit.Drew[State]
	stop   func()
}

// NewPanel returns the cards of a page; ask opens the sheet. Call Close when the
// page leaves the window.
func NewPanel(p *Presenter, page lifecycle.Page, w Window, ask func()) *Panel {
	x := &Panel{root: kit.VStack(theme.GapCards), page: page, window: w, ask: ask}
	x.stop = kit.Render(&p.State, x.draw)
	return x
}

// Object returns the cards.
func (x *Panel) Object() fyne.CanvasObject { return x.root }

// Close stops following the presenter.
func (x *Panel) Close() { x.stop() }

func (x *Panel) draw(st State) {
	if !x.drew.Anew(st) {
		return
	}
	x.root.Objects = nil
	switch page := st.Of(x.page); {
	case !st.Loaded:
	case st.Problem != "":
		x.root.Add(kit.Tint("circle-alert", theme.Error, theme.ErrorTint, kit.Prose(st.Problem)))
	case page.State == lifecycle.NotNeeded:
		x.root.Add(kit.Card(kit.VStack(8, kit.CardHead(words.T("Not needed"), nil), kit.Prose(page.Reason.In(words.Data)).Quiet())))
	default:
		x.root.Add(beforeCard(&st.Standing, x.page, x.window))
		x.root.Add(signCard(&st.Standing, x.page, x.window, x.ask))
	}
	x.root.Refresh()
}

// beforeCard lists what must be so before a page can be signed off.
func beforeCard(s *Standing, page lifecycle.Page, w Window) fyne.CanvasObject {
	checks := s.Checks(page)
	n := done(checks)
	bar := kit.NewBar()
	if len(checks) > 0 {
		bar.Set(float32(n) / float32(len(checks)))
	}
	list := kit.VStack(1)
	for _, c := range checks {
		list.Add(checkRow(s, c, w))
	}
	return kit.Card(kit.VStack(10, kit.CardHead(words.T("Before sign-off"), nil, kit.Caption(words.T("%d of %d", n, len(checks)))), kit.Fixed(0, 8, bar), list))
}

// signCard lists whose sign-off a page wants, with who has given it.
func signCard(s *Standing, page lifecycle.Page, w Window, ask func()) fyne.CanvasObject {
	signers := s.Signers(page)
	rows := kit.VStack(12)
	for _, one := range signers {
		rows.Add(signerRow(s, one, w))
	}
	below := kit.Caption(words.T("%d of %d approved", signed(signers), len(signers))).Shrink()
	body := kit.VStack(14, kit.CardHead(words.T("Sign-off"), below), rows)
	if ask != nil {
		body.Add(container.NewStack(kit.NewButton("signature", words.T("Sign off…"), kit.Secondary, ask)))
	}
	return kit.Card(body)
}
