package window

import (
	"context"

	"cairn/ui/activity"
	"cairn/ui/charter"
	"cairn/ui/conflicts"
	"cairn/ui/designer"
	"cairn/ui/kit"
	"cairn/ui/metrics"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/roles"
	"cairn/ui/shell"
	"cairn/ui/signoff"
	"cairn/ui/sources"
	"cairn/ui/team"
	"cairn/ui/thread"
	"cairn/ui/value"
	"cairn/ui/worksheet"
)

// loader is what the presenters of all pages can do.
type loader interface {
	Load(ctx context.Context) // reads what is stored now; what is typed stays
	Refresh()                 // shows the same in the language that is spoken now
}

// key is what a presenter is kept under.
func key(to shell.Route) shell.Route {
	to.Document = ""
	if to.Page.OfWorkspace() {
		to.Project = ""
	}
	return to
}

// build returns the screen of a page. Its presenter stays as long as the window.
func (w *Window) build(to shell.Route, head kit.Head) shell.Content {
	w.win.SetTitle(to.Page.Name() + " – Cairn")
	p := w.presenter(to)
	w.addStatus(to, &head)
	w.crew.Go(func() {
		p.Load(w.ctx)
		w.shell.Load(w.ctx) // how far the pages of another project are
		w.loadStatus(to)
	})
	page, watch := w.screen(to, p, head)
	w.beside.turn(page, to, watch)
	if w.company != nil {
		w.company.turn(page)
	}
	return page
}

// screen returns the screen of a presenter, and how to hear of every change of
// what it shows; nil when that is always about the same.
func (w *Window) screen(to shell.Route, p loader, head kit.Head) (page shell.Content, watch func(func()) func()) {
	now := w.session.opts.Now
	switch p := p.(type) {
	case *charter.Presenter:
		return charter.NewScreen(w.ctx, p, &w.crew, head, now), p.State.Watch
	case *value.Presenter:
		return value.NewScreen(w.ctx, p, &w.crew, w.toasts, head), p.State.Watch
	case *requirements.Presenter:
		return w.requirements(to, p, head), p.State.Watch
	case *sources.Presenter:
		return sources.NewScreen(w.ctx, p, &w.crew, w.toasts, head, w.goTo, now), p.State.Watch
	case *metrics.Presenter:
		return metrics.NewScreen(w.ctx, p, &w.crew, w.toasts, head, w.goTo, now), both(p.State.Watch, p.Around.Watch)
	case *thread.Presenter:
		return thread.NewScreen(w.ctx, p, &w.crew, head, w.goTo), nil
	case *signoff.Presenter:
		return signoff.NewScreen(p, w.signing(to.Project), head), nil
	case *roles.Presenter:
		return roles.NewScreen(w.ctx, p, &w.crew, w.toasts, head, now), p.Editor.State.Watch
	case *activity.Presenter:
		return activity.NewScreen(w.ctx, p, &w.crew, head), nil
	case *designer.Presenter:
		return designer.NewScreen(w.ctx, p, &w.crew, w.toasts, head, now), nil
	case *worksheet.Presenter:
		return worksheet.NewScreen(w.ctx, p, &w.crew, w.toasts, head, now), p.State.Watch
	case *team.Presenter:
		return team.NewScreen(w.ctx, p, &w.crew, w.toasts, head), nil
	case *conflicts.Presenter:
		return conflicts.NewScreen(p, conflicts.Window{
			Ctx: w.ctx, Crew: &w.crew, Toasts: w.toasts, Undo: func() { w.walk(w.past.Undo, "undo-2") },
			Open: func(page, project, document string) {
				w.shell.Go(shell.Route{Page: shell.Page(page), Project: project, Document: document})
			},
		}, head), nil
	default:
		return w.overview(to, p.(*overview.Presenter)), nil
	}
}

// both watches two values as if they were one.
func both(one, other func(func()) func()) func(func()) func() {
	return func(changed func()) (stop func()) {
		first, second := one(changed), other(changed)
		return func() { first(); second() }
	}
}

// presenter returns the one of a page, made when it is opened first.
func (w *Window) presenter(to shell.Route) loader {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := key(to)
	if w.pages[at] == nil {
		w.pages[at] = w.present(at)
	}
	return w.pages[at]
}

func (w *Window) present(to shell.Route) loader {
	docs := documents{w.session}
	switch to.Page {
	case shell.Charter:
		return charter.NewPresenter(to.Project, docs, &w.line, w.past)
	case shell.Value:
		return value.NewPresenter(to.Project, w.session, &w.line, w.past, w.session.opts.Now)
	case shell.Requirements:
		return requirements.NewPresenter(to.Project, docs, &w.line, w.past)
	case shell.Sources:
		return sources.NewPresenter(to.Project, docs, &w.line, w.past)
	case shell.Metrics:
		return metrics.NewPresenter(to.Project, docs, &w.line, w.past)
	case shell.Thread:
		return thread.NewPresenter(to.Project, w.session)
	case shell.SignOff:
		return signoff.NewPresenter(to.Project, w.session, w.past)
	case shell.Roles:
		return roles.NewPresenter(to.Project, docs, &w.line, w.past)
	case shell.Activity:
		return activity.NewPresenter(to.Project, happenings{w.session}, func(page, document string) {
			w.shell.Go(shell.Route{Page: shell.Page(page), Project: to.Project, Document: document})
		}, w.session.opts.Now)
	case shell.Templates:
		return designer.NewPresenter(templates{w.session, w.chooseTemplate}, &w.line, w.past, suffix)
	case shell.Worksheets:
		return worksheet.NewPresenter(to.Project, worksheets{w.session}, &w.line, w.past)
	case shell.TeamSync:
		s := mates{w.session}
		return team.NewPresenter(s, s.deeds(), w.session.opts.Now)
	case shell.Reviewing:
		return conflicts.NewPresenter(rivals{documents: docs}, w.past, w.session.opts.Now)
	default:
		return overview.NewPresenter(to.Project, w.session, w.session.opts.Now)
	}
}

// goTo shows a document of a kind on its page.
func (w *Window) goTo(kind, id string) {
	w.shell.Go(shell.Route{Page: pageOf[kind], Project: w.shell.State.Get().Route.Project, Document: id})
}
