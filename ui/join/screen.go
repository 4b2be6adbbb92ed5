package join

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	ctx  context.Context //nolint:containedctx // it ends when the window does
	p    *Presenter
	crew *kit.Crew

	root   *fyne.Container
	card   *fyne.Container
	link   *kit.Entry
	names  [2]*kit.Entry // person, laptop
	fields struct{ link, person, laptop *kit.Field }
	invite *inviteCard
	join   *kit.Button
	back   *kit.Button
	form   fyne.CanvasObject
	way    *way
	shown  Stage
	stop   func()
}

// width is that of what the page shows, in the middle of the window.
const width = 480

// NewScreen returns the screen of p. Back goes to where one came from. Call Close
// when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, back func()) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, card: container.NewStack(), shown: -1, invite: newInviteCard()}
	v := p.State.Get()
	s.link = kit.NewTextArea("cairn://join/1/…", p.Paste)
	s.link.SetMinRowsVisible(4)
	s.link.Wrapping = fyne.TextWrapBreak
	s.link.Put(v.Link)
	typed := func(string) { p.Type(s.names[0].Text, s.names[1].Text) }
	s.names = [2]*kit.Entry{kit.NewEntry(words.T("Ada Lovelace"), typed), kit.NewEntry(words.T("Ada’s laptop"), typed)}
	s.names[0].Put(v.Person)
	s.names[1].Put(v.Laptop)
	for _, e := range s.names {
		e.OnSubmitted = func(string) { s.send(false) }
	}
	s.fields.link = kit.NewField(words.T("Invite link"), "", "", s.link.Object())
	s.fields.person = kit.NewField(words.T("Your name"), "", "", s.names[0].Object())
	s.fields.laptop = kit.NewField(words.T("Name of this laptop"), "", words.T("By which the team knows it. You can rename it later."), s.names[1].Object())
	s.join = kit.NewButton("log-in", words.T("Join"), kit.Primary, func() { s.send(false) })
	s.back = kit.NewButton("arrow-left", words.T("Back"), kit.Ghost, back)
	s.link.OnKey = s.linkKey
	paste := kit.NewButton("clipboard-paste", words.T("Paste"), kit.Secondary, func() { s.take(fyne.CurrentApp().Clipboard().Content()) })
	s.form = kit.VStack(16, kit.VStack(8, s.fields.link, kit.HStack(0, paste, kit.Spacer())), s.invite.root, s.fields.person, s.fields.laptop, kit.Fixed(0, 36, s.join))
	s.way = newWay(s)
	intro := kit.VStack(6, kit.HStack(0, kit.Pad(0, 0, 6, -10, s.back), kit.Spacer()), kit.NewText(words.T("Join a workspace"), theme.SizeTitle, theme.Text).Strong(),
		kit.Prose(words.T("Paste the link that you were sent. The workspace comes straight from the laptop that invited you, and stays on this one.")).Quiet())
	s.root = container.NewStack(kit.NewBox(0, theme.Background, nil), kit.Centred(width, kit.VStack(20, intro, s.card)))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Focus puts the cursor where typing begins.
func (s *Screen) Focus(c fyne.Canvas) { c.Focus(s.link) }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

// linkKey lets Return and Tab leave the link: it has no lines of its own.
func (s *Screen) linkKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		s.focus(s.names[0])
		return true
	default:
		return false
	}
}

func (s *Screen) take(text string) {
	s.link.Put(text)
	s.p.Paste(text)
	s.focus(s.names[0])
}

func (s *Screen) send(patient bool) {
	s.p.Type(s.names[0].Text, s.names[1].Text)
	s.crew.Go(func() { s.p.Join(s.ctx, patient) })
}

func (s *Screen) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.root); c != nil {
		c.Focus(o)
	}
}

func (s *Screen) draw(v View) {
	s.fields.link.SetProblem(v.Wrong)
	s.link.SetWrong(v.Wrong != "")
	s.fields.person.SetProblem(v.Problems["person"])
	s.names[0].SetWrong(v.Problems["person"] != "")
	s.fields.person.Hidden = v.Invite.Further
	s.fields.laptop.SetProblem(v.Problems["laptop"])
	s.names[1].SetWrong(v.Problems["laptop"] != "")
	s.invite.draw(v.Invite)
	s.join.SetDisabled(!v.Invite.Good)
	s.back.SetDisabled(v.Stage == Joining || v.Stage == Done)
	s.way.draw(v)
	s.turn(v.Stage)
	s.root.Refresh()
}

// turn shows the face of a stage, and puts the keyboard where it is needed next.
func (s *Screen) turn(to Stage) {
	if s.shown == to {
		return
	}
	before := s.shown
	s.shown = to
	face := s.way.root
	if to == Pasting {
		face = s.form
	}
	s.card.Objects = []fyne.CanvasObject{kit.Card(kit.Pad(8, 8, 8, 8, face))}
	switch {
	case to == Pasting && before >= 0:
		s.focus(s.link)
	case to != Pasting:
		s.focus(s.way.first(to))
	}
}

// inviteCard says what a link is for.
type inviteCard struct {
	root    *fyne.Container
	face    *fyne.Container
	title   *kit.Para
	lets    *kit.Para
	expires *kit.Para
	drew    kit.Drew[Card]
}

func newInviteCard() *inviteCard {
	c := &inviteCard{face: container.NewStack(), title: kit.Prose("").Bold(), lets: kit.Small(""), expires: kit.Small("").Quiet()}
	inside := container.NewBorder(nil, nil, kit.Top(kit.Pad(0, 12, 0, 0, c.face)), nil, kit.VStack(2, c.title, c.lets, c.expires))
	c.root = container.NewStack(kit.NewBox(8, theme.AccentTint, nil), kit.Pad(12, 14, 12, 14, inside))
	return c
}

func (c *inviteCard) draw(card Card) {
	if !c.drew.Anew(card) {
		return
	}
	c.root.Hidden = !card.Good
	c.face.Objects = []fyne.CanvasObject{emblem(card)}
	c.title.Set(card.Title)
	c.lets.Set(card.Lets)
	c.expires.Set(card.Expires)
}

// emblem stands for who invites.
func emblem(card Card) fyne.CanvasObject {
	const size = 36
	if card.Inviter != "" && !card.Further {
		return kit.Avatar(card.Inviter, theme.Hue(card.Inviter), size)
	}
	icon := "users"
	if card.Further {
		icon = "laptop"
	}
	return kit.Fixed(size, size, container.NewStack(kit.NewBox(size/2, theme.Surface, nil), container.NewCenter(kit.NewIcon(icon, 18, theme.Accent))))
}
