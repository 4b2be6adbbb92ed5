// Package window is Cairn's window: it reaches the workspace, hands the use cases
// to presenters and screens to the toolkit, and decides nothing else. It opens on
// whatever fyne.App it is given, so that it can be drawn without a display.
package window

import (
	"context"
	"runtime"
	"sync"

	"fyne.io/fyne/v2"

	"cairn/app"
	"cairn/app/demo"
	"cairn/app/network"
	"cairn/assets"
	"cairn/ui/conflicts"
	"cairn/ui/kit"
	"cairn/ui/overview"
	"cairn/ui/panel"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/signoff"
	"cairn/ui/team"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/welcome"
	"cairn/ui/words"
)

// Window wires presenters to the workspace and screens to the toolkit. It is used
// on the UI goroutine.
type Window struct {
	ctx      context.Context //nolint:containedctx // it ends when the window does
	end      context.CancelFunc
	app      fyne.App
	win      fyne.Window
	session  *session
	settings settings
	crew     kit.Crew
	line     saving.Line

	running  bool
	unwatch  context.CancelFunc
	welcome  *welcome.Presenter // nil once the workspace is open
	greeter  *welcome.Screen
	waiting  func()    // stops waiting for the workspace to be open
	doorstep *doorstep // where one joins, nil unless it is shown
	shell    *shell.Presenter
	frame    *shell.Screen
	toasts   *kit.Toasts
	status   *signoff.Status // in the head of the page, or nil
	mates    *team.Presenter // nil before the workspace is open, and in the demo
	company  *company        // like mates
	reviews  *conflicts.Presenter

	past   *undo.Past
	drafts panel.Drafts           // of comments
	beside *beside                // nil before the workspace is open
	mu     sync.Mutex             // guards pages, which a change elsewhere reloads
	pages  map[shell.Route]loader // by page and project; they keep what is typed
}

// New returns the window on the workspace in opts.Dir, or on the page that founds
// one there. Call Close at the end.
func New(ctx context.Context, a fyne.App, opts app.Options) *Window {
	return open(ctx, a, opts, inCompany(), false)
}

// Still is New for pictures: what the window would work out in the background is
// done by Settle, and it reaches nobody.
func Still(ctx context.Context, a fyne.App, opts app.Options) *Window {
	return open(ctx, a, opts, nil, true)
}

func open(ctx context.Context, a fyne.App, opts app.Options, how *network.Options, still bool) *Window {
	w := &Window{app: a, session: &session{opts: opts, how: how}, settings: settings{a.Preferences()}, pages: map[shell.Route]loader{}, past: &undo.Past{}}
	w.crew.Postponed = still
	w.ctx, w.end = context.WithCancel(ctx)
	w.keepDrafts()
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
	w.arrive() //nolint:contextcheck // the window has a context of its own, made of ctx
	return w
}

// arrive enters the workspace in the session's folder, or greets who has none.
func (w *Window) arrive() {
	if err := w.session.open(w.ctx); err != nil {
		w.welcome = welcome.NewPresenter(w.session, w.session.opts.Dir, err)
		w.greet()
		if w.session.unjoined {
			w.askLink()
		}
		return
	}
	w.enter()
}

// leaveDemo goes to the workspace of one's own, or to where one is made.
func (w *Window) leaveDemo() {
	if w.unwatch != nil {
		w.unwatch()
	}
	w.part()
	w.frame.Close()
	w.beside.close()
	w.shell.Close()
	w.frame, w.beside, w.shell, w.mates, w.reviews = nil, nil, nil, nil, nil
	w.mu.Lock()
	w.pages = map[shell.Route]loader{}
	w.mu.Unlock()
	opts, how := w.session.opts, w.session.how
	if err := w.session.close(); err != nil {
		w.session.opts.Log.Warn("the demo did not close well", "cause", err.Error())
	}
	opts.Dir = demo.Own(opts.Dir)
	w.session, w.past = &session{opts: opts, how: how}, &undo.Past{}
	w.arrive()
}

// Run shows the window until it is closed, and follows what changes elsewhere.
func (w *Window) Run() {
	w.running = true
	w.follow()
	w.win.ShowAndRun()
}

// follow reads again what others change, once there is a workspace.
func (w *Window) follow() {
	if !w.running || w.shell == nil {
		return
	}
	if w.unwatch != nil {
		w.unwatch()
	}
	var ctx context.Context
	ctx, w.unwatch = context.WithCancel(w.ctx)
	session := w.session
	go session.watch(ctx, w.Reload)
	if mates := w.mates; mates != nil {
		go session.watchTeam(ctx, func() { mates.Load(ctx) })
		go w.company.lookout.follow(ctx)
	}
}

// Shown returns what is shown.
func (w *Window) Shown() fyne.Window { return w.win }

// Frame returns what is around the pages, nil before the workspace is open.
func (w *Window) Frame() *shell.Screen { return w.frame }

// Settle waits for what the window works out in the background.
func (w *Window) Settle() { w.crew.Wait() }

// Break makes every use case fail from now on, as when the disk is gone. Nil
// mends it.
func (w *Window) Break(err error) { w.session.breakWith(err) }

// Close stores what is typed, and gives the folder free.
func (w *Window) Close() error {
	if w.frame != nil {
		w.part()
		w.frame.Close()
		w.beside.close()
	}
	w.leaveDoorstep()
	w.end()
	return w.session.close()
}

// greet shows the first page, and enters when the workspace is open.
func (w *Window) greet() {
	if w.greeter != nil {
		w.greeter.Close()
	}
	w.greeter = welcome.NewScreen(w.ctx, w.welcome, &w.crew, w.speak)
	if w.welcome.State.Get().Stage == welcome.Found {
		w.greeter.OfferJoin(w.askLink)
	}
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
func (w *Window) enter() {
	w.shell = shell.NewPresenter(w.session, w.settings, &w.line)
	w.shell.Load(w.ctx)
	w.meet()
	w.beside = newBeside(w)
	w.show()
	w.follow()
}

// meet has the frame tell how it stands with the team, but in the demo, whose
// people have no laptops.
func (w *Window) meet() {
	w.reviews, _ = w.presenter(shell.Route{Page: shell.Reviewing}).(*conflicts.Presenter)
	w.shell.FollowReviews(conflicts.Line(w.reviews))
	ahead := []loader{w.reviews}
	if !w.shell.State.Get().Demo {
		w.mates, _ = w.presenter(shell.Route{Page: shell.TeamSync}).(*team.Presenter)
		w.shell.Follow(team.Line(w.mates))
		w.company = newCompany(w)
		ahead = append(ahead, w.mates)
	}
	w.crew.Go(func() {
		for _, p := range ahead {
			p.Load(w.ctx)
		}
	})
}

// part has nobody see this person any more.
func (w *Window) part() {
	if w.company != nil {
		w.company.close()
		w.company = nil
	}
}

// show builds the frame, anew when the language has changed.
func (w *Window) show() {
	if w.frame != nil {
		w.frame.Close()
	}
	w.toasts = kit.NewToasts()
	var here fyne.CanvasObject
	if w.company != nil {
		here = w.company.draw()
	}
	w.frame = shell.NewScreen(w.ctx, w.shell, shell.Window{
		Canvas: w.win.Canvas(), Build: w.build, Toasts: w.toasts, Crew: &w.crew, Past: w.past, Panel: w.beside.draw(), Here: here, Moved: w.beside.lead,
		New: w.newProject, Report: w.askReport, Sign: w.askSignOff, Own: w.leaveDemo,
		Undo: func() { w.walk(w.past.Undo, "undo-2") }, Redo: func() { w.walk(w.past.Redo, "redo-2") },
		Theme: w.applyTheme, Speak: w.speak, Mac: runtime.GOOS == "darwin",
	})
	w.win.SetContent(w.frame.Object())
}

func (w *Window) newProject() {
	overview.AskProject(w.ctx, w.win.Canvas(), overview.NewPresenter("", w.session, w.session.opts.Now), &w.crew, func(id string) {
		w.crew.Go(func() {
			w.shell.Load(w.ctx)
			w.shell.Go(shell.Route{Page: shell.Value, Project: id})
		})
	})
}

// Reload reads again what is on screen. Others are read when they are opened.
func (w *Window) Reload() {
	w.shell.Load(w.ctx)
	at := w.shell.State.Get().Route
	w.mu.Lock()
	p := w.pages[key(at)]
	w.mu.Unlock()
	if p != nil {
		p.Load(w.ctx)
	}
	w.loadStatus(at)
	if at.Page != shell.Reviewing {
		w.reviews.Load(w.ctx) // how many there are is said on every page
	}
	if at.Project != "" && (at.Page == shell.Overview || at.Page == shell.Requirements) {
		w.presenter(shell.Route{Page: shell.Thread, Project: at.Project}).Load(w.ctx)
	}
	w.beside.again()
}

// walk takes a step back or again, and says which.
func (w *Window) walk(step func(context.Context) (string, error), icon string) {
	var name string
	var err error
	w.crew.Then(func() { name, err = step(w.ctx) }, func() {
		switch {
		case err != nil:
			w.toasts.Say("circle-alert", words.Fault(err), "", nil)
		case name != "" && icon == "undo-2":
			w.toasts.Say(icon, words.T("Undone: %s", name), words.T("Redo"), func() { w.walk(w.past.Redo, "redo-2") })
		case name != "":
			w.toasts.Say(icon, words.T("Done again: %s", name), words.T("Undo"), func() { w.walk(w.past.Undo, "undo-2") })
		}
	})
}
