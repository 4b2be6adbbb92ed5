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
	ctx    context.Context //nolint:containedctx // a screen lives as long as its page is open
	p      *Presenter
	crew   *kit.Crew
	toasts *kit.Toasts
	save   *kit.Pause

	root      *fyne.Container
	page      *kit.Page
	faces     map[Stage]fyne.CanvasObject
	head      *head
	inputs    *inputs
	result    *result
	charts    *charts
	after     *after
	scenarios *scenarioCard
	chooser   *chooser
	trouble   *kit.Para
	shown     Stage
	conflict  *fyne.Container
	conflicts kit.Drew[[]Conflict]
	open      []Conflict
	chances   *kit.Latest
	parts     []part
	sheet     *sheet
	stop      func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, toasts *kit.Toasts, head kit.Head) *Screen {
	s := &Screen{ctx: ctx, p: p, crew: crew, toasts: toasts, shown: -1, trouble: kit.Prose("")}
	s.save = kit.NewPause(savePause, func() { p.Save(ctx) })
	typed := func(key Key, text string) {
		p.Type(key, text)
		s.save.Trigger()
	}
	s.head = newHead(func(name string) { s.crew.Go(func() { p.Pick(ctx, name) }) }, s.modelMenu, head)
	h := hands{typed: typed, revert: p.Revert, open: p.Open, more: s.menu}
	s.inputs = newInputs(h)
	s.result, s.charts, s.after, s.scenarios = newResult(), newCharts(crew, p.Along, s.exportMenu), newAfter(), newScenarioCard(h, s.copyScenarios)
	s.sheet = &sheet{canvas: s.canvas, fill: p.Fill, dismiss: p.Dismiss, keep: func() { s.crew.Go(func() { p.Keep(ctx) }) }}
	s.chances = kit.NewLatest(crew)
	s.chooser = newChooser(func(template string) { s.crew.Go(func() { p.Begin(ctx, template) }) }, func() { s.crew.Go(func() { p.Stay(ctx) }) })
	s.conflict = container.NewStack()
	left := kit.VStack(theme.GapCards, s.inputs.root...)
	s.parts = []part{
		{root: s.conflict, draw: s.drawConflicts},
		{root: left, draw: s.inputs.draw},
		{root: s.result.root, draw: s.result.draw},
		{root: s.charts.root, draw: s.charts.draw},
		{root: s.after.root, draw: s.after.draw},
		{root: s.scenarios.root, draw: s.scenarios.draw},
	}
	body := kit.Columns(theme.GapCards, []float32{-384, 1}, left, kit.VStack(theme.GapCards, s.result.root, s.charts.root, s.after.root))
	s.faces = map[Stage]fyne.CanvasObject{
		Loading:  kit.Gap(0, 200),
		Choosing: s.chooser.root,
		Ready:    kit.VStack(theme.GapCards, s.conflict, body, s.scenarios.root),
		Broken:   kit.Tint("circle-alert", theme.Error, theme.ErrorTint, s.trouble, kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { s.crew.Go(func() { p.Load(ctx) }) })),
	}
	s.root = kit.VStack(theme.GapCards, s.head.root)
	s.page = kit.NewPage(s.root)
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.page }

// About returns the document that the page is on.
func (s *Screen) About() string { return s.p.State.Get().ID }

// Close stores what is typed and stops following the presenter.
func (s *Screen) Close() {
	s.save.Flush()
	s.stop()
	s.sheet.draw(nil)
}

// canvas returns where the page is shown, nil while it is not.
func (s *Screen) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(s.page) }

// draw draws the parts of the page whose piece of the state is another, and lays
// out what that moves. A key that is typed changes few of them: to draw all of
// the page takes longer than a person waits for a letter.
func (s *Screen) draw(st State) {
	if st.Behind {
		s.chances.Do(s.p.Simulate, func() {})
	}
	if s.head.draw(st) {
		kit.Settle(s.head.root)
	}
	if st.Stage != s.shown {
		s.shown = st.Stage
		s.root.Objects = []fyne.CanvasObject{s.head.root, s.faces[st.Stage]}
		defer s.page.Refresh()
	}
	switch st.Stage {
	case Loading:
	case Choosing:
		if s.chooser.draw(st) {
			s.page.Refresh()
		}
		if s.chooser.first != nil {
			kit.FocusFirst(s.chooser.first)
		}
	case Broken:
		s.trouble.Set(st.Message + " " + st.Hint)
		s.page.Settle()
	case Ready:
		s.drawParts(st)
	}
	s.sheet.draw(st.Form)
}

// part is a card or a few of them, with a piece of the state of its own.
type part struct {
	root   fyne.CanvasObject
	draw   func(State) bool // whether it changed anything
	height float32
}

func (s *Screen) drawParts(st State) {
	grown := false
	for i := range s.parts {
		p := &s.parts[i]
		if !p.draw(st) {
			continue
		}
		if height := p.root.MinSize().Height; height != p.height {
			p.height, grown = height, true
		} else {
			kit.Settle(p.root)
		}
	}
	if grown {
		s.page.Settle()
	}
}

// drawConflicts shows a banner while something needs a decision. It reports
// whether it changed anything.
func (s *Screen) drawConflicts(st State) bool {
	conflicts := st.Conflicts
	if !s.conflicts.Anew(conflicts) {
		return false
	}
	s.open = conflicts
	s.conflict.Hidden = len(conflicts) == 0
	s.conflict.Objects = nil
	if len(conflicts) > 0 {
		said := words.N("%d value was changed in two places.", "%d values were changed in two places.", len(conflicts))
		decide := kit.NewButton("", words.T("Decide"), kit.Secondary, s.Decide)
		s.conflict.Objects = []fyne.CanvasObject{kit.Tint("triangle-alert", theme.Warn, theme.WarnTint,
			kit.Prose(said+" "+words.T("Both are kept until somebody chooses.")), decide)}
	}
	s.conflict.Refresh()
	return true
}

// Decide opens the sheet on which the first conflict is settled.
func (s *Screen) Decide() {
	c := s.canvas()
	if c == nil || len(s.open) == 0 {
		return
	}
	conflict := s.open[0]
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
