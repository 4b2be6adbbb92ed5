package edit_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/text"
	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/undo"
)

// shelf is a source in memory that merges prose as the application does.
type shelf struct {
	docs    []edit.Document
	trashed map[string]bool
	broken  error
	writes  int
	during  func() // called once, in the middle of the next write
}

func (s *shelf) Documents(context.Context, string, string) ([]edit.Document, error) {
	var out []edit.Document
	for _, d := range s.docs {
		if !s.trashed[d.ID] {
			d.Fields = maps.Clone(d.Fields)
			out = append(out, d)
		}
	}
	return out, s.broken
}

func (s *shelf) write() error {
	s.writes++
	if during := s.during; during != nil {
		s.during = nil
		during()
	}
	return s.broken
}

func (s *shelf) Create(_ context.Context, _, _ string, fields map[string]string) (string, error) {
	if err := s.write(); err != nil {
		return "", err
	}
	id := fmt.Sprintf("doc%d", len(s.docs)+1)
	s.docs = append(s.docs, edit.Document{ID: id, Fields: maps.Clone(fields)})
	return id, nil
}

func (s *shelf) Change(_ context.Context, id string, fields, base map[string]string) error {
	if err := s.write(); err != nil {
		return err
	}
	for _, d := range s.docs {
		if d.ID != id {
			continue
		}
		for field, mine := range fields {
			if from, ok := base[field]; ok && !strings.HasPrefix(mine, "[") {
				mine = text.Rebase(from, mine, d.Fields[field])
			}
			d.Fields[field] = mine
		}
		return nil
	}
	return fault.New(fault.NotFound, "There is no such document here.", "")
}

func (s *shelf) Trash(_ context.Context, id string, trashed bool) error {
	if err := s.write(); err != nil {
		return err
	}
	s.trashed[id] = trashed
	return nil
}

func (s *shelf) Resolve(_ context.Context, id, field string, choice int, other string) error {
	for i, d := range s.docs {
		if d.ID == id {
			if choice > 0 {
				other = d.Conflicts[field][choice-1].Text
			}
			s.docs[i].Fields[field], s.docs[i].Conflicts = other, nil
		}
	}
	return s.broken
}

var rules = edit.Rules{
	Kind: "requirement", Named: "title", Prose: []string{"notes"}, Lists: []string{"users"},
	Show: func(stored map[string]string, field string) string {
		if field == "share" && stored[field] != "" {
			return stored[field] + " %"
		}
		return stored[field]
	},
	Store: func(shown map[string]string, field string) string {
		if field == "share" {
			return strings.TrimSuffix(shown[field], " %")
		}
		return shown[field]
	},
	Check: func(shown map[string]string) map[string]string {
		problems := map[string]string{}
		if strings.Trim(shown["share"], "0123456789 %") != "" {
			problems["share"] = "Write a number."
		}
		return problems
	},
}

// begun returns an editor on a shelf with one document, loaded.
func begun(t *testing.T) (*edit.Editor, *shelf, *saving.Line, *undo.Past) {
	t.Helper()
	s := &shelf{trashed: map[string]bool{}, docs: []edit.Document{
		{ID: "doc1", Fields: map[string]string{"title": "Find churners", "share": "80", "notes": "Measured in March.", "users": `["a","b"]`}},
	}}
	line, past := &saving.Line{}, &undo.Past{}
	e := edit.NewEditor("p", rules, s, line, past)
	e.Load(t.Context())
	return e, s, line, past
}

func shown(e *edit.Editor, id, field string) string {
	s := e.State.Get()
	d, _ := s.Doc(id)
	return d.Fields[field]
}
