package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"cairn/assets"
	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/edit"
	"cairn/ui/overview"
	"cairn/ui/shell"
	"cairn/ui/value"
	"cairn/ui/welcome"
)

// churn is the project that most pictures show.
const churn = "01k8churn"

// world is what a workspace would answer.
type world struct {
	identity  shell.Identity
	projects  []shell.Project
	document  *value.Document
	templates []value.Named
	broken    error
	slow      bool
	open      string // the project that is open
	cards     []overview.Project
	needs     []edit.Document
	people    []edit.Person
}

func newWorld() *world {
	w := &world{
		identity: shell.Identity{Workspace: "Telco", Person: "Minji Kim", Roles: []string{"data scientist"}, Folder: "/home/minji/.local/share/cairn", Version: "0.1.0"},
		projects: []shell.Project{
			{ID: churn, Name: "Churn reduction"},
			{ID: "01k8fraud", Name: "Card fraud"},
		},
	}
	for _, id := range []string{"churn", "demand-forecast", "document-triage", "fraud", "lead-scoring", "predictive-maintenance", "recommendation"} {
		raw, err := assets.Templates.ReadFile("templates/" + id + ".yaml")
		if err != nil {
			panic(err) // it is built in
		}
		m, err := corevalue.ReadYAML(raw)
		if err != nil {
			panic(err)
		}
		w.templates = append(w.templates, value.Named{ID: id, Model: m})
	}
	w.open = churn
	w.cards = []overview.Project{
		{ID: churn, Name: "Churn reduction", Summary: "Offer a discount to customers who are about to leave", Model: &w.templates[0].Model, Requirements: 4, Measurable: 3, Updated: now.Add(-2 * time.Hour)},
		{ID: "01k8fraud", Name: "Card fraud", Model: &w.templates[3].Model, Updated: now.Add(-30 * time.Hour)},
		{ID: "01k8docs", Name: "Claims triage", Summary: "Route claims to the right desk", Requirements: 1, Updated: now.Add(-9 * 24 * time.Hour)},
	}
	w.people = []edit.Person{{ID: "01k8minji", Name: "Minji Kim"}, {ID: "01k8jisoo", Name: "Jisoo Park"}, {ID: "01k8sofia", Name: "Sofia Lind"}}
	w.needs = []edit.Document{
		{ID: "01k8r1", Fields: map[string]string{"title": "At least 80 % of churners found", "area": "accuracy", "metric": "recall", "comparison": ">=", "threshold": "0.8", "unit": "%", "owner": "01k8jisoo", "notes": "Below that the discount does not pay: the value estimate breaks even at 28 %, and marketing wants a margin."}},
		{ID: "01k8r2", Fields: map[string]string{"title": "A score within 200 ms", "area": "speed", "metric": "latency p95", "comparison": "<=", "threshold": "200", "unit": "ms", "owner": "01k8minji"}},
		{ID: "01k8r3", Fields: map[string]string{"title": "Each score comes with its three main reasons", "area": "transparency", "owner": "01k8sofia"}},
		{ID: "01k8r4", Fields: map[string]string{"title": "Running costs stay within the budget", "area": "budget", "metric": "cost", "comparison": "<=", "threshold": "1100", "unit": "USD/month"}},
	}
	w.document = &value.Document{ID: "01k8model", Model: w.templates[0].Model, By: "Jisoo Park", At: now.Add(-2 * time.Hour)}
	return w
}

// Whoami implements shell.Source.
func (w *world) Whoami(context.Context) (shell.Identity, error) { return w.identity, nil }

// Projects implements shell.Source.
func (w *world) Projects(context.Context) ([]shell.Project, error) { return w.projects, nil }

// Templates implements value.Source.
func (w *world) Templates(context.Context) ([]value.Named, error) { return w.templates, nil }

// Find implements value.Source.
func (w *world) Find(context.Context, string, string) (value.Document, error) {
	switch {
	case w.broken != nil:
		return value.Document{}, w.broken
	case w.document == nil:
		return value.Document{}, fault.New(fault.NotFound, "The project has no value model yet.", "")
	}
	return *w.document, nil
}

// Save implements value.Source.
func (w *world) Save(_ context.Context, _ string, m corevalue.Model) error {
	if w.broken != nil {
		return w.broken
	}
	w.document = &value.Document{ID: "01k8model", Model: m, By: w.identity.Person, At: now}
	return nil
}

// Resolve implements value.Source.
func (w *world) Resolve(context.Context, string, string, string) error {
	w.document.Conflicts = nil
	return nil
}

// Found implements welcome.Source.
func (w *world) Found(context.Context, welcome.Founding) error { return w.broken }

// Unlock implements welcome.Source.
func (w *world) Unlock(context.Context, string) error { return w.broken }

// Cards implements overview.Source.
func (w *world) Cards(context.Context) ([]overview.Project, error) { return w.cards, w.broken }

// CreateProject implements overview.Source.
func (w *world) CreateProject(context.Context, string, string) (string, error) {
	return churn, w.broken
}

// documents is the world as pages of documents see it.
type documents struct{ *world }

// Documents implements edit.Source.
func (w documents) Documents(_ context.Context, _, kind string) ([]edit.Document, error) {
	if kind == "charter" {
		return nil, w.broken
	}
	return w.needs, w.broken
}

// Create implements edit.Source.
func (w documents) Create(context.Context, string, string, map[string]string) (string, error) {
	return "01k8new", w.broken
}

// Change implements edit.Source.
func (w documents) Change(context.Context, string, map[string]string, map[string]string) error {
	return w.broken
}

// Trash implements edit.Source.
func (w documents) Trash(context.Context, string, bool) error { return w.broken }

// Resolve implements edit.Source.
func (w documents) Resolve(context.Context, string, string, int, string) error { return w.broken }

// People implements edit.People.
func (w documents) People(context.Context) ([]edit.Person, error) { return w.people, w.broken }

// Marks implements shell.Source.
func (w *world) Marks(context.Context, string) (map[shell.Page]shell.Mark, error) {
	return map[shell.Page]shell.Mark{shell.Charter: shell.Approved, shell.Value: shell.InReview, shell.Requirements: shell.Started}, nil
}

// Documents implements shell.Source.
func (w *world) Documents(context.Context, string) ([]shell.Document, error) {
	var out []shell.Document
	for _, d := range w.needs {
		out = append(out, shell.Document{ID: d.ID, Name: d.Fields["title"], Page: shell.Requirements})
	}
	return out, nil
}

// long is text that no layout was made for.
func long(text string) string { return strings.Join(slices.Repeat([]string{text}, 12), " ") }
