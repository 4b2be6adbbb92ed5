package signoff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// pagesCard lists the pages of the phase with what each lacks.
func pagesCard(s *Standing, w Window) fyne.CanvasObject {
	list := kit.VStack(0)
	for i, p := range s.Pages {
		if i > 0 {
			list.Add(kit.Line())
		}
		list.Add(pageBlock(s, p, w))
	}
	return container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(1, 1, 1, 1, kit.VStack(0, kit.Pad(15, 16, 12, 16, kit.Heading(words.T("Pages"))), kit.Line(), list)))
}

// shownMissing is how much of what a page lacks the list shows.
const shownMissing = 3

func pageBlock(s *Standing, p Page, w Window) fyne.CanvasObject {
	icon, ink := markOf(p.State).Icon()
	chip := kit.NewChip("", markOf(p.State).Name(), ink, ground(p.State))
	faces := kit.HStack(4)
	for _, one := range s.Signers(p.Page) {
		if one.Answer == Approved {
			faces.Add(avatar(one.Signed.Person, 22))
		}
	}
	head := kit.HStack(8, kit.NewIcon(icon, 16, ink), kit.Label(pageName(p.Page)).Shrink(), kit.Spacer(), faces, chip)
	block := kit.VStack(2, kit.NewPlain(kit.Pad(5, 4, 5, 4, head), func() { w.GoTo(Place{Page: p.Page}) }))
	if p.State == lifecycle.NotNeeded {
		block.Add(kit.Pad(0, 4, 4, 28, kit.NewPara(p.Reason.In(words.Data), fynetheme.SizeNameCaptionText).Quiet()))
		return kit.Pad(4, 12, 4, 12, block)
	}
	missing := musts(p)
	for _, i := range missing[:min(len(missing), shownMissing)] {
		block.Add(kit.Pad(0, 0, 0, 20, lackLine(s, i, w)))
	}
	if more := p.Musts - min(len(missing), shownMissing); more > 0 {
		block.Add(kit.Pad(0, 0, 4, 28, kit.Caption(words.T("And %d more.", more))))
	}
	if p.Musts > 0 {
		return kit.Pad(4, 12, 8, 12, block)
	}
	return kit.Pad(4, 12, 4, 12, block)
}

// lackLine is something that a page lacks, in one line; a press leads there.
func lackLine(s *Standing, i Item, w Window) fyne.CanvasObject {
	row := kit.HStack(8, kit.NewText(i.Say.In(words.Data), theme.SizeSmall, theme.Text2).Shrink(), kit.Spacer(), kit.Caption(s.whose(i)), kit.NewIcon("arrow-right", 12, theme.Text3))
	return kit.NewPlain(kit.Pad(3, 4, 3, 8, row), func() { w.GoTo(i.At()) })
}

// historyMost is how many sign-offs the page shows: the rest is in the activity.
const historyMost = 12

// history lists the sign-offs that were given, the latest first.
func (s *Screen) history(st *Standing) fyne.CanvasObject {
	list := kit.VStack(14)
	for _, o := range st.SignOffs[:min(len(st.SignOffs), historyMost)] {
		list.Add(s.entry(st, o))
	}
	if len(st.SignOffs) == 0 {
		list.Add(kit.Prose(words.T("Nobody has signed anything off yet.")).Quiet())
	}
	return kit.Card(kit.VStack(14, kit.CardHead(words.T("Given so far"), nil), list))
}

func (s *Screen) entry(st *Standing, o SignOff) fyne.CanvasObject {
	verb := words.T("approved %s", words.Data(o.Page.Name()))
	if !o.Approved {
		verb = words.T("rejected %s", words.Data(o.Page.Name()))
	}
	facts := words.Ago(s.window.Now(), o.At) + " · " + stands(o)
	if o.Amount != nil {
		verb += " · " + words.Amount(*o.Amount, o.Unit)
	}
	under := kit.HStack(8, kit.Caption(facts).Shrink())
	if o.Person.ID == st.Me.ID && o.Stands() {
		under.Add(kit.Spacer())
		under.Add(kit.NewPlain(kit.NewText(words.T("Take it back"), theme.SizeCaption, theme.Accent).Strong(), func() { takeBack(s.p, s.window, o.ID) }))
	}
	lines := kit.VStack(1, kit.NewText(o.Person.Name, theme.SizeLabel, theme.Text).Strong().Shrink(), kit.NewText(verb, theme.SizeSmall, theme.Text2).Shrink(), under)
	if o.Note != "" {
		lines.Add(quote(o.Note))
	}
	if !o.Reason.IsZero() {
		lines.Add(kit.NewPara(o.Reason.In(words.Data), fynetheme.SizeNameCaptionText).Quiet())
	}
	return container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 6, 0, 0, avatar(o.Person, 24))), nil, lines)
}
