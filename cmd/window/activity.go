package window

import (
	"context"

	"cairn/app"
	"cairn/core/lifecycle"
	"cairn/ui/activity"
	"cairn/ui/shell"
)

// happenings is what happened in the workspace.
type happenings struct{ *session }

// Activity implements activity.Source.
func (s happenings) Activity(ctx context.Context, project, person, after string) (activity.Page, error) {
	found, err := do(ctx, s.session, app.ListActivity, app.ActivityRequest{Project: project, Person: person, After: after})
	if err != nil {
		return activity.Page{}, err
	}
	out := activity.Page{Next: found.Next}
	for _, e := range found.Entries {
		shown := activity.Entry{
			Document: e.Document.String(), Kind: e.Kind, Page: string(pageNamed(e.Page)),
			Person: activity.Person(e.Person), Time: e.Time, Sentence: e.Words,
		}
		for _, d := range e.Details {
			shown.Details = append(shown.Details, activity.Detail{Label: d.Label, Part: d.Part, From: shortPart(d.From), To: shortPart(d.To)})
		}
		out.Entries = append(out.Entries, shown)
	}
	return out, nil
}

// pageNamed returns the page that an entry of the activity names, empty for one
// that this window does not have.
func pageNamed(name string) shell.Page {
	switch name {
	case "worksheet":
		return shell.Worksheets
	case "team":
		return ""
	default:
		return pageFor(lifecycle.Page(name))
	}
}

// People implements activity.Source.
func (s happenings) People(ctx context.Context) ([]activity.Person, error) {
	known, err := documents(s).People(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]activity.Person, len(known))
	for i, p := range known {
		out[i] = activity.Person{ID: p.ID, Name: p.Name}
	}
	return out, nil
}
