package window

import (
	"context"

	"cairn/app"
	"cairn/core/lifecycle"
	"cairn/ui/overview"
	"cairn/ui/shell"
	"cairn/ui/theme"
)

// latelyMost is how many of the latest changes the overview shows.
const latelyMost = 8

// Home implements overview.Source.
func (s *session) Home(ctx context.Context, project string) (overview.Home, error) {
	var out overview.Home
	guide, err := do(ctx, s, app.ShowGuide, app.GuideRequest{Project: project})
	if err != nil {
		return out, err
	}
	ready, err := do(ctx, s, app.ShowReadiness, app.ReadinessRequest{Project: project})
	if err != nil {
		return out, err
	}
	lately, err := do(ctx, s, app.ListActivity, app.ActivityRequest{Project: project, Limit: latelyMost})
	if err != nil {
		return out, err
	}
	out.Steps, out.Waits = tasks(project, guide.Steps), tasks(project, guide.Waits)
	if guide.Next != nil {
		out.Next = guide.Next.Parts()
	}
	for _, page := range append(ready.Pages, ready.Phase) {
		out.Pages = append(out.Pages, overview.Standing{Page: pageFor(page.Page), Mark: markOf(page.State), Missing: page.Musts})
	}
	for _, e := range lately.Entries {
		out.Happened = append(out.Happened, overview.Happening{
			Person: e.Person.Name, Number: theme.Hue(e.Person.ID), Say: e.Words, At: e.Time,
			To: shell.Route{Page: pageNamed(e.Page), Project: project, Document: e.Document.String()},
		})
	}
	return out, nil
}

func tasks(project string, steps []app.Step) []overview.Task {
	out := make([]overview.Task, len(steps))
	for i, s := range steps {
		out[i] = overview.Task{
			Say: s.Say.Parts(), Why: s.Why.Parts(), Must: s.Must,
			To: shell.Route{Page: pageFor(s.Page), Project: project, Document: s.Document},
		}
		for _, p := range s.Who.Persons {
			out[i].Who = append(out[i].Who, p.Name)
		}
		if len(s.Who.Persons) == 0 {
			out[i].Who = append(out[i].Who, s.Who.Roles...)
		}
	}
	return out
}

// pageFor returns the page on which something of the lifecycle is done.
func pageFor(page lifecycle.Page) shell.Page {
	if page == lifecycle.Design {
		return shell.SignOff
	}
	return shell.Page(page)
}
