package app

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"cairn/assets"
	"cairn/core/fault"
	"cairn/core/value"
)

// ValueTemplates returns the names of the value models that Cairn comes with.
func ValueTemplates() ([]string, error) {
	files, err := fs.Glob(assets.Templates, "templates/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(f, "templates/"), ".yaml")
	}
	return files, nil
}

// ValueTemplate returns the value model that Cairn comes with under name.
func ValueTemplate(name string) (value.Model, error) {
	raw, err := assets.Templates.ReadFile("templates/" + fileName(name) + ".yaml")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		names, err := ValueTemplates()
		if err != nil {
			return value.Model{}, err
		}
		return value.Model{}, fault.New(fault.Invalid, "There is no value template called %q.", "The templates are %s.").With(clip(name), strings.Join(names, ", "))
	}
	if err != nil {
		return value.Model{}, fmt.Errorf("read the template %s: %w", name, err)
	}
	return value.ReadYAML(raw)
}

// fileName returns the name of a template's file: people write "demand forecast".
func fileName(name string) string {
	return strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(name)))
}
