package team

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	ctx    context.Context //nolint:containedctx // it ends when the window does
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts

	page    *kit.Page
	faces   *kit.Faces
	truth   *truthCard
	members *fyne.Container
	count   *kit.Text
	blocks  map[string]*member
	beside  *beside
	invite  *kit.Button
	all     fyne.CanvasObject
	view    View
	order   kit.Drew[[]string]
	stop    func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, from kit.Head) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, members: kit.VStack(0), count: kit.Caption(""), blocks: map[string]*member{}}
	s.truth = newTruth(s.sync)
	s.beside = newBeside(s)
	s.invite = kit.NewButton("user-plus", words.T("Invite"), kit.Primary, func() { s.ask("") })
	head := kit.Pad(14, theme.PadCard, 12, theme.PadCard, kit.HStack(8, kit.Heading(words.T("Members")), s.count))
	people := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(1, 1, 6, 1, kit.VStack(0, head, s.members)))
	const least = 272
	s.all = kit.VStack(theme.GapCards, s.truth.root, kit.Shares(theme.GapCards, least, []float32{2, 1}, kit.Top(people), kit.Top(s.beside.root)))
	s.faces = kit.NewFaces(s.all, func() { crew.Go(func() { p.Load(ctx) }) })
	title := kit.PageHead(words.T("Team and sync"), words.T("Who works here, on which laptops, and whether everybody has the same. There is no server: laptops bring each other up to date."), s.invite, from)
	s.page = kit.NewPage(kit.VStack(theme.GapCards, title, s.faces.Root))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(v View) {
	s.view = v
	s.faces.Show(v.Loaded, v.Problem)
	s.truth.draw(v.Truth, v.Syncing)
	if s.invite.Visible() != v.MayInvite() {
		s.invite.Hidden = !v.MayInvite()
		s.page.Refresh()
	}
	laptops := 0
	ids := make([]string, len(v.Members))
	for i, m := range v.Members {
		ids[i] = m.ID
		for _, l := range m.Laptops {
			if !l.Removed {
				laptops++
			}
		}
	}
	s.count.Set(words.N("%d person", "%d people", len(v.Members)) + ", " + words.N("%d laptop", "%d laptops", laptops))
	s.fill(v, ids)
	s.beside.draw(v)
	s.page.Settle()
}

// fill shows the members. A block that stays keeps its widgets, and with them the
// keyboard.
func (s *Screen) fill(v View, ids []string) {
	blocks := make(map[string]*member, len(ids))
	for _, m := range v.Members {
		b := s.blocks[m.ID]
		if b == nil {
			b = newMember(s)
		}
		b.draw(m)
		blocks[m.ID] = b
	}
	s.blocks = blocks
	if !s.order.Anew(ids) {
		return
	}
	objects := make([]fyne.CanvasObject, 0, 2*len(ids))
	for _, id := range ids {
		objects = append(objects, kit.Line(), blocks[id].root)
	}
	s.members.Objects = objects // to add them one by one would lay all out each time
	s.members.Refresh()
}

// try does something beside the UI goroutine and says how it ended: done, unless
// that is empty, or why not.
func (s *Screen) try(do func() error, icon, done string) {
	var err error
	s.crew.Then(func() { err = do() }, func() {
		switch {
		case err != nil:
			s.toasts.Say("circle-alert", words.Fault(err), "", nil)
		case done != "":
			s.toasts.Say(icon, done, "", nil)
		}
	})
}

func (s *Screen) sync() {
	s.try(func() error { return s.p.SyncNow(s.ctx) }, "", "")
}

func (s *Screen) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(s.page)
}

// truthCard says how the team stands.
type truthCard struct {
	root           fyne.CanvasObject
	ground         *kit.Box
	icon           *kit.Icon
	sentence, more *kit.Para
	on, away       *kit.Chip
	sync           *kit.Button
	drew           kit.Drew[Truth]
}

func newTruth(sync func()) *truthCard {
	c := &truthCard{
		ground: kit.NewBox(20, theme.Sunken, nil), icon: kit.NewIcon("loader", 20, theme.Text3),
		sentence: kit.NewPara("", fynetheme.SizeNameSubHeadingText).Bold(), more: kit.Prose("").Quiet(),
		on: kit.NewChip("circle-check", "", theme.OK, theme.OKTint), away: kit.NewChip("circle-dashed", "", theme.Text2, theme.Sunken),
	}
	c.sync = kit.NewButton("refresh-cw", words.T("Sync now"), kit.Secondary, sync)
	mark := kit.Fixed(40, 40, container.NewStack(c.ground, container.NewCenter(c.icon)))
	right := kit.HStack(8, c.on, c.away, kit.Gap(4, 0), c.sync)
	said := kit.Pad(0, 16, 0, 0, kit.VStack(2, c.sentence, c.more))
	c.root = kit.Card(container.NewBorder(nil, nil, kit.Pad(0, 14, 0, 0, kit.Middle(mark)), right, said))
	return c
}

// look returns the icon of a tone, its colour and what it stands on.
func look(t Tone) (icon string, ink, ground theme.Role) {
	switch t {
	case Level:
		return "circle-check", theme.OK, theme.OKTint
	case Moving:
		return "refresh-cw", theme.Accent, theme.AccentTint
	case Alone:
		return "user", theme.Accent, theme.AccentTint
	case Offline:
		return "cloud-off", theme.Text2, theme.Sunken
	default:
		return "moon", theme.Text2, theme.Sunken
	}
}

func (c *truthCard) draw(t Truth, syncing bool) {
	c.sync.SetDisabled(syncing)
	if !c.drew.Anew(t) {
		return
	}
	icon, ink, ground := look(t.Tone)
	c.icon.Set(icon, ink)
	c.ground.Set(ground, nil, 0)
	c.sentence.Set(t.Sentence)
	c.more.Set(t.More)
	c.on.Hidden, c.away.Hidden, c.sync.Hidden = t.Connected == 0, t.Away == 0, t.Laptops == 0
	c.on.Set("circle-check", words.T("%d connected", t.Connected), theme.OK, theme.OKTint)
	c.away.Set("circle-dashed", words.T("%d away", t.Away), theme.Text2, theme.Sunken)
	c.root.Refresh()
}
