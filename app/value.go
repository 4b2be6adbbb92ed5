package app

import (
	"context"
	"slices"
	"strings"

	"cairn/app/index"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/value"
)

// The use cases of value models.
var (
	EstimateValue  = Call[EstimateValueRequest, value.Estimate]{"value/estimate", "Estimates what a model is worth.", (*App).estimateValue}
	ShowValueModel = Call[ValueModelRequest, SavedModel]{"value/show", "Shows a project's value model.", (*App).showValueModel}
	SaveValueModel = Call[SaveValueModelRequest, SavedModel]{"value/save", "Makes or changes a value model of a project.", (*App).saveValueModel}
)

// EstimateValueRequest asks for the estimate of one model: a project's, a
// template, or the one given.
type EstimateValueRequest struct {
	Project  string            `json:"project,omitempty"` // ID, first digits of it, or name
	Name     string            `json:"name,omitempty"`    // of the model, where the project has several
	Template string            `json:"template,omitempty"`
	Model    *value.Model      `json:"model,omitempty"`
	Set      map[string]string `json:"set,omitempty"` // variable or cost → number or range, as a person types it
	Samples  int               `json:"samples,omitempty"`
	Seed     uint64            `json:"seed,omitempty"`
}

// ValueModelRequest names a value model of a project.
type ValueModelRequest struct {
	Project string `json:"project"`        // ID, first digits of it, or name
	Name    string `json:"name,omitempty"` // where the project has several
}

// SavedModel is a value model and the document that holds it.
type SavedModel struct {
	ID      id.Doc      `json:"id"`
	Project id.Doc      `json:"project"`
	Model   value.Model `json:"model"`
}

// SaveValueModelRequest asks for a project to hold a model. One of the same
// name is changed, only where it differs.
type SaveValueModelRequest struct {
	Project string      `json:"project"`
	Model   value.Model `json:"model"`
}

func (a *App) estimateValue(ctx context.Context, req EstimateValueRequest) (value.Estimate, error) {
	m, err := a.requestedModel(ctx, req)
	if err != nil {
		return value.Estimate{}, err
	}
	if m, err = m.With(req.Set); err != nil {
		return value.Estimate{}, err
	}
	plan, err := value.Check(m)
	if err != nil {
		return value.Estimate{}, err
	}
	e, err := plan.Estimate(value.Options{Samples: req.Samples, Seed: req.Seed})
	if err != nil {
		return value.Estimate{}, err
	}
	return *e, nil
}

func (a *App) requestedModel(ctx context.Context, req EstimateValueRequest) (value.Model, error) {
	switch {
	case req.Model != nil && req.Project == "" && req.Template == "":
		return *req.Model, nil
	case req.Template != "" && req.Project == "" && req.Model == nil:
		return ValueTemplate(req.Template)
	case req.Project != "" && req.Template == "" && req.Model == nil:
		found, err := a.showValueModel(ctx, ValueModelRequest{req.Project, req.Name})
		return found.Model, err
	default:
		return value.Model{}, fault.New(fault.Invalid, "An estimate needs one model.", "Give one of project, template and model.")
	}
}

func (a *App) showValueModel(_ context.Context, req ValueModelRequest) (SavedModel, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return SavedModel{}, err
	}
	rows, err := a.valueModels(project)
	if err != nil {
		return SavedModel{}, err
	}
	if req.Name != "" {
		rows = slices.DeleteFunc(rows, func(r index.Row) bool { return !strings.EqualFold(r.Title, strings.TrimSpace(req.Name)) })
	}
	switch {
	case len(rows) == 1:
		return a.valueModel(rows[0].ID)
	case len(rows) > 1:
		names := make([]string, len(rows))
		for i, r := range rows {
			names[i] = r.Title
		}
		slices.Sort(names)
		return SavedModel{}, fault.New(fault.Conflict, "The project has several value models: %s.", "Say which one by its name.").With(strings.Join(names, ", "))
	case req.Name != "":
		return SavedModel{}, fault.New(fault.NotFound, "The project has no value model called %q.", "`cairn doc list value_model --project P` shows those it has.").With(clip(req.Name))
	default:
		return SavedModel{}, fault.New(fault.NotFound, "The project has no value model yet.", "Make one with `cairn value save --project P --template churn`.")
	}
}

// valueModels returns the rows of a project's models.
func (a *App) valueModels(project id.Doc) ([]index.Row, error) {
	page, err := a.index.List(index.Query{Noun: noun.ValueModels.Number, Project: project, Order: index.Newest, Limit: maxPage})
	return page.Rows, err
}

func (a *App) valueModel(name id.Doc) (SavedModel, error) {
	d, err := a.journal.Doc(name)
	if err != nil {
		return SavedModel{}, err
	}
	m, err := modelOf(d)
	return SavedModel{ID: name, Project: noun.ProjectOf(d), Model: m}, err
}

func (a *App) saveValueModel(ctx context.Context, req SaveValueModelRequest) (SavedModel, error) {
	req.Model.Name = strings.TrimSpace(req.Model.Name)
	if err := checkName("value model", req.Model.Name, "Write it as `name:` in the file, or give it with --name."); err != nil {
		return SavedModel{}, err
	}
	if _, err := value.Check(req.Model); err != nil {
		return SavedModel{}, err
	}
	fields, err := fieldsOf(req.Model)
	if err != nil {
		return SavedModel{}, err
	}
	project, err := a.findProject(req.Project)
	if err != nil {
		return SavedModel{}, err
	}
	rows, err := a.valueModels(project)
	if err != nil {
		return SavedModel{}, err
	}
	for _, r := range rows {
		if strings.EqualFold(r.Title, req.Model.Name) {
			return a.rewriteValueModel(ctx, r.ID, fields)
		}
	}
	fields["project"] = doc.Ref(project)
	made, err := a.create(ctx, noun.ValueModels.Kind, fields)
	if err != nil {
		return SavedModel{}, err
	}
	return a.valueModel(made.ID)
}

// rewriteValueModel makes an existing document hold the fields, and empties
// those that are not given.
func (a *App) rewriteValueModel(ctx context.Context, name id.Doc, fields map[string]doc.Value) (SavedModel, error) {
	_, err := a.edit(ctx, name.String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		pen := tx.Pen(d, kind.Number)
		for _, f := range kind.Fields {
			if f.Name == "project" {
				continue
			}
			if err := pen.Assign(f, fields[f.Name]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return SavedModel{}, err
	}
	return a.valueModel(name)
}
