package value_test

import (
	"context"
	"testing"
	"time"

	"cairn/assets"
	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/saving"
	"cairn/ui/value"
)

var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// store is a workspace with one project in memory.
type store struct {
	document *value.Document
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

func (s *store) Find(context.Context, string, string) (value.Document, error) {
	if s.document == nil {
		return value.Document{}, fault.New(fault.NotFound, "The project has no value model yet.", "")
	}
	return *s.document, nil
}

func (s *store) Save(_ context.Context, _ string, m corevalue.Model) error {
	if s.fail != nil {
		return s.fail
	}
	s.saves = append(s.saves, m)
	s.document = &value.Document{ID: "m", Model: m, By: "Ada", At: now}
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
	s.document = &value.Document{ID: "m", Model: m, By: "Jisoo", At: now}
}

// begun returns a presenter of a project that holds the churn template.
func begun(t *testing.T) (*value.Presenter, *store, *saving.Line) {
	t.Helper()
	s, line := &store{}, &saving.Line{}
	p := value.NewPresenter("project", s, line, func() time.Time { return now })
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
