package requirements_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"

	"cairn/ui/requirements"
	"cairn/ui/saving"
)

// store is a project in memory.
type store struct {
	stored  []requirements.Requirement
	trashed map[string]requirements.Requirement
	writes  int
	fail    error
}

func (s *store) List(context.Context, string) ([]requirements.Requirement, []requirements.Person, error) {
	out := make([]requirements.Requirement, len(s.stored))
	for i, r := range s.stored {
		out[i] = requirements.Requirement{ID: r.ID, Fields: maps.Clone(r.Fields)}
	}
	return out, []requirements.Person{{ID: "p", Name: "Jisoo"}}, s.fail
}

func (s *store) Create(_ context.Context, _ string, fields map[string]string) (string, error) {
	if s.fail != nil {
		return "", s.fail
	}
	id := fmt.Sprint("r", len(s.stored))
	s.stored = append(s.stored, requirements.Requirement{ID: id, Fields: maps.Clone(fields)})
	s.writes++
	return id, nil
}

func (s *store) Set(_ context.Context, id, field, text string) error {
	for _, r := range s.stored {
		if r.ID == id && s.fail == nil {
			r.Fields[field] = text
			s.writes++
		}
	}
	return s.fail
}

func (s *store) Trash(_ context.Context, id string, trashed bool) error {
	for i, r := range s.stored {
		if r.ID == id && trashed {
			s.trashed = map[string]requirements.Requirement{id: r}
			s.stored = append(s.stored[:i], s.stored[i+1:]...)
			return nil
		}
	}
	s.stored = append(s.stored, s.trashed[id])
	return nil
}

func loaded(t *testing.T) (*requirements.Presenter, *store, *saving.Line) {
	t.Helper()
	s, line := &store{stored: []requirements.Requirement{
		{ID: "r0", Fields: map[string]string{"title": "Find churners", "metric": "recall", "comparison": ">=", "threshold": "0.8", "unit": "%", "owner": "p"}},
	}}, &saving.Line{}
	p := requirements.NewPresenter("project", s, line)
	p.Load(t.Context())
	return p, s, line
}

func TestRowSaysWhatItIsHeldTo(t *testing.T) {
	p, _, _ := loaded(t)
	st := p.State.Get()
	want := requirements.Row{ID: "r0", Title: "Find churners", Gate: "recall ≥ 80 %", Owner: "Jisoo"}
	if len(st.Rows) != 1 || st.Rows[0] != want {
		t.Errorf("rows = %+v, want %+v", st.Rows, want)
	}
	if st.Selected != "r0" || st.Fields["threshold"] != "80 %" {
		t.Errorf("selected %q with threshold %q", st.Selected, st.Fields["threshold"])
	}
}

func TestANewOneIsStoredOnceItHasATitle(t *testing.T) {
	p, s, line := loaded(t)
	p.Add()
	p.Type("metric", "latency")
	p.Save(t.Context())
	if len(s.stored) != 1 || line.State.Get().Phase != saving.Held {
		t.Errorf("%d stored, phase %d: one without a title is kept only here", len(s.stored), line.State.Get().Phase)
	}
	p.Type("title", "Answer fast")
	p.Save(t.Context())
	st := p.State.Get()
	if len(s.stored) != 2 || s.stored[1].Fields["metric"] != "latency" || st.Selected != "r1" || len(st.Rows) != 2 {
		t.Errorf("stored %+v, selected %s, %d rows", s.stored, st.Selected, len(st.Rows))
	}
	if line.State.Get().Phase != saving.Saved {
		t.Error("the line does not say that it is saved")
	}
}

func TestThresholdIsStoredAsANumber(t *testing.T) {
	tests := []struct{ first, second, text, want string }{
		{"unit", "threshold", "70", "0.7"},
		{"threshold", "unit", "70", "0.7"},
		{"unit", "threshold", "70 %", "0.7"},
		{"unit", "threshold", "0.7", "0.7"},
	}
	for _, tt := range tests {
		p, s, _ := loaded(t)
		s.stored[0].Fields["unit"], s.stored[0].Fields["threshold"] = "", ""
		p.Load(t.Context())
		for _, field := range []string{tt.first, tt.second} {
			p.Type(field, map[string]string{"unit": "%", "threshold": tt.text}[field])
			p.Save(t.Context())
		}
		if got := s.stored[0].Fields["threshold"]; got != tt.want {
			t.Errorf("%s then %s: %q stored as %q, want %q", tt.first, tt.second, tt.text, got, tt.want)
		}
	}
}

func TestProblemsStandBesideTheirFields(t *testing.T) {
	p, s, line := loaded(t)
	p.Type("threshold", "most")
	p.Type("title", " ")
	p.Type("notes", "asked by finance")
	p.Save(t.Context())
	st := p.State.Get()
	if st.Problems["threshold"] == "" || st.Problems["title"] == "" || st.Fields["threshold"] != "most" {
		t.Errorf("problems %v, fields %v", st.Problems, st.Fields)
	}
	if s.stored[0].Fields["notes"] != "asked by finance" || s.stored[0].Fields["threshold"] != "0.8" || line.State.Get().Phase != saving.Held {
		t.Errorf("stored %v, phase %d", s.stored[0].Fields, line.State.Get().Phase)
	}
	p.Type("threshold", "")
	if got := p.State.Get().Problems["threshold"]; got != "Say how much it must be." {
		t.Errorf("an empty threshold of a metric: %q", got)
	}
}

func TestTrashIsUndone(t *testing.T) {
	p, s, _ := loaded(t)
	id, title := p.Trash(t.Context())
	if id != "r0" || title != "Find churners" || len(p.State.Get().Rows) != 0 {
		t.Errorf("trashed %q %q, %d rows left", id, title, len(p.State.Get().Rows))
	}
	p.Restore(t.Context(), id)
	if len(s.stored) != 1 || p.State.Get().Selected != "r0" {
		t.Errorf("%d stored, %q selected after undo", len(s.stored), p.State.Get().Selected)
	}
}

func TestFailuresAreSaid(t *testing.T) {
	p, s, line := loaded(t)
	s.fail = errors.New("badger: closed")
	p.Type("notes", "x")
	p.Save(t.Context())
	if got := line.State.Get(); got.Phase != saving.Failed || got.Message != "Something went wrong inside Cairn." {
		t.Errorf("line = %+v", got)
	}
	if st := p.State.Get(); st.Problem == "" || st.Fields["notes"] != "x" {
		t.Errorf("problem %q, notes %q", st.Problem, st.Fields["notes"])
	}
}
