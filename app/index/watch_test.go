package index_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
)

// TestWatchEndsWhenItMust holds every watch there can be over random commits:
// where rows are held, it ends when one of its scope changes and at nothing
// else; where they are not, it may end more often.
func TestWatchEndsWhenItMust(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		roomy, tight := w.index(0), w.index(rapid.IntRange(1, 5).Draw(t, "room"))
		for range rapid.IntRange(1, 8).Draw(t, "commits") {
			exact, atLeast := watchAll(w, roomy), watchAll(w, tight)
			before := maps.Clone(w.rows)
			docs := w.commit(t)
			roomy.Apply(docs)
			tight.Apply(docs)
			for q, changed := range exact {
				must := concerns(q, before, w.rows)
				if isClosed(changed) != must {
					t.Fatalf("watch of %+v ended: %v, want %v", q, !must, must)
				}
				if must && !isClosed(atLeast[q]) {
					t.Fatalf("watch of %+v did not end, rows being spilled", q)
				}
			}
		}
	})
}

func watchAll(w *world, x *index.Index) map[index.Query]<-chan struct{} {
	all := map[index.Query]<-chan struct{}{}
	add := func(q index.Query) { all[q] = x.Watch(q) }
	for _, noun := range []uint16{0, memos.Number, places.Number, laterKind, 999} {
		for _, project := range append([]id.Doc{{}, {9}}, w.projects...) {
			add(index.Query{Noun: noun, Project: project})
		}
	}
	add(index.Query{Conflicted: true})
	return all
}

// concerns reports whether a row that q is about differs.
func concerns(q index.Query, before, after map[id.Doc]index.Row) bool {
	about := func(r index.Row, ok bool) bool {
		if q.Conflicted {
			return ok && r.Conflicts > 0
		}
		return ok && (q.Noun == 0 || r.Noun == q.Noun) && (q.Project.IsZero() || r.Project == q.Project)
	}
	for name, now := range after {
		was, ok := before[name]
		if was != now && (about(was, ok) || about(now, true)) {
			return true
		}
	}
	return false
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestApplyingTheSameAgainWakesNobody(t *testing.T) {
	for name, room := range map[string]int{"held": 0, "spilled": 1} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			x := w.index(room)
			docs := w.create(memos.Number, w.projects[0], "a")
			other := w.create(memos.Number, w.projects[0], "b")
			clash := w.clash(other[0], w.rows[other[0].ID()])
			docs = append(docs, clash...)
			x.Apply(docs)
			conflicts, all := x.Watch(index.Query{Conflicted: true}), x.Watch(index.Query{})
			x.Apply(docs)
			if isClosed(conflicts) {
				t.Error("the watch of conflicts ended without a change of one")
			}
			if isClosed(all) && room == 0 {
				t.Error("the watch of everything ended without a change")
			}
		})
	}
}

// TestWatchOutlivesSpilling makes a kind too big while somebody watches one
// project of it: what then moves into another must still be noticed.
func TestWatchOutlivesSpilling(t *testing.T) {
	w := newWorld()
	x := w.index(2)
	moving := w.create(memos.Number, w.projects[0], "moving")
	x.Apply(moving)
	q := index.Query{Noun: memos.Number, Project: w.projects[0]}
	before := x.Watch(q)
	for range 2 {
		x.Apply(w.create(memos.Number, w.projects[1], "filling"))
	}
	if !isClosed(before) {
		t.Fatal("the watch did not end when the kind was spilled")
	}
	after := x.Watch(q)
	row := w.rows[moving[0].ID()]
	row.Project = w.projects[1]
	x.Apply(w.change(moving[0], row, moving[0].SetRegister(1, doc.Ref(w.projects[1]))))
	if !isClosed(after) {
		t.Error("the watch did not end when the document left the project")
	}
}

// TestRenewalIsSeenAtOnceByEverybody fills an index anew with other documents
// than it had.
func TestRenewalIsSeenAtOnceByEverybody(t *testing.T) {
	w := newWorld()
	clash := w.clash(w.create(memos.Number, w.projects[0], "a")[0], index.Row{Noun: memos.Number})
	x := w.index(0)
	x.Apply(clash)
	watches := watchAll(w, x)

	x.Reset()
	fresh := w.create(memos.Number, w.projects[1], "b")
	x.Apply(fresh)
	if p, err := x.List(index.Query{}); err != nil || p.Total != 1 || p.Rows[0].ID != clash[0].ID() || len(x.Conflicts()) != 1 {
		t.Errorf("List() = %+v, %v, conflicts %v before Renewed, want what was there", p, err, x.Conflicts())
	}
	for q, changed := range watches {
		if isClosed(changed) {
			t.Errorf("the watch of %+v ended before Renewed", q)
		}
	}

	x.Renewed()
	for q, changed := range watches {
		if !isClosed(changed) {
			t.Errorf("the watch of %+v did not end", q)
		}
	}
	if p, err := x.List(index.Query{}); err != nil || p.Total != 1 || p.Rows[0].ID != fresh[0].ID() || len(x.Conflicts()) != 0 {
		t.Errorf("List() = %+v, %v, conflicts %v after Renewed, want what came since Reset", p, err, x.Conflicts())
	}
	x.Renewed() // without a Reset it does nothing
	x.Apply(clash)
	if p, err := x.List(index.Query{}); err != nil || p.Total != 2 {
		t.Errorf("List() = %+v, %v after another Apply, want both", p, err)
	}
}
