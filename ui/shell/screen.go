package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Content is a page on screen.
type Content interface {
	Object() fyne.CanvasObject
	Close()
}

// Window is what the shell needs of the window it is in.
type Window struct {
	Canvas fyne.Canvas
	Build  func(to Route, head kit.Head) Content // the screen of a page
	Theme  func(theme.Mode)                      // shows a variant from now on
	Speak  func(words.Language)
	Crew   *kit.Crew
	Toasts *kit.Toasts
	Past   *undo.Past
	Panel  fyne.CanvasObject // what belongs to a page: discussion, history; or nil
	Moved  func(open bool)   // told when Panel comes up or goes away; or nil
	New    func()            // asks for a new project
	Here   fyne.CanvasObject // who else is on what the page shows; or nil
	Sign   func()            // asks for a verdict on the page, or the phase; or nil
	Report func()            // offers a report; or nil
	Own    func()            // leaves the demo for a workspace of one's own; or nil
	Undo   func()
	Redo   func()
	Mac    bool
}

// Screen is the frame of the window.
type Screen struct {
	ctx     context.Context //nolint:containedctx // it ends when the window does
	p       *Presenter
	window  Window
	root    fyne.CanvasObject
	side    *side
	head    *header
	body    *body
	demo    *fyne.Container // says that this is the demo
	tabs    map[Page]*kit.Tab
	tabRow  fyne.CanvasObject
	content Content
	shown   Route
	state   State
	stop    []func()
}

// NewScreen returns the frame with the page that is open in it. Call Close when
// it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, window Window) *Screen {
	s := &Screen{ctx: ctx, p: p, window: window, body: newBody(window.Panel), tabs: map[Page]*kit.Tab{}}
	s.side = newSide(s)
	s.head = newHeader(s)
	var row []*kit.Tab
	for _, page := range InDesign {
		tab := kit.NewTab(page.Name(), func() { p.Page(page) })
		s.tabs[page] = tab
		row = append(row, tab)
	}
	s.tabRow = kit.Tabs(row...)
	s.demo = s.newDemo()
	main := kit.Fill(s.demo, s.head.root, s.body.root)
	frame := kit.Columns(0, []float32{-(theme.NavWidth - 1), -1, 1}, s.side.root, kit.Line(), main)
	s.root = container.NewStack(kit.NewBox(0, theme.Background, nil), frame, window.Toasts)
	s.shortcuts()
	s.stop = []func(){kit.Render(&p.State, s.draw), kit.Render(&window.Past.State, s.head.drawPast)}
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Close closes the page and stops following the presenter.
func (s *Screen) Close() {
	for _, stop := range s.stop {
		stop()
	}
	if s.content != nil {
		s.content.Close()
	}
}

func (s *Screen) draw(st State) {
	s.state = st
	s.side.draw(st)
	s.head.draw(st)
	if s.demo.Hidden == st.Demo {
		s.demo.Hidden = !st.Demo
		s.root.Refresh()
	}
	for page, tab := range s.tabs {
		icon, role := st.Project.Marks[page].Icon()
		tab.Set(page == st.Route.Page, icon, role)
	}
	moved, first := s.body.open(st.Beside()), s.content == nil
	s.turn(st)
	if moved && !first && s.window.Moved != nil {
		s.window.Moved(st.Beside())
	}
}

// turn shows the page of a route, unless it is on screen.
func (s *Screen) turn(st State) {
	if st.Route.Page == "" || (s.content != nil && st.Route == s.shown) {
		return
	}
	same := s.content != nil && st.Route.Page == s.shown.Page && st.Route.Project == s.shown.Project
	s.shown = st.Route
	if !same {
		if s.content != nil {
			s.content.Close()
		}
		head := kit.Head{}
		if slices.Contains(InDesign, st.Route.Page) {
			head.Tabs = s.tabRow
		}
		s.content = s.window.Build(st.Route, head)
		s.body.put(s.content.Object())
		s.root.Refresh()
	}
	if c, ok := s.content.(interface{ Show(id string) }); ok && st.Route.Document != "" {
		c.Show(st.Route.Document)
		s.p.arrived(st.Route)
	}
}

// Content returns the page that is shown.
func (s *Screen) Content() Content { return s.content }

// shortcuts binds the keys that work wherever the focus is.
func (s *Screen) shortcuts() {
	bind := func(key fyne.KeyName, mod fyne.KeyModifier, do func()) {
		s.window.Canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod}, s.unlessCovered(do))
	}
	main := fyne.KeyModifierControl
	if s.window.Mac {
		main = fyne.KeyModifierSuper
	}
	bind(fyne.KeyK, main, s.Palette)
	bind(fyne.KeyN, main, s.window.New)
	if s.window.Report != nil {
		bind(fyne.KeyE, main, s.window.Report)
	}
	bind(fyne.KeyReturn, main, s.sign)
	bind(fyne.KeyJ, main, s.p.TogglePanel)
	bind(fyne.Key0, main, func() { s.p.Page(Overview) })
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7} {
		bind(key, main, func() { s.p.Page(InDesign[i]) })
	}
	bind(fyne.KeyL, main|fyne.KeyModifierShift, s.otherTheme)
	s.window.Canvas.AddShortcut(&fyne.ShortcutUndo{}, s.unlessCovered(s.window.Undo))
	s.window.Canvas.AddShortcut(&fyne.ShortcutRedo{}, s.unlessCovered(s.window.Redo))
}

// unlessCovered does nothing while something is on top of the window.
func (s *Screen) unlessCovered(do func()) func(fyne.Shortcut) {
	return func(fyne.Shortcut) {
		if s.window.Canvas.Overlays().Top() == nil {
			do()
		}
	}
}

// sign asks for a verdict where there is something to judge.
func (s *Screen) sign() {
	if s.window.Sign != nil && slices.Contains(InDesign, s.state.Route.Page) {
		s.window.Sign()
	}
}

func (s *Screen) otherTheme() {
	mode := theme.DarkOne
	if theme.Current() == &theme.Dark {
		mode = theme.LightOne
	}
	s.setTheme(mode)
}

func (s *Screen) setTheme(mode theme.Mode) {
	s.p.Remember(KeyTheme, string(mode))
	s.window.Theme(mode)
}

func (s *Screen) speak(language words.Language) {
	s.p.Remember(KeyLanguage, string(language))
	s.window.Speak(language)
}
