package index_test

import (
	"testing"

	"cairn/app/index"
	"cairn/core/id"
)

// TestDocumentsThatChangeTheirKindMove lets a place turn out to be a memo, as
// an operation with a lower number does to a document, with either kind held
// or not.
func TestDocumentsThatChangeTheirKindMove(t *testing.T) {
	for name, c := range map[string]struct{ room, memos, places int }{
		"both held":    {10, 1, 1},
		"from spilled": {3, 1, 3},
		"into spilled": {3, 3, 1},
		"both spilled": {1, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			x := w.index(c.room)
			for range c.memos {
				x.Apply(w.create(memos.Number, id.Doc{}, "memo"))
			}
			for range c.places {
				x.Apply(w.create(places.Number, id.Doc{}, "place"))
			}
			place := w.docs[w.names[len(w.names)-1]]
			moved := index.Row{ID: place.ID(), Noun: memos.Number}
			w.rows[place.ID()] = moved
			x.Apply(w.clash(place, moved))

			want := map[uint16]int{memos.Number: c.memos + 1, places.Number: c.places - 1, 0: c.memos + c.places}
			for noun, n := range want {
				if got, err := x.Count(noun, id.Doc{}); err != nil || got != n {
					t.Errorf("Count(%d) = %d, %v, want %d", noun, got, err, n)
				}
			}
			if got, ok, err := x.Get(place.ID()); !ok || err != nil || got != w.rows[place.ID()] {
				t.Errorf("Get() = %+v, %v, %v, want %+v", got, ok, err, w.rows[place.ID()])
			}
			if got := x.Conflicts(); len(got) != 1 || got[0] != w.rows[place.ID()] {
				t.Errorf("Conflicts() = %+v, want %+v", got, w.rows[place.ID()])
			}
		})
	}
}

// TestConflictsEndWhereverTheyAre settles a conflict of a document whose row is
// not held with the operation that makes it one of a kind that is.
func TestConflictsEndWhereverTheyAre(t *testing.T) {
	w := newWorld()
	x := w.index(2)
	for range 3 {
		x.Apply(w.create(laterKind, id.Doc{}, ""))
	}
	later := w.docs[w.names[0]]
	row := w.rows[later.ID()]
	x.Apply(w.clash(later, row))
	if got := x.Conflicts(); len(got) != 1 {
		t.Fatalf("Conflicts() = %+v, want one of a spilled kind", got)
	}
	row = index.Row{ID: later.ID(), Noun: memos.Number, Title: "settled"}
	w.rows[later.ID()] = row
	later = w.docs[later.ID()]
	x.Apply(w.change(later, row, w.title(later, memos.Number, "settled")))
	if got := x.Conflicts(); len(got) != 0 {
		t.Errorf("Conflicts() = %+v after the last was settled", got)
	}
}
