package panel

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// TalkScreen shows comments.
type TalkScreen struct {
	p        *TalkPresenter
	settle   func(id string, resolved bool)
	remove   func(id string)
	composer func(at, example, verb string, cancel func()) *composer

	say     *composer
	top     *fyne.Container
	count   *kit.Text
	settled *kit.Button
	cards   map[string]*talkCard
	list    *fyne.Container
	column  *kit.Scrolled
	empty   fyne.CanvasObject
	locked  fyne.CanvasObject
	more    *kit.Button
	trouble *kit.Para
	alarm   fyne.CanvasObject
	root    *fyne.Container
	counted func(open int)
	wanted  string // where the cursor is to go, as TalkPresenter.Type has it
	stop    func()
}

// NewTalkScreen returns the screen of p. Counted is told how many threads are
// open, and may be nil. Call Close when it leaves the window.
func NewTalkScreen(ctx context.Context, p *TalkPresenter, crew *kit.Crew, toasts *kit.Toasts, counted func(open int)) *TalkScreen {
	s := &TalkScreen{
		p: p, counted: counted, cards: map[string]*talkCard{},
		count: kit.Caption(""), trouble: kit.Prose(""), list: kit.VStack(12),
	}
	s.settle = func(id string, resolved bool) { crew.Go(func() { p.Settle(ctx, id, resolved) }) }
	s.remove = func(id string) {
		crew.Then(func() { p.Delete(ctx, id) }, func() {
			if p.State.Get().Failed != id {
				toasts.Say("trash-2", words.T("Comment deleted"), words.T("Undo"), func() { crew.Go(func() { p.Undelete(ctx, id) }) })
			}
		})
	}
	s.composer = func(at, example, verb string, cancel func()) *composer {
		return newComposer(ctx, p, crew, at, example, verb, cancel)
	}
	s.say = s.composer(NewThread, words.T("Say something about this"), words.T("Post comment"), nil)
	s.settled = kit.NewButton("", "", kit.Ghost, func() { p.ShowResolved(!p.State.Get().Settled) })
	s.more = kit.NewButton("chevron-down", words.T("Show more"), kit.Ghost, p.More)
	s.empty = nothing("message-square", words.T("No comments yet"), words.T("Ask, object, agree: what is said here stays with what it is about. @ and a name lets somebody know."))
	s.locked = kit.Tint("lock", theme.Text2, theme.Sunken, kit.Prose(words.T("You may read along. To say something takes a contributor.")).Quiet())
	s.alarm = kit.Tint("circle-alert", theme.Error, theme.ErrorTint, kit.VStack(8, s.trouble,
		kit.HStack(0, kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { crew.Go(func() { p.Load(ctx) }) }))))
	s.top = kit.VStack(8, s.alarm, s.locked, s.say.root, kit.Pad(0, -12, 0, 0, kit.HStack(8, s.count, kit.Spacer(), s.settled)))
	s.column = kit.NewScrolled(s.list)
	s.root = kit.Fill(s.top, kit.Gap(0, 8), s.column)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the column shows.
func (s *TalkScreen) Object() fyne.CanvasObject { return s.root }

// Focus puts the cursor where a new thread is typed.
func (s *TalkScreen) Focus() { s.say.focus() }

// Close stops following the presenter. What is typed is kept.
func (s *TalkScreen) Close() { s.stop() }

func (s *TalkScreen) draw(st TalkState) {
	s.trouble.Set(st.Problem)
	show(s.alarm, st.Problem != "")
	show(s.locked, st.ReadOnly)
	show(s.say.root, !st.ReadOnly)
	s.say.draw(st, st.Draft)
	s.count.Set(words.N("%d open", "%d open", st.Open))
	s.settled.SetWords(words.N("Show %d resolved", "Show %d resolved", st.Resolved))
	if st.Settled {
		s.settled.SetWords(words.T("Hide resolved"))
	}
	show(s.settled, st.Resolved > 0)
	show(s.count, st.Open+st.Resolved > 0)
	if s.counted != nil {
		s.counted(st.Open)
	}
	objects := make([]fyne.CanvasObject, 0, len(st.Threads)+1)
	kept := map[string]*talkCard{}
	for _, v := range st.Threads {
		c := s.cards[v.ID]
		if c == nil {
			c = newTalkCard(s)
		}
		kept[v.ID] = c
		c.draw(st, v)
		objects = append(objects, c.root)
	}
	s.cards = kept
	switch {
	case st.Loaded && st.Open+st.Resolved == 0 && st.Problem == "":
		objects = append(objects, s.empty)
	case st.Hidden > 0:
		objects = append(objects, container.NewCenter(s.more))
	}
	s.list.Objects = objects
	s.root.Refresh()
	s.focusWanted()
}

// focusWanted puts the cursor into an entry that was asked for and is there now.
func (s *TalkScreen) focusWanted() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s.root)
	if s.wanted == "" || canvas == nil {
		return
	}
	for _, c := range s.cards {
		for _, e := range c.composers() {
			if e.at == s.wanted {
				s.wanted = ""
				canvas.Focus(e.entry)
			}
		}
	}
}
