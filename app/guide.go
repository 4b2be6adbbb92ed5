package app

import (
	"context"
	"slices"
	"strings"

	"cairn/app/index"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/noun"
)

// ShowGuide tells what a person does best next in a project.
var ShowGuide = Call[GuideRequest, Guide]{"project/guide", "Tells what a person does best next in a project, and whom the rest waits for.", (*App).showGuide}

// GuideRequest asks what to do next.
type GuideRequest struct {
	Project string   `json:"project"`          // ID, first digits of it, or name
	Person  string   `json:"person,omitempty"` // ID, first digits of it, or name; the person of this device when left out
	Roles   []string `json:"roles,omitempty"`  // in which the person acts, instead of those that the person holds
}

// Guide is what to do next in a project, for one person.
type Guide struct {
	Project id.Doc    `json:"project"`
	Person  PersonRef `json:"person"`
	Roles   []string  `json:"roles"` // in which the person acts
	Steps   []Step    `json:"steps"` // the best first
	Waits   []Step    `json:"waits"` // what others must do
	// Next says what comes, when no step is a must.
	Next *Said `json:"next,omitempty"`
}

// Step is something to do.
type Step struct {
	Code     lifecycle.Code     `json:"code"`
	Must     bool               `json:"must"`
	Say      Said               `json:"say"`
	Why      Said               `json:"why"`
	Page     lifecycle.Page     `json:"page"`
	Document string             `json:"document,omitempty"`
	Field    string             `json:"field,omitempty"`
	Who      Givers             `json:"who"`   // who else can do it
	Score    int                `json:"score"` // the sum of what the reasons weigh
	Reasons  []lifecycle.Reason `json:"reasons"`
}

func (a *App) showGuide(ctx context.Context, req GuideRequest) (Guide, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return Guide{}, err
	}
	person := a.self().ID
	if req.Person != "" {
		if person, err = a.findPerson(req.Person); err != nil {
			return Guide{}, err
		}
	}
	in, err := a.standing(ctx, project)
	if err != nil {
		return Guide{}, err
	}
	plan := lifecycle.Guide(in, person, req.Roles)
	out := Guide{
		Project: project, Person: PersonRef{person, a.personName(person)}, Roles: append([]string{}, plan.Roles...),
		Steps: a.plainSteps(plan.Steps), Waits: a.plainSteps(plan.Waits),
	}
	if !plan.Next.IsZero() {
		next := plainSaid(plan.Next)
		out.Next = &next
	}
	return out, nil
}

func (a *App) plainSteps(steps []lifecycle.Step) []Step {
	out := make([]Step, len(steps))
	for i, s := range steps {
		out[i] = Step{
			Code: s.Code, Must: s.Must, Say: plainSaid(s.Say), Why: plainSaid(s.Why), Page: s.Page, Document: plainID(s.Doc), Field: s.Field,
			Who: a.plainWho(s.Who), Score: s.Score, Reasons: append([]lifecycle.Reason{}, s.Reasons...),
		}
	}
	return out
}

// findPerson returns the person called text: the ID, the first digits of it, or
// the name.
func (a *App) findPerson(text string) (id.Person, error) {
	page, err := a.index.List(index.Query{Noun: noun.Persons.Number, Text: strings.TrimSpace(text), Order: index.Oldest, Limit: maxPage})
	if err != nil {
		return id.Person{}, err
	}
	others := func(r index.Row) bool { return !strings.EqualFold(r.Title, strings.TrimSpace(text)) }
	named := slices.DeleteFunc(slices.Clone(page.Rows), others)
	switch {
	case len(named) == 1:
		return named[0].ID, nil
	case len(named) > 1:
		return id.Person{}, ambiguous(text, named)
	case len(page.Rows) == 1:
		return page.Rows[0].ID, nil
	}
	d, err := a.findDoc(text)
	if err == nil && d.Noun() == noun.Persons.Number {
		return d.ID(), nil
	}
	if err == nil || fault.KindOf(err) != fault.Conflict {
		err = fault.New(fault.NotFound, "There is nobody called %q in the workspace.", "`cairn doc list person` shows who is.").With(clip(text))
	}
	return id.Person{}, err
}
