package app

import (
	"context"
	"strings"
	"time"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// The use cases of projects.
var (
	CreateProject = Call[CreateProjectRequest, Project]{"project/create", "Makes a project.", (*App).createProject}
	ListProjects  = Call[ListProjectsRequest, []Project]{"project/list", "Lists the projects, the newest first.", (*App).listProjects}
	ShowProject   = Call[ProjectRequest, Project]{"project/show", "Shows a project and what each phase holds.", (*App).showProject}
)

// CreateProjectRequest asks for a new project.
type CreateProjectRequest struct {
	Name    string `json:"name"`
	Summary string `json:"summary,omitempty"`
}

// ListProjectsRequest asks for the projects.
type ListProjectsRequest struct{}

// ProjectRequest names a project: its ID, the first digits of it, or its name.
type ProjectRequest struct {
	Project string `json:"project"`
}

// Project is a project and what its phases hold.
type Project struct {
	ID      id.Doc    `json:"id"`
	Name    string    `json:"name"`
	Summary string    `json:"summary,omitempty"`
	Tags    []string  `json:"tags,omitempty"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Phases  []Phase   `json:"phases"`
}

// Phase is a phase of the lifecycle in one project.
type Phase struct {
	Name  string      `json:"name"`
	Kinds []KindCount `json:"kinds"`
}

// KindCount is how many documents of a kind there are.
type KindCount struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

func (a *App) createProject(ctx context.Context, req CreateProjectRequest) (Project, error) {
	name := strings.TrimSpace(req.Name)
	if err := checkName("project", name, "Give one: `cairn project create NAME`."); err != nil {
		return Project{}, err
	}
	made, err := a.create(ctx, noun.Projects.Kind, map[string]doc.Value{
		"name": doc.String(name), "summary": doc.String(req.Summary),
	})
	if err != nil {
		return Project{}, err
	}
	return a.project(made.ID)
}

func (a *App) listProjects(ctx context.Context, _ ListProjectsRequest) ([]Project, error) {
	page, err := a.index.List(index.Query{Noun: noun.Projects.Number, Order: index.Newest, Limit: maxPage})
	if err != nil {
		return nil, err
	}
	out := make([]Project, 0, len(page.Rows))
	for l, err := range a.listed(ctx, rowsOf(page.Rows)) {
		if err != nil {
			return nil, err
		}
		p, err := a.projectOf(l.doc)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (a *App) showProject(_ context.Context, req ProjectRequest) (Project, error) {
	name, err := a.findProject(req.Project)
	if err != nil {
		return Project{}, err
	}
	return a.project(name)
}

func (a *App) project(name id.Doc) (Project, error) {
	d, err := a.journal.Doc(name)
	if err != nil {
		return Project{}, err
	}
	return a.projectOf(d)
}

func (a *App) projectOf(d *doc.Doc) (Project, error) {
	name, view := d.ID(), noun.Projects.View(d)
	out := Project{
		ID: name, Name: view.Name, Summary: view.Summary, Tags: view.Tags,
		Created: name.Time(), Updated: d.Last().At.Time(),
	}
	for _, phase := range noun.Phases {
		p := Phase{Name: string(phase), Kinds: []KindCount{}}
		for _, kind := range a.catalog.Kinds() {
			if kind.Phase == phase {
				n, err := a.index.Count(kind.Number, name)
				if err != nil {
					return Project{}, err
				}
				p.Kinds = append(p.Kinds, KindCount{kind.Name, n})
			}
		}
		out.Phases = append(out.Phases, p)
	}
	return out, nil
}
