package panel

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// composer is where a comment is typed. Ctrl+Return sends; while names are
// offered, arrows choose one and Return takes it.
type composer struct {
	p      *TalkPresenter
	at     string // as TalkPresenter.Type has it
	place  string
	entry  *kit.Entry
	names  *fyne.Container
	wrong  *kit.Para
	send   *kit.Button
	root   *fyne.Container
	offers Suggestion
	offer  func() // sends
}

// newComposer returns one. Cancel is nil where there is nothing to go back to.
func newComposer(ctx context.Context, p *TalkPresenter, crew *kit.Crew, at, example, verb string, cancel func()) *composer {
	c := &composer{p: p, at: at, names: kit.VStack(0), wrong: kit.Prose("").Alarm()}
	c.entry = kit.NewTextArea(example, func(text string) { p.Type(at, text) })
	c.entry.SetMinRowsVisible(2)
	c.offer = func() {
		crew.Then(func() { p.Send(ctx, at) }, func() {
			if st := p.State.Get(); st.Failed != at {
				c.entry.Put(draftAt(st, at))
			}
		})
	}
	c.send = kit.NewButton("", verb, kit.Secondary, c.offer)
	c.entry.OnKey = c.key
	c.entry.OnShortcut = c.shortcut
	row := kit.HStack(8, kit.Caption(words.T("@ mentions somebody")).Shrink(), kit.Spacer())
	if cancel != nil {
		c.entry.OnEscape = cancel
		row.Add(kit.NewButton("", words.T("Cancel"), kit.Ghost, cancel))
	}
	row.Add(c.send)
	c.names.Hide()
	c.wrong.Hide()
	c.root = kit.VStack(6, c.entry.Object(), c.names, c.wrong, row)
	return c
}

func (c *composer) key(name fyne.KeyName) bool {
	if c.offers.At != c.at || len(c.offers.Names) == 0 {
		return false
	}
	switch name {
	case fyne.KeyDown:
		c.p.Move(1)
	case fyne.KeyUp:
		c.p.Move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.take(c.offers.Names[c.offers.Chosen])
	case fyne.KeyEscape:
		c.p.Dismiss()
	default:
		return false
	}
	return true
}

func (c *composer) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(*desktop.CustomShortcut)
	if !ok || k.KeyName != fyne.KeyReturn && k.KeyName != fyne.KeyEnter || k.Modifier != fyne.KeyModifierShortcutDefault {
		return false
	}
	c.offer()
	return true
}

// take types the rest of a name, as a person would, so that the cursor is where
// it would be.
func (c *composer) take(name string) {
	begun := c.offers.Begun
	c.p.Dismiss()
	c.offers = Suggestion{}
	for range begun {
		c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	for _, r := range name + " " {
		c.entry.TypedRune(r)
	}
	c.p.Dismiss()
}

func (c *composer) draw(st TalkState, draft string) {
	if c.place != st.Place {
		c.place = st.Place
		c.entry.Put(draft)
	}
	c.entry.Hold(draft)
	c.send.SetDisabled(st.Sending == c.at)
	c.wrong.Set(st.Why)
	show(c.wrong, st.Failed == c.at)
	offers := Suggestion{}
	if st.Suggest.At == c.at {
		offers = st.Suggest
	}
	if sameOffers(c.offers, offers) {
		return
	}
	c.offers = offers
	c.names.RemoveAll()
	for i, name := range offers.Names {
		role, ground := theme.Text, theme.Surface
		if i == offers.Chosen {
			role, ground = theme.Accent, theme.AccentTint
		}
		text := kit.NewText(name, theme.SizeBody, role).Shrink()
		if i == offers.Chosen {
			text.Strong()
		}
		line := kit.Pad(4, 8, 4, 8, kit.HStack(8, kit.NewIcon("user", 14, role), text))
		c.names.Add(kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, ground, nil), line), func() {
			c.take(name)
			c.focus()
		}))
	}
	show(c.names, len(offers.Names) > 0)
	c.root.Refresh()
}

func sameOffers(a, b Suggestion) bool {
	if a.Chosen != b.Chosen || a.Begun != b.Begun || len(a.Names) != len(b.Names) {
		return false
	}
	for i := range a.Names {
		if a.Names[i] != b.Names[i] {
			return false
		}
	}
	return true
}

// focus puts the cursor into the entry.
func (c *composer) focus() {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c.entry); canvas != nil {
		canvas.Focus(c.entry)
	}
}

// draftAt returns what is typed at an entry.
func draftAt(st TalkState, at string) string {
	if at == NewThread {
		return st.Draft
	}
	for _, t := range st.Threads {
		if t.ID == at {
			return t.Draft
		}
	}
	return ""
}

func show(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
