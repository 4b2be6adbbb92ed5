package panel

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// talkCard shows a thread. Its entries stay the same objects for as long as the
// thread is shown, so that what comes from elsewhere takes nobody's cursor.
type talkCard struct {
	s      *TalkScreen
	root   *fyne.Container
	body   *fyne.Container
	answer *composer
	edits  map[string]*composer // by the ID of the comment
	shown  ThreadView
	noted  [2]string // what failed, and why
	locked bool
}

func newTalkCard(s *TalkScreen) *talkCard {
	c := &talkCard{s: s, body: kit.VStack(12), edits: map[string]*composer{}}
	c.root = container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(12, 12, 10, 12, c.body))
	return c
}

func (c *talkCard) draw(st TalkState, v ThreadView) {
	wrong := [2]string{}
	if st.Failed == v.ID && !v.Answering {
		wrong = [2]string{st.Failed, st.Why}
	}
	same := v
	same.takeDrafts(c.shown)
	if !reflect.DeepEqual(same, c.shown) || wrong != c.noted || c.locked != st.ReadOnly {
		c.shown, c.noted, c.locked = v, wrong, st.ReadOnly
		c.build(st, v)
	}
	if c.answer != nil && v.Answering {
		c.answer.draw(st, v.Draft)
	}
	for _, said := range append([]CommentView{v.CommentView}, v.Replies...) {
		if e := c.edits[said.ID]; e != nil && said.Editing {
			e.draw(st, said.Draft)
		}
	}
}

// takeDrafts takes over what is typed in other, which is no reason to build
// the thread anew.
func (v *ThreadView) takeDrafts(other ThreadView) {
	v.Draft, v.CommentView.Draft = other.Draft, other.CommentView.Draft
	replies := make([]CommentView, len(v.Replies))
	copy(replies, v.Replies)
	for i := range min(len(replies), len(other.Replies)) {
		replies[i].Draft = other.Replies[i].Draft
	}
	if len(replies) > 0 {
		v.Replies = replies
	}
}

func (c *talkCard) build(st TalkState, v ThreadView) {
	c.body.RemoveAll()
	chips := kit.Wrap(6)
	if v.Where != "" {
		chips.Add(kit.NewChip("", v.Where, theme.Accent, theme.AccentTint))
	}
	if v.Resolved {
		chips.Add(kit.NewChip("check", words.T("Resolved"), theme.OK, theme.OKTint))
	}
	if len(chips.Objects) > 0 {
		c.body.Add(chips)
	}
	c.body.Add(c.comment(st, v.CommentView))
	if v.Earlier > 0 {
		c.body.Add(kit.Pad(0, 0, 0, 32, kit.HStack(0, kit.NewButton("", words.N("%d earlier answer", "%d earlier answers", v.Earlier), kit.Ghost, func() { c.s.p.Unfold(v.ID) }))))
	}
	for _, r := range v.Replies {
		c.body.Add(kit.Pad(0, 0, 0, 18, c.comment(st, r)))
	}
	if v.Settled != "" {
		c.body.Add(kit.Caption(v.Settled).Shrink())
	}
	if c.noted[1] != "" {
		c.body.Add(kit.Prose(c.noted[1]).Alarm())
	}
	switch {
	case st.ReadOnly:
	case v.Answering:
		if c.answer == nil {
			c.answer = c.s.composer(v.ID, words.T("Answer"), words.T("Answer"), func() { c.s.p.Answer(v.ID, false) })
		}
		c.body.Add(c.answer.root)
	default:
		c.body.Add(kit.Pad(-6, -8, -2, -8, c.actions(v)))
	}
	c.body.Refresh()
}

func (c *talkCard) actions(v ThreadView) fyne.CanvasObject {
	s := c.s
	row := kit.HStack(4)
	if !v.Deleted {
		row.Add(kit.NewButton("reply", words.T("Answer"), kit.Ghost, func() {
			s.wanted = v.ID
			s.p.Answer(v.ID, true)
		}))
	}
	row.Add(kit.Spacer())
	if v.Resolved {
		row.Add(kit.NewButton("rotate-ccw", words.T("Reopen"), kit.Ghost, func() { s.settle(v.ID, false) }))
	} else {
		row.Add(kit.NewButton("check", words.T("Resolve"), kit.Ghost, func() { s.settle(v.ID, true) }))
	}
	return row
}

// comment shows one comment, or the entry in which it is rewritten.
func (c *talkCard) comment(st TalkState, v CommentView) fyne.CanvasObject {
	const face = 24
	right := fyne.CanvasObject(kit.Gap(0, 0))
	if v.Mine && !v.Deleted && !st.ReadOnly && !v.Editing {
		more := kit.NewPlain(kit.Pad(2, 4, 2, 4, kit.NewIcon("ellipsis", 14, theme.Text3)), nil)
		more.OnTap(func() { kit.Menu(more, 160, c.items(v)) })
		right = more
	}
	name := kit.Label(v.Name).Shrink()
	head := container.NewBorder(nil, nil, nil, kit.Top(right), kit.VStack(0, name, kit.Caption(v.When).Shrink()))
	if !v.Editing {
		delete(c.edits, v.ID)
		return beside(kit.Avatar(v.Name, v.Number, face), kit.VStack(4, head, rich(v.Body)))
	}
	e := c.edits[v.ID]
	if e == nil {
		e = c.s.composer(EditPrefix+v.ID, "", words.T("Save"), func() { c.s.p.Edit(v.ID, false) })
		c.edits[v.ID] = e
	}
	return kit.VStack(8, beside(kit.Avatar(v.Name, v.Number, face), head), e.root)
}

func (c *talkCard) items(v CommentView) []kit.Item {
	s := c.s
	return []kit.Item{
		{Icon: "pencil", Words: words.T("Rewrite"), Do: func() {
			s.wanted = EditPrefix + v.ID
			s.p.Edit(v.ID, true)
		}},
		{Icon: "trash-2", Words: words.T("Delete comment"), Do: func() { s.remove(v.ID) }},
	}
}

// composers returns the entries that the card shows.
func (c *talkCard) composers() []*composer {
	var out []*composer
	if c.answer != nil && c.shown.Answering {
		out = append(out, c.answer)
	}
	for _, e := range c.edits {
		out = append(out, e)
	}
	return out
}
