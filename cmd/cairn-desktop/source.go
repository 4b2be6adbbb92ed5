package main

import (
	"context"
	"slices"
	"strconv"

	"cairn/app"
	"cairn/core/doc"
	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/shell"
	"cairn/ui/value"
	"cairn/ui/welcome"
	"cairn/ui/words"
)

// The kinds of documents that the window asks for by name.
const (
	kindModel       = "value_model"
	kindRequirement = "requirement"
	kindPerson      = "person"

	// listMost is more than a project has of one kind.
	listMost = 10_000
)

// Whoami implements shell.Source.
func (s *session) Whoami(ctx context.Context) (shell.Identity, error) {
	st, err := do(ctx, s, app.GetStatus, app.StatusRequest{})
	if err != nil {
		return shell.Identity{}, err
	}
	return shell.Identity{
		Workspace: st.Workspace.Name, Person: st.Person.Name, Roles: st.Person.Roles,
		Folder: st.Folder, Version: st.Version, Devices: len(st.Peers),
	}, nil
}

// Projects implements shell.Source.
func (s *session) Projects(ctx context.Context) ([]shell.Project, error) {
	found, err := do(ctx, s, app.ListProjects, app.ListProjectsRequest{})
	if err != nil {
		return nil, err
	}
	out := make([]shell.Project, len(found))
	for i, p := range found {
		out[i] = shell.Project{ID: p.ID.String(), Name: p.Name, Ready: map[shell.Page]bool{
			shell.Value: counted(p, kindModel) > 0, shell.Requirements: counted(p, kindRequirement) > 0,
		}}
	}
	return out, nil
}

// counted returns how many documents of a kind a project has.
func counted(p app.Project, kind string) int {
	for _, phase := range p.Phases {
		for _, k := range phase.Kinds {
			if k.Kind == kind {
				return k.Count
			}
		}
	}
	return 0
}

// Found implements welcome.Source.
func (s *session) Found(ctx context.Context, f welcome.Founding) error {
	return s.found(ctx, app.Founding{Workspace: f.Workspace, Person: f.Person, Roles: f.Roles})
}

// Unlock implements welcome.Source.
func (s *session) Unlock(ctx context.Context, passphrase string) error {
	return s.unlock(ctx, passphrase)
}

// Cards implements overview.Source.
func (s *session) Cards(ctx context.Context) ([]overview.Project, error) {
	found, err := do(ctx, s, app.ListProjects, app.ListProjectsRequest{})
	if err != nil {
		return nil, err
	}
	out := make([]overview.Project, len(found))
	for i, p := range found {
		out[i] = overview.Project{ID: p.ID.String(), Name: p.Name, Summary: p.Summary, Updated: p.Updated}
		if counted(p, kindRequirement) > 0 {
			rows, err := s.list(ctx, kindRequirement, p.ID.String())
			if err != nil {
				return nil, err
			}
			out[i].Requirements, out[i].Measurable = len(rows), measurable(rows)
		}
		if counted(p, kindModel) == 0 {
			continue
		}
		// One that can't be read is said on its own page.
		if m, err := s.Find(ctx, p.ID.String(), ""); err == nil {
			out[i].Model = &m.Model
		}
	}
	return out, nil
}

func measurable(rows []app.DocRow) int {
	n := 0
	for _, r := range rows {
		if text(r.Fields[requirements.Metric]) != "" && text(r.Fields[requirements.Comparison]) != "" && text(r.Fields[requirements.Threshold]) != "" {
			n++
		}
	}
	return n
}

// CreateProject implements overview.Source.
func (s *session) CreateProject(ctx context.Context, name, summary string) (string, error) {
	made, err := do(ctx, s, app.CreateProject, app.CreateProjectRequest{Name: name, Summary: summary})
	return made.ID.String(), err
}

func (s *session) list(ctx context.Context, kind, project string) ([]app.DocRow, error) {
	page, err := do(ctx, s, app.ListDocs, app.ListDocsRequest{Kind: kind, Project: project, Limit: listMost})
	return page.Documents, err
}

// Templates implements value.Source.
func (s *session) Templates(context.Context) ([]value.Named, error) {
	names, err := app.ValueTemplates()
	if err != nil {
		return nil, err
	}
	out := make([]value.Named, len(names))
	for i, name := range names {
		m, err := app.ValueTemplate(name)
		if err != nil {
			return nil, err
		}
		out[i] = value.Named{ID: name, Model: m}
	}
	return out, nil
}

// Find implements value.Source.
func (s *session) Find(ctx context.Context, project, name string) (value.Document, error) {
	rows, err := s.list(ctx, kindModel, project)
	if err != nil {
		return value.Document{}, err
	}
	var names []string
	for _, row := range slices.Backward(rows) { // they come newest first
		names = append(names, row.Title)
		if name == "" {
			name = row.Title
		}
	}
	if len(rows) == 0 {
		return value.Document{}, fault.New(fault.NotFound, "The project has no value model yet.", "Start from a template.")
	}
	found, err := do(ctx, s, app.ShowValueModel, app.ValueModelRequest{Project: project, Name: name})
	if err != nil {
		return value.Document{}, err
	}
	shown, err := do(ctx, s, app.ShowDoc, app.DocRequest{ID: found.ID.String()})
	if err != nil {
		return value.Document{}, err
	}
	out := value.Document{ID: found.ID.String(), Model: found.Model, Names: names, By: shown.UpdatedBy, At: shown.Updated, ReadOnly: shown.Newer}
	for field, versions := range shown.Conflicts {
		c := value.Conflict{Field: field, Label: words.Data(field)}
		for _, v := range versions {
			c.Versions = append(c.Versions, value.Version{Text: text(v.Value), By: v.Person, At: v.Time.Local().Format("2006-01-02 15:04")})
		}
		out.Conflicts = append(out.Conflicts, c)
	}
	return out, nil
}

// Save implements value.Source.
func (s *session) Save(ctx context.Context, project string, m corevalue.Model) error {
	_, err := do(ctx, s, app.SaveValueModel, app.SaveValueModelRequest{Project: project, Model: m})
	return err
}

// Resolve implements value.Source.
func (s *session) Resolve(ctx context.Context, id, field, choice string) error {
	_, err := do(ctx, s, app.ResolveConflict, app.ResolveRequest{ID: id, Field: field, Choice: choice})
	return err
}

// List implements requirements.Source.
func (s *session) List(ctx context.Context, project string) ([]requirements.Requirement, []requirements.Person, error) {
	rows, err := s.list(ctx, kindRequirement, project)
	if err != nil {
		return nil, nil, err
	}
	var out []requirements.Requirement
	for _, row := range slices.Backward(rows) {
		r := requirements.Requirement{ID: row.ID.String(), Fields: map[string]string{}}
		for field, v := range row.Fields {
			r.Fields[field] = text(v)
		}
		if row.Conflicts > 0 {
			shown, err := do(ctx, s, app.ShowDoc, app.DocRequest{ID: r.ID})
			if err != nil {
				return nil, nil, err
			}
			for field := range shown.Conflicts {
				r.Conflicts = append(r.Conflicts, words.Data(field))
			}
		}
		out = append(out, r)
	}
	known, err := s.list(ctx, kindPerson, "")
	if err != nil {
		return nil, nil, err
	}
	people := make([]requirements.Person, len(known))
	for i, p := range known {
		people[i] = requirements.Person{ID: p.ID.String(), Name: p.Title}
	}
	return out, people, nil
}

// Create implements requirements.Source.
func (s *session) Create(ctx context.Context, project string, fields map[string]string) (string, error) {
	made, err := do(ctx, s, app.CreateDoc, app.CreateDocRequest{Kind: kindRequirement, Project: project, Fields: fields})
	return made.ID.String(), err
}

// Set implements requirements.Source.
func (s *session) Set(ctx context.Context, id, field, text string) error {
	_, err := do(ctx, s, app.SetField, app.SetFieldRequest{ID: id, Field: field, Value: text})
	return err
}

// Trash implements requirements.Source.
func (s *session) Trash(ctx context.Context, id string, trashed bool) error {
	call := app.TakeFromTrash
	if trashed {
		call = app.MoveToTrash
	}
	_, err := do(ctx, s, call, app.DocRequest{ID: id})
	return err
}

// text returns a value as a person types it.
func text(v doc.Value) string {
	if s, ok := v.AsString(); ok {
		return s
	}
	if x, ok := v.AsFloat(); ok {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	if v.IsNull() {
		return ""
	}
	if ref, ok := v.AsRef(); ok {
		return ref.String()
	}
	return v.String()
}
