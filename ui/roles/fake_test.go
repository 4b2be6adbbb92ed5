package roles_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"cairn/ui/edit"
	"cairn/ui/roles"
	"cairn/ui/saving"
	"cairn/ui/undo"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// team is a project in memory.
type team struct {
	docs    []edit.Document
	trashed map[string]bool
	people  []edit.Person
	failing int // writes from this one on fail, counting from 1; 0 is never
	writes  int
}

var errFull = errors.New("full")

func (f *team) write() error {
	f.writes++
	if f.failing > 0 && f.writes >= f.failing {
		return errFull
	}
	return nil
}

func (f *team) People(context.Context) ([]edit.Person, error) { return f.people, nil }

func (f *team) Documents(context.Context, string, string) ([]edit.Document, error) {
	var out []edit.Document
	for _, d := range f.docs {
		if !f.trashed[d.ID] {
			d.Fields = maps.Clone(d.Fields)
			out = append(out, d)
		}
	}
	return out, nil
}

func (f *team) Create(_ context.Context, _, _ string, fields map[string]string) (string, error) {
	if err := f.write(); err != nil {
		return "", err
	}
	id := fmt.Sprint("r", len(f.docs)+1)
	f.docs = append(f.docs, edit.Document{ID: id, Fields: maps.Clone(fields), By: "Ada", At: now})
	return id, nil
}

func (f *team) Change(_ context.Context, id string, fields, _ map[string]string) error {
	if err := f.write(); err != nil {
		return err
	}
	maps.Copy(f.docs[f.find(id)].Fields, fields)
	return nil
}

func (f *team) Trash(_ context.Context, id string, trashed bool) error {
	f.trashed[id] = trashed
	return f.write()
}

func (f *team) Resolve(_ context.Context, id, field string, choice int, other string) error {
	d := &f.docs[f.find(id)]
	if choice > 0 {
		other = d.Conflicts[field][choice-1].Text
	}
	d.Fields[field], d.Conflicts = other, nil
	return nil
}

func (f *team) find(id string) int {
	return slices.IndexFunc(f.docs, func(d edit.Document) bool { return d.ID == id })
}

func (f *team) add(role, person string, parts ...string) {
	d := edit.Document{ID: fmt.Sprint("r", len(f.docs)+1), Fields: map[string]string{"role": role, "person": person}, By: "Ada", At: now}
	for i, part := range parts {
		d.Fields[roles.Phases[i]] = part
	}
	f.docs = append(f.docs, d)
}

func alone() *team {
	return &team{trashed: map[string]bool{}, people: []edit.Person{
		{ID: "p1", Name: "Ada Lovelace", Roles: []string{"business stakeholder"}},
		{ID: "p2", Name: "Minji Kim", Roles: []string{"data scientist", "ML engineer"}},
		{ID: "p3", Name: "Tomás Oliveira", Roles: []string{"data engineer"}},
	}}
}

// staffed is a chart as one finds it half done.
func staffed() *team {
	f := alone()
	f.add("business stakeholder", "p1", "accountable", "accountable", "accountable")
	f.add("subject matter expert", "", "responsible", "consulted", "consulted", "informed")
	f.add("data scientist", "p2", "consulted", "responsible", "consulted", "responsible")
	f.add("data engineer", "p3", "responsible", "responsible", "", "consulted")
	f.add("Data protection officer", "p1", "consulted", "", "accountable", "")
	return f
}

func loaded(t *testing.T, f *team) (*roles.Presenter, *undo.Past, *saving.Line) {
	t.Helper()
	past, line := &undo.Past{}, &saving.Line{}
	p := roles.NewPresenter("p", f, line, past)
	p.Load(t.Context())
	return p, past, line
}
