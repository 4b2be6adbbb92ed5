package requirements_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"

	"cairn/ui/edit"
	"cairn/ui/requirements"
	"cairn/ui/saving"
)

// store is a project in memory.
type store struct {
	stored  []edit.Document
	trashed map[string]edit.Document
	writes  int
	fail    error
}

func (s *store) People(context.Context) ([]edit.Person, error) {
	return []edit.Person{{ID: "p", Name: "Jisoo"}}, s.fail
}

func (s *store) Documents(context.Context, string, string) ([]edit.Document, error) {
	out := make([]edit.Document, len(s.stored))
	for i, r := range s.stored {
		out[i] = edit.Document{ID: r.ID, Fields: maps.Clone(r.Fields), Conflicts: r.Conflicts}
	}
	return out, s.fail
}

func (s *store) Create(_ context.Context, _, _ string, fields map[string]string) (string, error) {
	if s.fail != nil {
		return "", s.fail
	}
	id := fmt.Sprint("r", len(s.stored))
	s.stored = append(s.stored, edit.Document{ID: id, Fields: maps.Clone(fields)})
	s.writes++
	return id, nil
}

func (s *store) Change(_ context.Context, id string, fields, _ map[string]string) error {
	for _, r := range s.stored {
		if r.ID == id && s.fail == nil {
			maps.Copy(r.Fields, fields)
			s.writes++
		}
	}
	return s.fail
}

func (s *store) Resolve(context.Context, string, string, int, string) error { return s.fail }

func (s *store) Trash(_ context.Context, id string, trashed bool) error {
	for i, r := range s.stored {
		if r.ID == id && trashed {
			s.trashed = map[string]edit.Document{id: r}
			s.stored = append(s.stored[:i], s.stored[i+1:]...)
			return nil
		}
	}
	s.stored = append(s.stored, s.trashed[id])
	return nil
}

func loaded(t *testing.T) (*requirements.Presenter, *store, *saving.Line) {
	t.Helper()
	s, line := &store{stored: []edit.Document{
		{ID: "r0", Fields: map[string]string{"title": "Find churners", "metric": "recall", "comparison": ">=", "threshold": "80", "unit": "%", "owner": "p"}},
	}}, &saving.Line{}
	p := requirements.NewPresenter("project", s, line, nil)
	p.Load(t.Context())
	return p, s, line
}

// current returns the selected requirement.
func current(p *requirements.Presenter) edit.Doc {
	st := p.State.Get()
	return st.Current()
}

func TestRowSaysWhatItIsHeldTo(t *testing.T) {
	p, _, _ := loaded(t)
	want := requirements.Row{ID: "r0", Title: "Find churners", Gate: "recall ≥ 80 %", Owner: "Jisoo"}
	if got := requirements.RowOf(current(p), p.People.Get()); got != want {
		t.Errorf("row = %+v, want %+v", got, want)
	}
	if got := current(p).Fields["threshold"]; got != "80 %" {
		t.Errorf("threshold = %q", got)
	}
}

func TestANewOneIsStoredOnceItHasATitle(t *testing.T) {
	p, s, line := loaded(t)
	p.Add(nil)
	p.Type(edit.New, "metric", "latency")
	p.Save(t.Context())
	if len(s.stored) != 1 || line.State.Get().Phase != saving.Held {
		t.Errorf("%d stored, phase %d: one without a title is kept only here", len(s.stored), line.State.Get().Phase)
	}
	p.Type(edit.New, "title", "Answer fast")
	p.Save(t.Context())
	st := p.State.Get()
	if len(s.stored) != 2 || s.stored[1].Fields["metric"] != "latency" || st.Selected != "r1" || len(st.Docs) != 2 {
		t.Errorf("stored %+v, selected %s of %d", s.stored, st.Selected, len(st.Docs))
	}
	if line.State.Get().Phase != saving.Saved {
		t.Error("the line does not say that it is saved")
	}
}

func TestThresholdIsStoredAsANumber(t *testing.T) {
	tests := []struct{ first, second, text, want string }{
		{"unit", "threshold", "70", "70"},
		{"threshold", "unit", "70", "70"},
		{"unit", "threshold", "70 %", "70"},
		{"unit", "threshold", "0.7", "70"},
	}
	for _, tt := range tests {
		p, s, _ := loaded(t)
		s.stored[0].Fields["unit"], s.stored[0].Fields["threshold"] = "", ""
		p.Load(t.Context())
		for _, field := range []string{tt.first, tt.second} {
			p.Type("r0", field, map[string]string{"unit": "%", "threshold": tt.text}[field])
			p.Save(t.Context())
		}
		if got := s.stored[0].Fields["threshold"]; got != tt.want {
			t.Errorf("%s then %s: %q stored as %q, want %q", tt.first, tt.second, tt.text, got, tt.want)
		}
	}
}

func TestProblemsStandBesideTheirFields(t *testing.T) {
	p, s, line := loaded(t)
	p.Type("r0", "threshold", "most")
	p.Type("r0", "title", " ")
	p.Type("r0", "notes", "asked by finance")
	p.Save(t.Context())
	if d := current(p); d.Problems["threshold"] == "" || d.Problems["title"] == "" || d.Fields["threshold"] != "most" {
		t.Errorf("problems %v, fields %v", d.Problems, d.Fields)
	}
	if s.stored[0].Fields["notes"] != "asked by finance" || s.stored[0].Fields["threshold"] != "80" || line.State.Get().Phase != saving.Held {
		t.Errorf("stored %v, phase %d", s.stored[0].Fields, line.State.Get().Phase)
	}
	p.Type("r0", "threshold", "")
	if got := current(p).Problems["threshold"]; got != "Say how much it must be." {
		t.Errorf("an empty threshold of a metric: %q", got)
	}
}

func TestTrashIsUndone(t *testing.T) {
	p, s, _ := loaded(t)
	title, ok := p.Trash(t.Context(), "r0")
	if !ok || title != "Find churners" || len(p.State.Get().Docs) != 0 {
		t.Errorf("trashed %q, %d left", title, len(p.State.Get().Docs))
	}
	p.Restore(t.Context(), "r0")
	if len(s.stored) != 1 || p.State.Get().Selected != "r0" {
		t.Errorf("%d stored, %q selected after undo", len(s.stored), p.State.Get().Selected)
	}
}

func TestFailuresAreSaid(t *testing.T) {
	p, s, line := loaded(t)
	s.fail = errors.New("badger: closed")
	p.Type("r0", "notes", "x")
	p.Save(t.Context())
	if got := line.State.Get(); got.Phase != saving.Failed || got.Message != "Something went wrong inside Cairn." {
		t.Errorf("line = %+v", got)
	}
	if st := p.State.Get(); st.Problem == "" || current(p).Fields["notes"] != "x" {
		t.Errorf("problem %q, notes %q", st.Problem, current(p).Fields["notes"])
	}
}
