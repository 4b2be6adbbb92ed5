package main

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// frame is the window around a page that is shown as a made-up team has it: what
// comes from other laptops can't be had from a copy of a folder.
type frame struct {
	win    fyne.Window
	canvas test.WindowlessCanvas
	crew   kit.Crew
	toasts *kit.Toasts
	shell  *shell.Presenter
	screen *shell.Screen
}

// framed shows a page in the window of a person of the team.
func (s *stage) framed(page shell.Page, team shell.Team, reviews shell.Reviews, build func(f *frame, head kit.Head) shell.Content) {
	s.headed(page, team, reviews, func() fyne.CanvasObject { return nil }, build)
}

// headed is framed with who else is there in the head.
func (s *stage) headed(page shell.Page, team shell.Team, reviews shell.Reviews, here func() fyne.CanvasObject, build func(f *frame, head kit.Head) shell.Content) {
	f := s.bare()
	f.toasts = kit.NewToasts()
	f.shell = shell.NewPresenter(teamProjects{}, kept{"page": string(page), "project": "p"}, &saving.Line{})
	f.shell.Follow(team)
	f.shell.FollowReviews(reviews)
	f.shell.Load(context.Background())
	nothing := func() {}
	f.screen = shell.NewScreen(context.Background(), f.shell, shell.Window{
		Canvas: f.canvas, Toasts: f.toasts, Crew: &f.crew, Past: &undo.Past{}, Here: here(), New: nothing, Sign: nothing, Report: nothing, Undo: nothing, Redo: nothing,
		Theme: func(theme.Mode) {}, Speak: func(words.Language) {},
		Build: func(_ shell.Route, head kit.Head) shell.Content { return build(f, head) },
	})
	f.show(f.screen.Object())
}

// bare is a window with nothing around what it shows.
func (s *stage) bare() *frame {
	s.app.Settings().SetTheme(theme.New(theme.Mode(s.app.Preferences().String(shell.KeyTheme)), false))
	f := &frame{win: s.app.NewWindow("Cairn")}
	f.crew.Postponed = true
	f.win.SetPadded(false)
	s.canvas = f.win.Canvas().(test.WindowlessCanvas)
	s.canvas.SetPadded(false)
	f.canvas = s.canvas
	s.frame = f
	return f
}

func (f *frame) show(o fyne.CanvasObject) {
	f.win.SetContent(o)
	f.win.Resize(fyne.NewSize(1280, 800))
	f.crew.Wait()
}

func (f *frame) close() {
	if f.screen != nil {
		f.screen.Close()
		f.shell.Close()
		f.toasts.Close()
	}
	f.crew.Wait()
}

// kept are settings that are forgotten.
type kept map[string]string

func (k kept) Get(key string) string { return k[key] }
func (k kept) Put(key, value string) { k[key] = value }

// teamProjects is what the window says of the team's workspace.
type teamProjects struct{}

func (teamProjects) Whoami(context.Context) (shell.Identity, error) {
	return shell.Identity{Workspace: "Telco", Person: teamtest.Names[string(words.Spoken())][0], Hue: theme.Hue("p1"), Roles: []string{"data scientist"}}, nil
}

func (teamProjects) Projects(context.Context) ([]shell.Project, error) {
	return []shell.Project{{ID: "p", Name: words.T("Churn reduction")}}, nil
}

func (teamProjects) Marks(context.Context, string) (map[shell.Page]shell.Mark, error) {
	return map[shell.Page]shell.Mark{shell.Charter: shell.Approved, shell.Value: shell.Ready, shell.Requirements: shell.Started}, nil
}

func (teamProjects) Documents(context.Context, string) ([]shell.Document, error) { return nil, nil }
