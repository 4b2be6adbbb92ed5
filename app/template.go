package app

import (
	"context"
	"time"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/template"
	"cairn/core/value"
)

// The use cases of templates: design documents to fill in, and value models.
var (
	ListTemplates   = Call[ListTemplatesRequest, []TemplateRow]{"template/list", "Lists the templates: design documents and value models, those that Cairn comes with and the team's own.", (*App).listTemplates}
	ShowTemplate    = Call[TemplateRequest, Template]{"template/show", "Shows a template, its versions and what keeps it from being published.", (*App).showTemplate}
	SaveTemplate    = Call[SaveTemplateRequest, Template]{"template/save", "Makes or changes a design template of the team, where it differs.", (*App).saveTemplate}
	PublishTemplate = Call[PublishTemplateRequest, Template]{"template/publish", "Makes the next version of a design template, which projects can fill in.", (*App).publishTemplate}
	ImportTemplate  = Call[ImportTemplateRequest, Template]{"template/import", "Makes a design template of the team from a file and publishes it.", (*App).importTemplate}
	ExportTemplate  = Call[TemplateRequest, TemplateFile]{"template/export", "Writes a template as a file in YAML.", (*App).exportTemplate}
)

// The sorts of templates.
const (
	DesignTemplates = "design" // sections with fields
	ValueModels     = "value"  // formulas, see package value
)

// Who made a template.
const (
	OfCairn = "cairn"
	OfTeam  = "team"
)

// ListTemplatesRequest asks for the templates.
type ListTemplatesRequest struct {
	Sort string `json:"sort,omitempty"` // design or value; both when not given
}

// TemplateRow is a template in a list.
type TemplateRow struct {
	ID       string `json:"id"` // of a document, or the name under which Cairn has it
	Name     string `json:"name"`
	Sort     string `json:"sort"` // design or value
	From     string `json:"from"` // cairn or team
	About    string `json:"about,omitempty"`
	Phase    string `json:"phase,omitempty"`
	Sections int    `json:"sections"`
	Fields   int    `json:"fields"`
	Version  int    `json:"version"` // the latest; 0 when none was published
	Changed  bool   `json:"changed"` // there is more than was published
}

// TemplateRequest names a template.
type TemplateRequest struct {
	// Template is the ID, its first digits, the name, or the name under which
	// Cairn has it.
	Template string `json:"template"`
	Version  int    `json:"version,omitempty"` // of a design template; what is being edited when not given
}

// Template is a template as it is being edited, or as it was published.
type Template struct {
	ID        string                `json:"id"`
	Name      string                `json:"name"`
	Sort      string                `json:"sort"` // design or value
	From      string                `json:"from"` // cairn or team
	About     string                `json:"about,omitempty"`
	Phase     string                `json:"phase,omitempty"`
	Sections  []template.Section    `json:"sections"` // none of a value model
	Version   int                   `json:"version"`  // the latest, or the one that was asked for; 0 when none was published
	Versions  []TemplateVersion     `json:"versions"` // the oldest first
	Changes   []template.Change     `json:"changes"`  // since the latest version
	Problems  []*template.Error     `json:"problems"` // what keeps it from being published
	Conflicts map[string][]Conflict `json:"conflicts,omitempty"`
	Latest    *template.Template    `json:"latest,omitempty"` // what the latest version asks, of a template of the team
	Model     *value.Model          `json:"model,omitempty"`
}

// Design returns what is filled in.
func (t Template) Design() template.Template {
	return template.Template{Name: t.Name, About: t.About, Phase: t.Phase, Sections: t.Sections}
}

// TemplateVersion is a version of a design template.
type TemplateVersion struct {
	ID      int64             `json:"id"` // names it for ever
	Number  int               `json:"number"`
	Note    string            `json:"note,omitempty"`
	By      string            `json:"by,omitempty"` // a person; empty for Cairn
	At      *time.Time        `json:"at,omitempty"`
	Changes []template.Change `json:"changes"` // from the one before
}

func (a *App) listTemplates(ctx context.Context, req ListTemplatesRequest) ([]TemplateRow, error) {
	if req.Sort != "" && req.Sort != DesignTemplates && req.Sort != ValueModels {
		return nil, fault.New(fault.Invalid, "There are no templates of a sort %s.", "The sorts are design and value.").With(clip(req.Sort))
	}
	out := []TemplateRow{}
	if req.Sort != ValueModels {
		docs, err := a.teamTemplates(ctx)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			if a.builtinOf(d.ID()) == "" {
				out = append(out, a.teamTemplate(d).Row())
			}
		}
	}
	builtins, err := BuiltinTemplates()
	if err != nil {
		return nil, err
	}
	for _, t := range builtins {
		if req.Sort == "" || req.Sort == t.Sort {
			out = append(out, t.Row())
		}
	}
	return out, nil
}

// Row returns the template as a list shows it.
func (t Template) Row() TemplateRow {
	return TemplateRow{
		ID: t.ID, Name: t.Name, Sort: t.Sort, From: t.From, About: t.About, Phase: t.Phase,
		Sections: len(t.Sections), Fields: len(t.Design().Fields()), Version: t.Version, Changed: len(t.Changes) > 0 || t.Version == 0,
	}
}

// teamTemplates returns the documents of templates by title.
func (a *App) teamTemplates(ctx context.Context) ([]*doc.Doc, error) {
	var out []*doc.Doc
	for l, err := range a.listed(ctx, a.index.All(index.Query{Noun: noun.Templates.Number, Order: index.ByTitle})) {
		if err != nil {
			return nil, err
		}
		if !l.doc.Trashed() { // the row may be older
			out = append(out, l.doc)
		}
	}
	return out, nil
}

// teamTemplate returns the template that d holds.
func (a *App) teamTemplate(d *doc.Doc) Template {
	draft := template.View(d)
	versions := template.Versions(noun.Templates.View(d).Versions)
	if isCairns(versions) {
		return builtin(d.ID().String(), versions[len(versions)-1].Template)
	}
	out := Template{
		ID: d.ID().String(), Name: draft.Name, Sort: DesignTemplates, From: OfTeam, About: draft.About, Phase: draft.Phase,
		Sections: orNone(draft.Sections), Version: len(versions), Versions: []TemplateVersion{},
		Changes: []template.Change{}, Problems: append([]*template.Error{}, template.Problems(draft)...), Conflicts: a.plain(d).Conflicts,
	}
	var before template.Template
	for i, v := range versions {
		shown := TemplateVersion{ID: v.ID, Number: v.Number, Note: v.Note, Changes: []template.Change{}}
		if !v.By.IsZero() {
			shown.By = a.personName(v.By)
		}
		if !v.At.IsZero() {
			shown.At = &v.At
		}
		if i > 0 {
			shown.Changes = append(shown.Changes, template.Diff(before, v.Template)...)
		}
		before = v.Template
		out.Versions = append(out.Versions, shown)
	}
	if len(versions) > 0 {
		out.Changes, out.Latest = append(out.Changes, template.Diff(before, draft)...), &before
	}
	return out
}

// isCairns reports whether versions are of a template that a later Cairn comes
// with, and this one does not know.
func isCairns(versions []template.Version) bool {
	return len(versions) > 0 && versions[len(versions)-1].By.IsZero()
}

// orNone returns sections for files, in which no list is null.
func orNone(sections []template.Section) []template.Section {
	out := append([]template.Section{}, sections...)
	for i := range out {
		out[i].Fields = append([]template.Field{}, out[i].Fields...)
	}
	return out
}

func (a *App) showTemplate(ctx context.Context, req TemplateRequest) (Template, error) {
	found, err := a.findTemplate(ctx, req.Template)
	if err != nil {
		return Template{}, err
	}
	switch {
	case found.builtin() != "":
		return BuiltinTemplate(found.builtin())
	case req.Version != 0:
		return a.publishedTemplate(found.team, req.Version)
	default:
		return a.teamTemplate(found.team), nil
	}
}

// publishedTemplate returns a team's template as it was in a version.
func (a *App) publishedTemplate(d *doc.Doc, number int) (Template, error) {
	out := a.teamTemplate(d)
	versions := template.Versions(noun.Templates.View(d).Versions)
	if number < 1 || number > len(versions) {
		return Template{}, noVersion(out.Name, len(versions))
	}
	t := versions[number-1].Template
	out.Name, out.About, out.Phase, out.Sections, out.Version = t.Name, t.About, t.Phase, orNone(t.Sections), number
	out.Problems = []*template.Error{}
	return out, nil
}
