package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/template"
)

// foundTemplate is a template that somebody named: one of the three.
type foundTemplate struct {
	model, design string // names under which Cairn has them
	team          *doc.Doc
}

func (f foundTemplate) builtin() string { return cmp.Or(f.design, f.model) }

// findTemplate returns the template called text: the name under which Cairn has
// it as it is listed, the name of one of the team's, the name of one of Cairn's,
// or an ID.
func (a *App) findTemplate(ctx context.Context, text string) (foundTemplate, error) {
	text = strings.TrimSpace(text)
	builtin, err := findBuiltin(text)
	if err != nil {
		return foundTemplate{}, err
	}
	if text != "" && (builtin.model == text || builtin.design == text) {
		return builtin, nil
	}
	docs, err := a.teamTemplates(ctx)
	if err != nil {
		return foundTemplate{}, err
	}
	docs = slices.DeleteFunc(docs, func(d *doc.Doc) bool {
		return !strings.EqualFold(noun.Templates.Title(d), text) || a.builtinOf(d.ID()) != ""
	})
	switch {
	case len(docs) == 1:
		return foundTemplate{team: docs[0]}, nil
	case len(docs) > 1:
		return foundTemplate{}, fault.New(fault.Conflict, "There are %d templates called %q.", "Give the ID of one; `cairn template list` shows it.").With(len(docs), clip(text))
	case builtin != (foundTemplate{}):
		return builtin, nil
	}
	d, err := a.findDoc(text)
	if err != nil || d.Noun() != noun.Templates.Number {
		return foundTemplate{}, noTemplate(text)
	}
	if name := a.builtinOf(d.ID()); name != "" {
		return foundTemplate{design: name}, nil
	}
	return foundTemplate{team: d}, nil
}

// adopted returns the name of the document under which a workspace holds a
// design template of Cairn once a project fills it in: the same on every device.
func (a *App) adopted(design string) id.Doc {
	var of id.Doc
	page, err := a.index.List(index.Query{Noun: noun.Workspaces.Number, Order: index.Oldest, Limit: 1})
	if err == nil && len(page.Rows) > 0 {
		of = page.Rows[0].ID
	}
	return id.Derive(of, noun.Templates.Name, design)
}

// builtinOf returns the name under which Cairn has an adopted template, empty for
// a team's own.
func (a *App) builtinOf(name id.Doc) string {
	names, err := Designs()
	if err != nil {
		return ""
	}
	for _, design := range names {
		if a.adopted(design) == name {
			return design
		}
	}
	return ""
}

// teamsOwn returns the document of a template that may be changed.
func (a *App) teamsOwn(ctx context.Context, text string) (*doc.Doc, error) {
	found, err := a.findTemplate(ctx, text)
	if err != nil {
		return nil, err
	}
	if found.team == nil || isCairns(template.Versions(noun.Templates.View(found.team).Versions)) {
		return nil, fault.New(fault.Denied, "The templates that Cairn comes with stay as they are.", "Save it as a template of your own, or export it, change it and import it.")
	}
	return found.team, nil
}

func noVersion(name string, most int) error {
	if most == 0 {
		return fault.New(fault.NotFound, "The template %s was never published.", "Publish it with `cairn template publish`.").With(clip(name))
	}
	return fault.New(fault.NotFound, "The template %s has no such version.", "Its versions are numbered from 1 to %d.").With(clip(name), most)
}
