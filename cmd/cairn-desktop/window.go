package main

import (
	"context"
	"runtime"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"cairn/app"
	"cairn/assets"
	"cairn/ui/kit"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/value"
	"cairn/ui/welcome"
)

// window wires presenters to the workspace and screens to the window.
type window struct {
	ctx      context.Context //nolint:containedctx // it ends when the window does
	end      context.CancelFunc
	app      fyne.App
	win      fyne.Window
	session  *session
	settings settings
	crew     kit.Crew
	line     saving.Line

	welcome *welcome.Presenter // nil once the workspace is open
	greeter *welcome.Screen
	waiting func() // stops waiting for the workspace to be open
	shell   *shell.Presenter
	frame   *shell.Screen
	toasts  *kit.Toasts

	mu       sync.Mutex // guards the pages, which a change elsewhere reloads
	overview *overview.Presenter
	values   map[string]*value.Presenter        // by project; they keep what is typed
	needs    map[string]*requirements.Presenter // by project
}

func newWindow(ctx context.Context, a fyne.App, opts app.Options) *window {
	w := &window{app: a, session: &session{opts: opts}, settings: settings{a.Preferences()}, values: map[string]*value.Presenter{}, needs: map[string]*requirements.Presenter{}}
	w.ctx, w.end = context.WithCancel(ctx)
	w.speakRemembered()
	w.applyTheme(theme.Mode(w.settings.Get(shell.KeyTheme)))
	w.win = a.NewWindow("Cairn")
	w.win.SetPadded(false)
	w.win.SetIcon(fyne.NewStaticResource("cairn.png", assets.AppIcon))
	w.win.Resize(w.settings.size())
	w.win.SetCloseIntercept(func() {
		w.settings.keepSize(w.win.Canvas().Size())
		w.win.Close()
	})
	context.AfterFunc(ctx, func() { w.crew.Then(func() {}, w.win.Close) })
	if err := w.session.open(ctx); err != nil {
		w.welcome = welcome.NewPresenter(w.session, opts.Dir, err)
		w.greet()
	} else {
		w.enter()
	}
	return w
}

func (w *window) run() { w.win.ShowAndRun() }

// close stores what is typed, and gives the folder free.
func (w *window) close() error {
	if w.frame != nil {
		w.frame.Close()
	}
	w.end()
	return w.session.close()
}

// greet shows the first page, and enters when the workspace is open.
func (w *window) greet() {
	if w.greeter != nil {
		w.greeter.Close()
	}
	w.greeter = welcome.NewScreen(w.ctx, w.welcome, &w.crew, w.speak)
	w.win.SetContent(w.greeter.Object())
	w.greeter.Focus(w.win.Canvas())
	if w.waiting != nil {
		w.waiting()
	}
	w.waiting = kit.Render(&w.welcome.State, func(s welcome.State) {
		if s.Done && w.shell == nil {
			w.waiting()
			w.greeter.Close()
			w.enter()
		}
	})
}

// enter shows the window around the pages, and follows what changes elsewhere.
func (w *window) enter() {
	w.overview = overview.NewPresenter(w.session, time.Now)
	w.shell = shell.NewPresenter(w.session, w.settings, &w.line)
	w.shell.Load(w.ctx)
	w.show()
	w.crew.Go(func() { w.session.watch(w.ctx, w.reload) })
}

// show builds the frame, anew when the language has changed.
func (w *window) show() {
	if w.frame != nil {
		w.frame.Close()
	}
	w.toasts = kit.NewToasts()
	w.frame = shell.NewScreen(w.shell, shell.Window{
		Canvas: w.win.Canvas(), Build: w.build, Toasts: w.toasts, New: w.newProject,
		Theme: w.applyTheme, Speak: w.speak, Mac: runtime.GOOS == "darwin",
	})
	w.win.SetContent(w.frame.Object())
}

// build returns the screen of a page. Its presenter stays as long as the window.
func (w *window) build(to shell.Route, head kit.Head) shell.Content {
	w.win.SetTitle(to.Page.Name() + " – Cairn")
	w.mu.Lock()
	defer w.mu.Unlock()
	switch to.Page {
	case shell.Value:
		p := w.values[to.Project]
		if p == nil {
			p = value.NewPresenter(to.Project, w.session, &w.line, nil, time.Now)
			w.values[to.Project] = p
		}
		w.crew.Go(func() { p.Load(w.ctx) })
		return value.NewScreen(w.ctx, p, &w.crew, w.toasts, head)
	case shell.Requirements:
		p := w.needs[to.Project]
		if p == nil {
			p = requirements.NewPresenter(to.Project, w.session, &w.line)
			w.needs[to.Project] = p
		}
		w.crew.Go(func() { p.Load(w.ctx) })
		return requirements.NewScreen(w.ctx, p, &w.crew, w.toasts, head)
	default:
		w.crew.Go(func() { w.overview.Load(w.ctx) })
		return overview.NewScreen(w.ctx, w.overview, &w.crew, func(id string) { w.shell.Go(shell.Route{Page: shell.Value, Project: id}) }, w.newProject)
	}
}

func (w *window) newProject() {
	overview.AskProject(w.ctx, w.win.Canvas(), w.overview, &w.crew, func(id string) {
		w.crew.Go(func() {
			w.shell.Load(w.ctx)
			w.shell.Go(shell.Route{Page: shell.Value, Project: id})
		})
	})
}

// reload reads again what is on screen. Others are read when they are opened.
func (w *window) reload() {
	w.shell.Load(w.ctx)
	at := w.shell.State.Get().Route
	w.mu.Lock()
	v, n := w.values[at.Project], w.needs[at.Project]
	w.mu.Unlock()
	switch {
	case at.Page == shell.Value && v != nil:
		v.Load(w.ctx)
	case at.Page == shell.Requirements && n != nil:
		n.Load(w.ctx)
	case at.Page == shell.Overview:
		w.overview.Load(w.ctx)
	}
}
