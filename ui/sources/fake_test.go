package sources_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/sources"
	"cairn/ui/undo"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// store is a project in memory, with documents of several kinds.
type store struct {
	docs    map[string][]edit.Document // by kind
	trashed map[string]bool
	broken  error
}

var errDisk = errors.New("disk")

func (s *store) People(context.Context) ([]edit.Person, error) {
	return []edit.Person{{ID: "p1", Name: "Minji Kim"}, {ID: "p2", Name: "Tomás Oliveira"}}, nil
}

func (s *store) Documents(_ context.Context, _, kind string) ([]edit.Document, error) {
	var out []edit.Document
	for _, d := range s.docs[kind] {
		if !s.trashed[d.ID] {
			d.Fields = maps.Clone(d.Fields)
			out = append(out, d)
		}
	}
	return out, s.broken
}

func (s *store) Create(_ context.Context, _, kind string, fields map[string]string) (string, error) {
	if s.broken != nil {
		return "", s.broken
	}
	id := fmt.Sprint(kind, len(s.docs[kind])+1)
	s.docs[kind] = append(s.docs[kind], edit.Document{ID: id, Fields: maps.Clone(fields), By: "Ada", At: now})
	return id, nil
}

func (s *store) Change(_ context.Context, id string, fields, _ map[string]string) error {
	if s.broken != nil {
		return s.broken
	}
	maps.Copy(s.find(id).Fields, fields)
	return nil
}

func (s *store) Trash(_ context.Context, id string, trashed bool) error {
	s.trashed[id] = trashed
	return s.broken
}

func (s *store) Resolve(_ context.Context, id, field string, choice int, other string) error {
	d := s.find(id)
	if choice > 0 {
		other = d.Conflicts[field][choice-1].Text
	}
	d.Fields[field], d.Conflicts = other, nil
	return nil
}

func (s *store) find(id string) *edit.Document {
	for _, docs := range s.docs {
		if i := slices.IndexFunc(docs, func(d edit.Document) bool { return d.ID == id }); i >= 0 {
			return &docs[i]
		}
	}
	return &edit.Document{Fields: map[string]string{}}
}

func empty() *store { return &store{docs: map[string][]edit.Document{}, trashed: map[string]bool{}} }

// stocked is a project with three sources, the first of which is described.
func stocked() *store {
	s := empty()
	put := func(kind string, fields map[string]string) {
		id, _ := s.Create(context.Background(), "p", kind, fields)
		s.find(id).By = "Minji Kim"
	}
	put(sources.KindSource, map[string]string{
		"name": "Customer master data", "about": "Contracts and plans of every customer since 2019. One row is one customer.", "location": "Data warehouse, table crm.customers",
		"form": "table", "refresh": "daily", "owner": "p1", "access": "granted", "personal_data": "yes",
	})
	put(sources.KindSource, map[string]string{"name": "Sensor readings of the cooling plant", "form": "stream", "refresh": "continuous", "owner": "p2", "access": "requested", "personal_data": "no"})
	put(sources.KindSource, map[string]string{"name": "Complaints by telephone, as the call centre writes them down", "form": "documents", "access": "refused"})
	expect := func(of, dimension, statement, rule, column string, more ...string) {
		fields := map[string]string{"source": of, "dimension": dimension, "statement": statement, "rule": rule, "column": column}
		for i := 0; i+1 < len(more); i += 2 {
			fields[more[i]] = more[i+1]
		}
		put(sources.KindExpectation, fields)
	}
	expect("data_source1", "accuracy", "The price is what the customer pays", "is between", "price", "low", "0", "high", "1000", "share", "0.99")
	expect("data_source1", "completeness", "Everybody has a contract date", "is present", "contract_date")
	expect("data_source1", "consistency", "Plans are named as in the catalogue", "is one of", "plan", "values", `["S","M","L","XL","Business"]`)
	expect("data_source2", "accuracy", "The temperature is a number", "is a number", "temperature", "share", "0.99")
	return s
}

func loaded(t *testing.T, s *store) (*sources.Presenter, *undo.Past) {
	t.Helper()
	past := &undo.Past{}
	p := sources.NewPresenter("p", s, &saving.Line{}, past)
	p.Load(t.Context())
	return p, past
}
