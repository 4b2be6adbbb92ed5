package app

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"cairn/assets"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/template"
	"cairn/core/value"
)

// Designs returns the names of the design templates that Cairn comes with.
func Designs() ([]string, error) {
	files, err := fs.Glob(assets.Designs, "designs/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the design templates: %w", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(f, "designs/"), ".yaml")
	}
	return files, nil
}

// Design returns the design template that Cairn comes with under name.
func Design(name string) (template.Template, error) {
	raw, err := assets.Designs.ReadFile("designs/" + name + ".yaml")
	if err != nil {
		return template.Template{}, fmt.Errorf("read the design template %s: %w", clip(name), err)
	}
	return template.ReadYAML(raw)
}

// BuiltinTemplates returns the templates that Cairn comes with, those of designs
// first. They are there without a workspace.
func BuiltinTemplates() ([]Template, error) {
	designs, err := Designs()
	if err != nil {
		return nil, err
	}
	models, err := ValueTemplates()
	if err != nil {
		return nil, err
	}
	var out []Template
	for _, name := range append(designs, models...) {
		t, err := BuiltinTemplate(name)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// BuiltinTemplate returns the template that Cairn comes with under name, or that
// has this name.
func BuiltinTemplate(name string) (Template, error) {
	found, err := findBuiltin(name)
	switch {
	case err != nil:
		return Template{}, err
	case found.design != "":
		design, err := Design(found.design)
		return builtin(found.design, design), err
	case found.model != "":
		m, err := ValueTemplate(found.model)
		out := builtin(found.model, template.Template{Name: m.Name, About: m.About, Phase: string(noun.Design)})
		out.Sort, out.Model = ValueModels, &m
		return out, err
	}
	return Template{}, noTemplate(name)
}

func noTemplate(name string) error {
	return fault.New(fault.NotFound, "There is no template called %q.", "`cairn template list` shows them.").With(clip(name))
}

// builtin returns a design template that Cairn comes with.
func builtin(name string, t template.Template) Template {
	return Template{
		ID: name, Name: t.Name, Sort: DesignTemplates, From: OfCairn, About: t.About, Phase: t.Phase, Sections: orNone(t.Sections), Version: 1,
		Versions: []TemplateVersion{}, Changes: []template.Change{}, Problems: []*template.Error{},
	}
}

// findBuiltin returns the template that Cairn has under text, nothing for none.
func findBuiltin(text string) (foundTemplate, error) {
	name := fileName(text)
	models, err := ValueTemplates()
	if err != nil {
		return foundTemplate{}, err
	}
	if slices.Contains(models, name) {
		return foundTemplate{model: name}, nil
	}
	designs, err := Designs()
	if err != nil {
		return foundTemplate{}, err
	}
	for _, design := range designs {
		if design == name {
			return foundTemplate{design: name}, nil
		}
		t, err := Design(design)
		if err != nil {
			return foundTemplate{}, err
		}
		if strings.EqualFold(t.Name, strings.TrimSpace(text)) {
			return foundTemplate{design: design}, nil
		}
	}
	return foundTemplate{}, nil
}

// File returns the template as a file.
func (t Template) File() (TemplateFile, error) {
	var raw []byte
	var err error
	if t.Model != nil {
		raw, err = value.Model.YAML(*t.Model)
	} else {
		raw, err = t.Design().YAML()
	}
	return TemplateFile{Name: t.fileName() + ".yaml", YAML: string(raw)}, err
}
