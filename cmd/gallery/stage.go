package main

import (
	"context"
	"time"

	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/value"
	"cairn/ui/welcome"
	"cairn/ui/words"
)

// now is when all pictures are taken.
var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// stage is a window over a made-up workspace.
type stage struct {
	canvas test.WindowlessCanvas
	world  *world
	line   *saving.Line
	crew   *kit.Crew
	shell  *shell.Presenter
	frame  *shell.Screen
	value  *value.Presenter
	needs  *requirements.Presenter
	toasts *kit.Toasts
	page   shell.Content
}

func newStage(c test.WindowlessCanvas) *stage {
	return &stage{canvas: c, world: newWorld(), line: &saving.Line{}, crew: &kit.Crew{}, toasts: kit.NewToasts()}
}

func (s *stage) close() {
	if s.frame != nil {
		s.frame.Close()
		s.shell.Close()
	}
	s.crew.Wait()
}

// open shows the window at a page.
func (s *stage) open(page shell.Page) {
	ctx := context.Background()
	s.shell = shell.NewPresenter(s.world, settings{"page": string(page), "project": s.world.open}, s.line)
	s.shell.Load(ctx)
	s.frame = shell.NewScreen(s.shell, shell.Window{
		Canvas: s.canvas, Build: s.build, Toasts: s.toasts, New: func() {},
		Theme: func(theme.Mode) {}, Speak: func(words.Language) {},
	})
	s.canvas.SetContent(s.frame.Object())
}

func (s *stage) build(to shell.Route, head kit.Head) shell.Content {
	ctx := context.Background()
	switch to.Page {
	case shell.Value:
		s.value = value.NewPresenter(to.Project, s.world, s.line, nil, func() time.Time { return now })
		if !s.world.slow {
			s.value.Load(ctx)
		}
		s.page = value.NewScreen(ctx, s.value, s.crew, s.toasts, head)
	case shell.Requirements:
		s.needs = requirements.NewPresenter(to.Project, s.world, s.line)
		s.needs.Load(ctx)
		s.page = requirements.NewScreen(ctx, s.needs, s.crew, s.toasts, head)
	default:
		p := overview.NewPresenter(s.world, func() time.Time { return now })
		p.Load(ctx)
		s.page = overview.NewScreen(ctx, p, s.crew, func(string) {}, func() {})
	}
	return s.page
}

// greet shows the first page.
func (s *stage) greet(why error) *welcome.Presenter {
	p := welcome.NewPresenter(s.world, s.world.identity.Folder, why)
	screen := welcome.NewScreen(context.Background(), p, s.crew, func(words.Language) {})
	s.canvas.SetContent(screen.Object())
	screen.Focus(s.canvas)
	return p
}

// settings keeps what a test needs of preferences.
type settings map[string]string

func (s settings) Get(key string) string { return s[key] }
func (s settings) Put(key, value string) { s[key] = value }
