package index_test

import (
	"fmt"
	"sync"
	"testing"

	"cairn/app/index"
	"cairn/core/id"
)

// TestLoadIsBelievedLessThanApply loads what the disk had when a commit came
// in between.
func TestLoadIsBelievedLessThanApply(t *testing.T) {
	for name, room := range map[string]int{"held": 0, "spilled": 1} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			stale := w.create(memos.Number, w.projects[0], "old")[0]
			w.create(memos.Number, w.projects[0], "other")
			x := w.index(room)
			l := x.Load()
			for _, n := range w.names {
				l.Add(w.docs[n])
			}
			row := w.rows[stale.ID()]
			x.Apply(w.clash(stale, row))
			l.Done()
			got, ok, err := x.Get(stale.ID())
			if want := w.rows[stale.ID()]; !ok || err != nil || got != want {
				t.Errorf("Get() = %+v, %v, %v, want %+v", got, ok, err, want)
			}
			if rows := x.Conflicts(); len(rows) != 1 {
				t.Errorf("Conflicts() = %+v, want the one that Apply brought", rows)
			}
		})
	}
}

// TestLargeLoadsTakeSeveralTransactions crosses the size of one, and that of
// the index, on the way.
func TestLargeLoadsTakeSeveralTransactions(t *testing.T) {
	const rows = 5000
	w := newWorld()
	for i := range rows {
		kind := memos.Number
		if i%5 == 0 {
			kind = places.Number
		}
		w.create(kind, w.projects[i%3], fmt.Sprint("row ", i))
	}
	for _, room := range []int{0, 3000, 100} {
		x := w.load(w.index(room))
		for noun, want := range map[uint16]int{0: rows, memos.Number: rows * 4 / 5, places.Number: rows / 5} {
			if got, err := x.Count(noun, id.Doc{}); err != nil || got != want {
				t.Errorf("with room for %d, Count(%d) = %d, %v, want %d", room, noun, got, err, want)
			}
		}
	}
}

// TestReadersAndWritersTogether is for the race detector: what readers see is
// whole commits, each with all documents of one title.
func TestReadersAndWritersTogether(t *testing.T) {
	for name, room := range map[string]int{"held": 0, "spilling": 40} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			x := w.index(room)
			l := x.Load()
			var group sync.WaitGroup
			for range 2 {
				group.Go(func() { follow(t, x, room == 0) })
			}
			for i := range 30 {
				docs := w.create(memos.Number, w.projects[i%3], "first")
				docs = append(docs, w.create(places.Number, id.Doc{}, "second")...)
				x.Apply(docs)
				l.Add(docs[0])
			}
			l.Done()
			x.Apply(w.create(laterKind, id.Doc{}, ""))
			group.Wait()
		})
	}
}

// follow reads whenever there is something new, until the last document is there.
func follow(t *testing.T, x *index.Index, held bool) {
	for {
		changed := x.Watch(index.Query{})
		s := x.Snapshot()
		first, err1 := s.List(index.Query{Noun: memos.Number, Text: "FIRST", Order: index.ByTitle})
		second, err2 := s.Count(places.Number, id.Doc{})
		_, err3 := s.FindPrefix("0", 3)
		last, err4 := s.Count(laterKind, id.Doc{})
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil {
				t.Error(err)
				return
			}
		}
		if held && first.Total != second {
			t.Errorf("%d and %d documents of a commit in one snapshot", first.Total, second)
		}
		if last > 0 {
			return
		}
		<-changed
	}
}
