package window

import (
	"context"
	"math"
	"slices"
	"strconv"

	"cairn/app"
	"cairn/app/demo"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/lifecycle"
	corevalue "cairn/core/value"
	"cairn/ui/overview"
	"cairn/ui/requirements"
	"cairn/ui/shell"
	"cairn/ui/theme"
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
		Workspace: st.Workspace.Name, Person: st.Person.Name, Hue: theme.Hue(st.Person.ID.String()), Roles: st.Person.Roles,
		Folder: st.Folder, Version: st.Version, Devices: len(st.Peers), Demo: demo.In(st.Folder),
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
		out[i] = shell.Project{ID: p.ID.String(), Name: p.Name}
	}
	return out, nil
}

// pageOf says on which page the documents of a kind are.
var pageOf = map[string]shell.Page{
	"charter": shell.Charter, kindModel: shell.Value, kindRequirement: shell.Requirements, "key_metric": shell.Metrics,
	"data_source": shell.Sources, "expectation": shell.Sources, "responsibility": shell.Roles, "sign_off": shell.SignOff, "worksheet": shell.Worksheets,
}

// Documents implements shell.Source.
func (s *session) Documents(ctx context.Context, project string) ([]shell.Document, error) {
	var out []shell.Document
	for _, kind := range []string{kindRequirement, "key_metric", "data_source", "worksheet"} {
		rows, err := s.list(ctx, kind, project)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out = append(out, shell.Document{ID: row.ID.String(), Name: row.Title, Page: pageOf[kind]})
		}
	}
	return out, nil
}

// Marks implements shell.Source.
func (s *session) Marks(ctx context.Context, project string) (map[shell.Page]shell.Mark, error) {
	r, err := do(ctx, s, app.ShowReadiness, app.ReadinessRequest{Project: project})
	if err != nil {
		return nil, err
	}
	marks := map[shell.Page]shell.Mark{shell.SignOff: markOf(r.Phase.State)}
	for _, page := range r.Pages {
		marks[shell.Page(page.Page)] = markOf(page.State)
	}
	return marks, nil
}

// markOf returns how the window says a state.
func markOf(state lifecycle.State) shell.Mark {
	if state == lifecycle.NotStarted {
		return shell.NotStarted
	}
	return shell.Mark(state)
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
	return s.found(ctx, app.Founding{Workspace: f.Workspace, Person: f.Person, Roles: f.Roles, Device: app.HostName()})
}

// Demo implements welcome.Source. The demo has a folder of its own, beside the one
// that waits for a workspace.
func (s *session) Demo(ctx context.Context, person string) error {
	return s.openDemo(ctx, person)
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
		ready, err := do(ctx, s, app.ShowReadiness, app.ReadinessRequest{Project: p.ID.String()})
		if err != nil {
			return nil, err
		}
		out[i].Ready, out[i].Needed = ready.Ready, ready.Needed
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

// text returns a value as a person types it.
func text(v doc.Value) string {
	if s, ok := v.AsString(); ok {
		return s
	}
	if x, ok := v.AsFloat(); ok {
		return number(x)
	}
	if v.IsNull() {
		return ""
	}
	if ref, ok := v.AsRef(); ok {
		return ref.String()
	}
	return v.String()
}

// number returns x in digits: people don't write powers of ten, but of what has
// too many digits to be read.
func number(x float64) string {
	if most, least := 1e15, 1e-9; x != 0 && (math.Abs(x) >= most || math.Abs(x) < least) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
