package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"cairn/ui/kit"
	"cairn/ui/saving"
	"cairn/ui/theme"
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
	Toasts *kit.Toasts
	New    func() // asks for a new project
	Mac    bool
}

// Screen is the frame of the window.
type Screen struct {
	p       *Presenter
	window  Window
	root    fyne.CanvasObject
	side    *side
	head    *header
	body    *fyne.Container
	tabs    map[Page]*kit.Tab
	tabRow  fyne.CanvasObject
	content Content
	shown   Route
	state   State
	stop    func()
}

// NewScreen returns the frame with the page that is open in it. Call Close when
// it leaves the window.
func NewScreen(p *Presenter, window Window) *Screen {
	s := &Screen{p: p, window: window, body: container.NewStack(), tabs: map[Page]*kit.Tab{}}
	s.side = newSide(s)
	s.head = newHeader(s)
	var row []*kit.Tab
	for _, page := range InDesign {
		tab := kit.NewTab(page.Name(), func() { p.Page(page) })
		s.tabs[page] = tab
		row = append(row, tab)
	}
	s.tabRow = kit.Tabs(row...)
	main := kit.Fill(s.head.root, s.body)
	frame := kit.Columns(0, []float32{-(theme.NavWidth - 1), -1, 1}, s.side.root, kit.Line(), main)
	s.root = container.NewStack(kit.NewBox(0, theme.Background, nil), frame, window.Toasts)
	s.shortcuts()
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Close closes the page and stops following the presenter.
func (s *Screen) Close() {
	s.stop()
	if s.content != nil {
		s.content.Close()
	}
}

func (s *Screen) draw(st State) {
	s.state = st
	s.side.draw(st)
	s.head.draw(st)
	for page, tab := range s.tabs {
		icon, role := "circle-dashed", theme.Text3
		if st.Project.Ready[page] {
			icon, role = "circle-check", theme.OK
		}
		tab.Set(page == st.Route.Page, icon, role)
	}
	if st.Route.Page == "" || (s.content != nil && st.Route == s.shown) {
		return
	}
	if s.content != nil {
		s.content.Close()
	}
	s.shown = st.Route
	s.content = s.window.Build(st.Route, kit.Head{Tabs: s.tabRow})
	s.body.Objects = []fyne.CanvasObject{s.content.Object()}
	s.root.Refresh()
}

// shortcuts binds the keys that work wherever the focus is.
func (s *Screen) shortcuts() {
	bind := func(key fyne.KeyName, mod fyne.KeyModifier, do func()) {
		s.window.Canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod}, func(fyne.Shortcut) {
			if s.window.Canvas.Overlays().Top() == nil {
				do()
			}
		})
	}
	main := fyne.KeyModifierControl
	if s.window.Mac {
		main = fyne.KeyModifierSuper
	}
	bind(fyne.KeyK, main, s.Palette)
	bind(fyne.KeyN, main, s.window.New)
	bind(fyne.Key0, main, func() { s.p.Page(Overview) })
	bind(fyne.Key1, main, func() { s.p.Page(Value) })
	bind(fyne.Key2, main, func() { s.p.Page(Requirements) })
	bind(fyne.KeyL, main|fyne.KeyModifierShift, s.otherTheme)
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

// said returns how saving stands: icon, words, and what to do when it failed.
func said(st saving.State) (icon, text, more string, role theme.Role) {
	switch st.Phase {
	case saving.Pending:
		return "loader", words.T("Saving…"), "", theme.Text3
	case saving.Held:
		return "circle-alert", words.T("Not saved yet"), words.T("One value needs correcting"), theme.Warn
	case saving.Failed:
		return "triangle-alert", words.T("Not saved"), words.Data(st.Message), theme.Error
	default:
		return "circle-check", words.T("Saved"), words.T("On this device"), theme.OK
	}
}
