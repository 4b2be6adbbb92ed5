package panel

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// PastScreen shows what happened to a document.
type PastScreen struct {
	restore func(key string)
	choice  *kit.Choice
	fields  []FieldName
	top     *fyne.Container
	list    *fyne.Container
	empty   fyne.CanvasObject
	nowhere fyne.CanvasObject
	more    *kit.Button
	trouble *kit.Para
	alarm   fyne.CanvasObject
	root    *fyne.Container
	cards   map[string]*pastCard
	stop    func()
}

// pastCard is an entry as it is drawn.
type pastCard struct {
	shown PastView
	noted [2]string // what failed, and why
	root  fyne.CanvasObject
}

// allFields is the option that chooses no field.
const allFields = "*"

// NewPastScreen returns the screen of p. Call Close when it leaves the window.
func NewPastScreen(ctx context.Context, p *PastPresenter, crew *kit.Crew) *PastScreen {
	s := &PastScreen{trouble: kit.Prose(""), list: kit.VStack(12), cards: map[string]*pastCard{}}
	s.restore = func(key string) { crew.Go(func() { p.Restore(ctx, key) }) }
	s.choice = kit.NewChoice(words.T("All fields"), nil, func(v string) {
		crew.Go(func() { p.Only(ctx, strings.TrimPrefix(v, allFields)) })
	})
	s.more = kit.NewButton("chevron-down", words.T("Show more"), kit.Ghost, func() { crew.Go(func() { p.More(ctx) }) })
	s.empty = nothing("history", words.T("No history yet"), words.T("Every change is kept: who, when, from what to what. Earlier values can be restored."))
	s.nowhere = nothing("history", words.T("Nothing chosen"), words.T("Choose something on the page to see what happened to it."))
	s.alarm = kit.Tint("circle-alert", theme.Error, theme.ErrorTint, kit.VStack(8, s.trouble,
		kit.HStack(0, kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { crew.Go(func() { p.Load(ctx) }) }))))
	s.top = kit.VStack(8, s.alarm, s.choice)
	s.root = kit.Fill(s.top, kit.Gap(0, 10), kit.NewScrolled(s.list))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the column shows.
func (s *PastScreen) Object() fyne.CanvasObject { return s.root }

// Close stops following the presenter.
func (s *PastScreen) Close() { s.stop() }

func (s *PastScreen) draw(st PastState) {
	s.trouble.Set(st.Problem)
	show(s.alarm, st.Problem != "")
	show(s.choice, len(st.Fields) > 1 || st.Field != "")
	if !reflect.DeepEqual(s.fields, st.Fields) {
		s.fields = st.Fields
		options := []kit.Option{{Value: allFields, Words: words.T("All fields")}}
		for _, f := range st.Fields {
			options = append(options, kit.Option{Value: f.Field, Words: f.Label})
		}
		s.choice.SetOptions(options)
	}
	s.choice.Hold(allFields + st.Field)
	if st.Field != "" {
		s.choice.Hold(st.Field)
	}
	objects := make([]fyne.CanvasObject, 0, len(st.Entries)+1)
	kept := map[string]*pastCard{}
	for _, v := range st.Entries {
		noted := [2]string{}
		for _, c := range v.Changes {
			if c.Key == st.Failed {
				noted = [2]string{st.Failed, st.Why}
			}
		}
		card := s.cards[v.Key]
		if card == nil || !reflect.DeepEqual(card.shown, v) || card.noted != noted {
			card = &pastCard{shown: v, noted: noted, root: s.entry(v, noted)}
		}
		kept[v.Key] = card
		objects = append(objects, card.root)
	}
	s.cards = kept
	switch {
	case st.Nothing:
		objects = []fyne.CanvasObject{s.nowhere}
	case st.Loaded && len(st.Entries) == 0 && st.Problem == "":
		objects = append(objects, s.empty)
	case st.More:
		s.more.SetDisabled(st.Loading)
		objects = append(objects, container.NewCenter(s.more))
	}
	s.list.Objects = objects
	s.root.Refresh()
}

func (s *PastScreen) entry(v PastView, noted [2]string) fyne.CanvasObject {
	const face = 24
	head := kit.VStack(0, kit.Label(v.Name).Shrink(), kit.NewTip(kit.Caption(v.When).Shrink(), v.Exact))
	body := kit.VStack(10, head)
	if v.Sentence != "" {
		body.Add(kit.Prose(v.Sentence))
	}
	for _, c := range v.Changes {
		body.Add(s.changed(c))
		if noted[0] == c.Key {
			body.Add(kit.Prose(noted[1]).Alarm())
		}
	}
	return container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border),
		kit.Pad(12, 12, 12, 12, beside(kit.Avatar(v.Name, v.Number, face), body)))
}

// changed shows what happened to a field.
func (s *PastScreen) changed(c ChangeView) fyne.CanvasObject {
	head := kit.HStack(6, kit.NewText(c.Label, theme.SizeSmall, theme.Text2).Strong().Shrink(), kit.Spacer())
	if c.Current {
		head.Add(kit.NewChip("", words.T("Now"), theme.Text2, theme.Sunken))
	}
	out := kit.VStack(4, head)
	if c.From != "" || c.To != "" {
		out.Add(rich(fromTo(c)))
	}
	if len(c.Body) > 0 {
		out.Add(container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, nil), kit.Pad(8, 10, 8, 10, rich(c.Body))))
	}
	for _, line := range c.Parts {
		out.Add(kit.Body(line).Shrink())
	}
	if c.Note != "" {
		out.Add(kit.Caption(c.Note).Shrink())
	}
	if c.Restorable {
		out.Add(kit.Pad(0, 0, 0, -12, kit.HStack(0, kit.NewButton("rotate-ccw", words.T("Restore this value"), kit.Ghost, func() {
			s.restore(c.Key)
		}))))
	}
	return out
}

// fromTo shows two short values and an arrow between them.
func fromTo(c ChangeView) []Run {
	switch {
	case c.From == "":
		return []Run{{c.To, Plain}}
	case c.To == "":
		return []Run{{c.From, Removed}}
	}
	return []Run{{c.From, Removed}, {"  →  ", Plain}, {c.To, Added}}
}
