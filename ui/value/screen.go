package value

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// savePause is how long nobody types before what was typed is stored: each
// pause becomes one entry of the history.
const savePause = 600 * time.Millisecond

// Screen shows the page.
type Screen struct {
	ctx  context.Context //nolint:containedctx // a screen lives as long as its page is open
	p    *Presenter
	crew *kit.Crew
	save *kit.Pause

	root      *fyne.Container
	page      *kit.Page
	faces     map[Stage]fyne.CanvasObject
	head      *head
	inputs    *inputs
	result    *result
	details   *details
	chooser   *chooser
	trouble   *kit.Para
	shown     Stage
	conflict  *fyne.Container
	conflicts []Conflict
	stop      func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, head kit.Head) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, shown: -1, trouble: kit.Prose("")}
	s.save = kit.NewPause(savePause, func() { p.Save(ctx) })
	typed := func(key Key, text string) {
		p.Type(key, text)
		s.save.Trigger()
	}
	s.head = newHead(func(name string) { s.crew.Go(func() { p.Pick(ctx, name) }) }, head)
	s.inputs = newInputs(typed, p.Revert)
	s.result, s.details = newResult(), newDetails()
	s.chooser = newChooser(func(template string) { s.crew.Go(func() { p.Begin(ctx, template) }) })
	s.conflict = container.NewStack()
	body := kit.Columns(theme.GapCards, []float32{-384, 1}, kit.VStack(theme.GapCards, s.inputs.root...), s.details.root)
	s.faces = map[Stage]fyne.CanvasObject{
		Loading:  kit.Gap(0, 200),
		Choosing: s.chooser.root,
		Ready:    kit.VStack(theme.GapCards, s.conflict, s.result.root, body),
		Broken:   kit.Tint("circle-alert", theme.Error, theme.ErrorTint, s.trouble, kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { s.crew.Go(func() { p.Load(ctx) }) })),
	}
	s.root = kit.VStack(theme.GapCards, s.head.root)
	s.page = kit.NewPage(s.root)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.save.Flush()
	s.stop()
}

func (s *Screen) draw(st State) {
	s.head.draw(st)
	if st.Stage != s.shown {
		s.shown = st.Stage
		s.root.Objects = []fyne.CanvasObject{s.head.root, s.faces[st.Stage]}
	}
	switch st.Stage {
	case Loading:
	case Choosing:
		s.chooser.draw(st)
	case Broken:
		s.trouble.Set(st.Message + " " + st.Hint)
	case Ready:
		s.inputs.draw(st)
		s.result.draw(st)
		s.details.draw(st.Result)
		s.drawConflicts(st.Conflicts)
	}
	s.page.Refresh()
	if st.Stage == Choosing && s.chooser.first != nil {
		kit.FocusFirst(s.chooser.first)
	}
}

// drawConflicts shows a banner while something needs a decision.
func (s *Screen) drawConflicts(conflicts []Conflict) {
	s.conflicts = conflicts
	s.conflict.Hidden = len(conflicts) == 0
	s.conflict.Objects = nil
	if len(conflicts) == 0 {
		return
	}
	said := words.N("%d value was changed in two places.", "%d values were changed in two places.", len(conflicts))
	decide := kit.NewButton("", words.T("Decide"), kit.Secondary, s.Decide)
	s.conflict.Objects = []fyne.CanvasObject{kit.Tint("triangle-alert", theme.Warn, theme.WarnTint,
		kit.Prose(said+" "+words.T("Both are kept until somebody chooses.")), decide)}
}

// Decide opens the sheet on which the first conflict is settled.
func (s *Screen) Decide() {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.page)
	if c == nil || len(s.conflicts) == 0 {
		return
	}
	conflict := s.conflicts[0]
	sides := make([]kit.Side, len(conflict.Versions))
	for i, v := range conflict.Versions {
		sides[i] = kit.Side{Text: v.Text, By: v.By + ", " + v.At}
	}
	kit.Compare(c, kit.Comparison{
		Title: words.T("“%s” was changed in two places", conflict.Label), Purpose: words.T("Choose the one that holds, or write another. The others stay in the history."),
		Sides: sides, Other: words.T("Another"), Later: words.T("Decide later"), Use: words.T("Use this"),
	}, func(side int, other string) {
		s.crew.Go(func() { s.p.Resolve(s.ctx, conflict.Field, side, other) })
	})
}
