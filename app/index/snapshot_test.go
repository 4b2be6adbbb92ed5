package index_test

import (
	"errors"
	"slices"
	"testing"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
)

// answers is everything a snapshot says.
type answers struct {
	rows, conflicts, prefix []index.Row
	count                   int
}

func ask(t *testing.T, s *index.Snapshot) answers {
	t.Helper()
	var a answers
	for r, err := range s.All(index.Query{Trashed: index.WithTrashed, Order: index.ByTitle}) {
		if err != nil {
			t.Fatal(err)
		}
		a.rows = append(a.rows, r)
	}
	a.conflicts = s.Conflicts()
	var err error
	if a.prefix, err = s.FindPrefix("0", 5); err != nil {
		t.Fatal(err)
	}
	if a.count, err = s.Count(memos.Number, id.Doc{}); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a answers) equal(b answers) bool {
	return slices.Equal(a.rows, b.rows) && slices.Equal(a.conflicts, b.conflicts) &&
		slices.Equal(a.prefix, b.prefix) && a.count == b.count
}

func TestSnapshotStays(t *testing.T) {
	w := newWorld()
	x := w.index(0)
	first := w.create(memos.Number, w.projects[0], "first")
	x.Apply(first)
	s := x.Snapshot()
	before := ask(t, s)

	row := w.rows[first[0].ID()]
	x.Apply(w.clash(first[0], row))
	x.Apply(w.create(memos.Number, w.projects[1], "second"))
	if after := ask(t, s); !after.equal(before) {
		t.Errorf("a snapshot says %+v after a change, %+v before", after, before)
	}
	if now := ask(t, x.Snapshot()); len(now.rows) != 2 || len(now.conflicts) != 1 || now.count != 2 {
		t.Errorf("the index says %+v, want two documents, one of them with a conflict", now)
	}
}

func TestErrorsOfTheSourceArePassedOn(t *testing.T) {
	w := newWorld()
	made := w.create(memos.Number, w.projects[0], "a")
	x := w.index(1)
	x.Apply(made)
	x.Apply(w.create(memos.Number, w.projects[0], "b"))
	w.docs = map[id.Doc]*doc.Doc{}
	w.fail = errors.New("the disk is gone")
	for name, call := range map[string]func() error{
		"List":       func() error { _, err := x.List(index.Query{}); return err },
		"All":        func() (err error) { _, err = collect(x, index.Query{Noun: memos.Number}); return err },
		"Count":      func() error { _, err := x.Count(memos.Number, id.Doc{}); return err },
		"Get":        func() error { _, _, err := x.Get(made[0].ID()); return err },
		"FindPrefix": func() error { _, err := x.FindPrefix("0", 1); return err },
	} {
		if err := call(); !errors.Is(err, w.fail) {
			t.Errorf("%s gives %v, want %v", name, err, w.fail)
		}
	}
}

func collect(x *index.Index, q index.Query) ([]index.Row, error) {
	var rows []index.Row
	for r, err := range x.All(q) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func TestAllStopsWhenAsked(t *testing.T) {
	w := newWorld()
	for range 3 {
		w.create(memos.Number, w.projects[0], "a")
	}
	x := w.load(w.index(0))
	seen := 0
	x.All(index.Query{})(func(_ index.Row, err error) bool {
		if err != nil {
			t.Error(err)
		}
		seen++
		return false
	})
	if seen != 1 {
		t.Errorf("All gave %d rows to somebody who wanted one", seen)
	}
}

func TestDocumentsWithoutAKindAreNowhere(t *testing.T) {
	w := newWorld()
	x := w.index(0)
	changed := x.Watch(index.Query{})
	x.Apply([]*doc.Doc{doc.New(id.Doc{5})})
	if p, err := x.List(index.Query{}); err != nil || p.Total != 0 || isClosed(changed) {
		t.Errorf("List() = %+v, %v, watch ended: %v, want nothing", p, err, isClosed(changed))
	}
}

func TestPlacesToGoOnFromAreChecked(t *testing.T) {
	w := newWorld()
	w.create(memos.Number, w.projects[0], "a")
	w.create(memos.Number, w.projects[0], "b")
	x := w.load(w.index(0))
	page, err := x.List(index.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]index.Query{
		"no base64":     {After: "!"},
		"too short":     {After: "AAAA"},
		"too long":      {After: page.Next + "AAAA"},
		"another order": {After: page.Next, Order: index.Oldest},
	} {
		if _, err := x.List(q); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: List(%+v) gives %v, want a fault of kind invalid", name, q, err)
		}
	}
}

func FuzzAfter(f *testing.F) {
	w := newWorld()
	for _, title := range []string{"a", "B", "길", ""} {
		w.create(memos.Number, w.projects[0], title)
	}
	x := w.load(w.index(0))
	for _, order := range []index.Order{index.Newest, index.Oldest, index.ByTitle} {
		p, err := x.List(index.Query{Order: order, Limit: 2})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(order), p.Next)
	}
	f.Fuzz(func(t *testing.T, order uint8, after string) {
		p, err := x.List(index.Query{Order: index.Order(order), After: after})
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("List after %q: %v", after, err)
		}
		if err == nil && (p.Total != 4 || len(p.Rows) > 4) {
			t.Fatalf("List after %q has %d rows of %d", after, len(p.Rows), p.Total)
		}
	})
}

// TestGetOfALaterDocument looks into a snapshot for what was made afterwards,
// in a kind that is held, while another is not.
func TestGetOfALaterDocument(t *testing.T) {
	w := newWorld()
	x := w.index(1)
	for range 2 {
		x.Apply(w.create(memos.Number, w.projects[0], "a"))
	}
	s := x.Snapshot()
	made := w.create(places.Number, id.Doc{}, "b")
	x.Apply(made)
	if row, ok, err := s.Get(made[0].ID()); ok || err != nil {
		t.Errorf("Get() of a later document = %+v, %v, %v, want nothing", row, ok, err)
	}
	if _, ok, err := x.Get(made[0].ID()); !ok || err != nil {
		t.Errorf("Get() of a document = %v, %v, want it", ok, err)
	}
}
