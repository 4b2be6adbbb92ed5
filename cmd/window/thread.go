package window

import (
	"context"

	"fyne.io/fyne/v2"

	"cairn/app"
	corethread "cairn/core/thread"
	"cairn/ui/kit"
	"cairn/ui/metrics"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/shell"
	"cairn/ui/thread"
)

// Strands implements thread.Source.
func (s *session) Strands(ctx context.Context, project string) ([]corethread.Strand, error) {
	found, err := do(ctx, s, app.ShowThread, app.ThreadRequest{Project: project})
	return found.Strands, err
}

// Links implements metrics.Source.
func (s documents) Links(ctx context.Context, project string) (metrics.Links, error) {
	board, err := do(ctx, s.session, app.ShowBoard, app.BoardRequest{Project: project})
	if err != nil {
		return metrics.Links{}, err
	}
	out := metrics.Links{Metrics: map[string]metrics.Link{}}
	for _, column := range board.Columns {
		for _, m := range column.Metrics {
			var link metrics.Link
			for _, r := range m.Requirements {
				link.Requirements = append(link.Requirements, r.String())
			}
			for _, f := range m.Flags {
				link.Flags = append(link.Flags, f.Flag)
			}
			out.Metrics[m.ID.String()] = link
		}
	}
	for _, r := range board.Requirements {
		for _, f := range r.Flags {
			if f.Flag == corethread.FlagUnlinked {
				out.Unserved = append(out.Unserved, r.ID.String())
			}
		}
	}
	return out, nil
}

// followed is a page with a part of the thread on it.
type followed[T shell.Content] struct {
	page   T
	beside *thread.Beside
}

// Object implements shell.Content.
func (f followed[T]) Object() fyne.CanvasObject { return f.page.Object() }

// Close implements shell.Content.
func (f followed[T]) Close() {
	f.page.Close()
	f.beside.Close()
}

// needs is the page of requirements: the window asks it more than any page.
type needs struct{ followed[*requirements.Screen] }

// About returns the document that the page is on.
func (n needs) About() string { return n.page.About() }

// Show selects a requirement.
func (n needs) Show(id string) { n.page.Show(id) }

// requirements returns the page of requirements, with the strand of the selected
// one below its fields.
func (w *Window) requirements(to shell.Route, p *requirements.Presenter, head kit.Head) shell.Content {
	var page *requirements.Screen
	beside := w.thread(to.Project, func() {
		if page != nil {
			page.Resize()
		}
	})
	page = requirements.NewScreen(w.ctx, p, &w.crew, w.toasts, head, beside, w.session.opts.Now)
	return needs{followed[*requirements.Screen]{page, beside}}
}

// overview returns the overview, with the thread of the project as a whole.
func (w *Window) overview(to shell.Route, p *overview.Presenter) shell.Content {
	var page *overview.Screen
	beside := w.thread(to.Project, func() {
		if page != nil {
			page.Resize()
		}
	})
	page = overview.NewScreen(w.ctx, p, &w.crew, w.shell.Go, w.newProject, beside.Card())
	return followed[*overview.Screen]{page, beside}
}

// thread returns a part of a project's thread, read anew for the page that it is
// for.
func (w *Window) thread(project string, grown func()) *thread.Beside {
	p := w.presenter(shell.Route{Page: shell.Thread, Project: project}).(*thread.Presenter)
	if project != "" {
		w.crew.Go(func() { p.Load(w.ctx) })
	}
	return thread.NewBeside(p, w.goTo, grown)
}
