package value_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cairn/assets"
	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/value"
)

var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// store is a workspace with one project in memory.
type store struct {
	document *value.Document
	more     []*value.Document // models beside it
	trashed  []*value.Document
	past     undo.Past
	saves    []corevalue.Model
	fail     error
	choice   string
}

func (s *store) Templates(context.Context) ([]value.Named, error) {
	raw, err := assets.Templates.ReadFile("templates/churn.yaml")
	if err != nil {
		return nil, err
	}
	m, err := corevalue.ReadYAML(raw)
	return []value.Named{{ID: "churn", Model: m}}, err
}

func (s *store) all() []*value.Document {
	if s.document == nil {
		return s.more
	}
	return append([]*value.Document{s.document}, s.more...)
}

func (s *store) Find(_ context.Context, _, name string) (value.Document, error) {
	var names []string
	var found *value.Document
	for _, d := range s.all() {
		names = append(names, d.Model.Name)
		if found == nil && (name == "" || strings.EqualFold(name, d.Model.Name)) {
			found = d
		}
	}
	if found == nil {
		return value.Document{}, fault.New(fault.NotFound, "The project has no value model yet.", "")
	}
	out := *found
	out.Names = names
	return out, nil
}

// Save refuses what the application does.
func (s *store) Save(_ context.Context, _ string, m corevalue.Model) error {
	if s.fail != nil {
		return s.fail
	}
	if _, err := corevalue.Check(m); err != nil {
		return err
	}
	s.saves = append(s.saves, m)
	saved := &value.Document{ID: m.Name, Model: m, By: "Ada", At: now}
	for i, d := range s.more {
		if strings.EqualFold(d.Model.Name, m.Name) {
			s.more[i] = saved
			return nil
		}
	}
	if s.document != nil && !strings.EqualFold(s.document.Model.Name, m.Name) {
		s.more = append(s.more, saved)
		return nil
	}
	s.document = saved
	return nil
}

func (s *store) RenameModel(_ context.Context, _, name string) error {
	s.document.Model.Name = name
	return s.fail
}

func (s *store) Trash(_ context.Context, id string, trashed bool) error {
	if !trashed {
		s.more, s.trashed = append(s.more, s.trashed...), nil
		return nil
	}
	for i, d := range s.more {
		if d.ID == id {
			s.trashed, s.more = append(s.trashed, d), append(s.more[:i:i], s.more[i+1:]...)
			return nil
		}
	}
	s.trashed, s.document = append(s.trashed, s.document), nil
	return nil
}

func (s *store) Resolve(_ context.Context, _, _, choice string) error {
	s.choice, s.document.Conflicts = choice, nil
	return nil
}

// teammate changes a number in the store, as a sync would.
func (s *store) teammate(t *testing.T, name, text string) {
	t.Helper()
	m, err := s.document.Model.Override(name, text)
	if err != nil {
		t.Fatal(err)
	}
	s.document = &value.Document{ID: m.Name, Model: m, By: "Jisoo", At: now}
}

// begun returns a presenter of a project that holds the churn template.
func begun(t *testing.T) (*value.Presenter, *store, *saving.Line) {
	t.Helper()
	s, line := &store{}, &saving.Line{}
	p := value.NewPresenter("project", s, line, &s.past, func() time.Time { return now })
	p.Load(t.Context())
	p.Begin(t.Context(), "churn")
	return p, s, line
}

func variable(name string, part value.Part) value.Key {
	return value.Key{Of: "variable", Name: name, Part: part}
}

// input returns a variable as the page shows it.
func input(t *testing.T, p *value.Presenter, name string) value.Quantity {
	t.Helper()
	for _, q := range p.State.Get().Variables {
		if q.Name == name {
			return q
		}
	}
	t.Fatalf("the page shows no variable %s", name)
	return value.Quantity{}
}
