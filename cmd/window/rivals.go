package window

import (
	"context"
	"maps"
	"slices"

	"cairn/app"
	"cairn/core/doc"
	"cairn/core/feed"
	"cairn/ui/conflicts"
	"cairn/ui/edit"
	"cairn/ui/metrics"
	"cairn/ui/requirements"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// rivals is what waits for a decision, as the page about it needs it.
type rivals struct{ documents }

// Conflicts implements conflicts.Source.
func (s rivals) Conflicts(ctx context.Context) ([]conflicts.Conflict, error) {
	found, err := do(ctx, s.session, app.ListConflicts, app.ConflictsRequest{})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	kinds, err := do(ctx, s.session, app.ListKinds, app.ListKindsRequest{})
	if err != nil {
		return nil, err
	}
	projects, err := s.Projects(ctx)
	if err != nil {
		return nil, err
	}
	mayWrite, err := s.mayWrite(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.People(ctx)
	if err != nil {
		return nil, err
	}
	status, err := do(ctx, s.session, app.GetStatus, app.StatusRequest{})
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	var out []conflicts.Conflict
	for _, d := range found {
		for _, field := range slices.Sorted(maps.Keys(d.Conflicts)) {
			c := conflictOf(d, fieldInfo(kinds, d.Kind, field), names)
			c.ReadOnly = d.Newer || !mayWrite
			for i, v := range d.Conflicts[field] {
				c.Sides[i].Mine = v.PersonID == status.Person.ID
			}
			if i := slices.IndexFunc(projects, func(p shell.Project) bool { return p.ID == c.Project }); i >= 0 {
				c.In = projects[i].Name
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// fieldInfo returns what is known of a field, its name at least.
func fieldInfo(kinds []app.KindInfo, kind, field string) app.FieldInfo {
	for _, k := range kinds {
		for _, f := range k.Fields {
			if k.Name == kind && f.Name == field {
				return f
			}
		}
	}
	return app.FieldInfo{Name: field}
}

// conflictOf returns a field of a document in which people's values stand beside
// each other. Names are those of people, by ID.
func conflictOf(d app.Doc, f app.FieldInfo, names map[string]string) conflicts.Conflict {
	c := conflicts.Conflict{
		Document: d.ID.String(), Title: titleOf(d.Kind, d.Title), Kind: words.Data(feed.Label(d.Kind)), Project: d.Project,
		Field: f.Name, Label: fieldLabel(f.Name), Shows: 1, // the latest, which comes first
	}
	switch d.Kind {
	case "project":
		c.Page, c.Project = string(shell.Overview), c.Document
	case "template":
		c.Page = string(shell.Templates)
	default:
		c.Page = string(pageOf[d.Kind])
	}
	for _, v := range f.OneOf {
		c.Form = conflicts.Choice
		c.Options = append(c.Options, conflicts.Option{Value: v, Words: optionWords(f.Name, v)})
	}
	for _, v := range d.Conflicts[f.Name] {
		if ref, isRef := v.Value.AsRef(); isRef {
			c.Form = conflicts.Choice
			c.Options = nameOptions(names, ref.String())
		}
		c.Sides = append(c.Sides, sideOf(v))
	}
	return c
}

func sideOf(v app.Conflict) conflicts.Side {
	return conflicts.Side{
		Text: text(v.Value), By: edit.Person{ID: v.PersonID.String(), Name: v.Person}, Laptop: v.Machine, At: v.Time,
	}
}

// nameOptions offers people, and one who is no member any more if they stand in
// the field.
func nameOptions(names map[string]string, stands string) []conflicts.Option {
	out := make([]conflicts.Option, 0, len(names)+1)
	for _, id := range slices.Sorted(maps.Keys(names)) {
		out = append(out, conflicts.Option{Value: id, Words: names[id]})
	}
	if _, known := names[stands]; !known {
		out = append(out, conflicts.Option{Value: stands, Words: stands})
	}
	return out
}

// optionWords returns what the pages call one of the values that a field can hold.
func optionWords(field, value string) string {
	switch field {
	case requirements.Comparison:
		return requirements.Sign(value)
	case metrics.Column:
		return metrics.ColumnName(value)
	default:
		return words.Data(feed.Label(value))
	}
}

// Holds implements conflicts.Source.
func (s rivals) Holds(ctx context.Context, document, field string) (string, error) {
	shown, err := do(ctx, s.session, app.ShowDoc, app.DocRequest{ID: document})
	if err != nil {
		return "", err
	}
	v, stands := shown.Fields[field]
	if !stands {
		v = doc.Null
	}
	return text(v), nil
}
