package doc_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
)

// each runs a property over sessions of honest and of hostile teams, and of
// some that remove a member.
func each(t *testing.T, property func(t *rapid.T, w *team)) {
	t.Helper()
	for name, hostile := range map[string]bool{"honest": false, "hostile": true} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { property(t, session(t, hostile)) })
		})
	}
	t.Run("writers", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) { property(t, sessionOf(t, false, textChange)) })
	})
	t.Run("removed", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			w := sessionOf(t, true, rapid.SampledFrom([]int{anyChange, textChange}).Draw(t, "lowest"))
			removed := rapid.SampledFrom(w.replicas).Draw(t, "removed")
			w.cut = map[id.Log]uint64{removed.log: rapid.Uint64Range(0, removed.next).Draw(t, "cut")}
			property(t, w)
		})
	})
}

func TestOrderOfLogsDoesNotMatter(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		all := w.everything()
		want := w.fold(t, all)
		equal(t, "another order", w.fold(t, all), want)
		for _, r := range w.replicas {
			for _, other := range w.replicas {
				w.pull(r, other.log, len(w.edits))
			}
			if w.cut == nil {
				equal(t, "a replica that has everything", r.doc, want)
			}
		}
	})
}

func TestApplyAgainChangesNothing(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		r := rapid.SampledFrom(w.replicas).Draw(t, "replica")
		want := r.doc.Clone()
		for _, op := range r.order {
			if err := r.doc.Apply(op); err != nil {
				t.Fatalf("apply %+v again: %v", op, err)
			}
		}
		equal(t, "after the same operations again", r.doc, want)
	})
}

func TestMergeIsTheUnionOfOperations(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		partA, partB := w.some(t), w.some(t)
		a, b := w.fold(t, partA), w.fold(t, partB)
		merged, keep := a.Clone(), b.Clone()
		merged.Merge(b)
		equal(t, "the other side of a merge", b, keep)
		equal(t, "merged", merged, w.fold(t, union(partA, partB)))

		// What follows finds a merged state and a folded one alike.
		rest := w.fold(t, w.everything())
		for _, r := range w.replicas {
			for _, op := range w.logs[r.log] {
				w.enter(merged, op)
			}
		}
		equal(t, "merged, then the rest applied", merged, rest)
	})
}

func TestMergeLaws(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		a, b, c := w.fold(t, w.some(t)), w.fold(t, w.some(t)), w.fold(t, w.some(t))
		join := func(x, y *doc.Doc) *doc.Doc {
			out := x.Clone()
			out.Merge(y)
			return out
		}
		equal(t, "a∨b and b∨a", join(a, b), join(b, a))
		equal(t, "(a∨b)∨c and a∨(b∨c)", join(join(a, b), c), join(a, join(b, c)))
		equal(t, "a∨a and a", join(a, a.Clone()), a)
		equal(t, "(a∨b)∨b and a∨b", join(join(a, b), b), join(a, b))
		a.Merge(a)
		equal(t, "a merged into itself", a, a.Clone())
	})
}

func TestStoredFormKeepsEverything(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		want := w.fold(t, w.some(t))
		stored := want.Append(nil)
		got, err := doc.Decode(docName, stored)
		if err != nil {
			t.Fatalf("Decode(%x): %v", stored, err)
		}
		clear(stored) // Decode keeps no part of it
		equal(t, "decoded", got, want)
		if a, b := show(got), show(want); a != b {
			t.Fatalf("decoded document shows\n%s\nwant\n%s", a, b)
		}

		// The rest is folded into either alike.
		for _, r := range w.replicas {
			for _, op := range w.logs[r.log] {
				w.enter(got, op)
				w.enter(want, op)
			}
		}
		equal(t, "decoded, then the rest applied", got, want)
	})
}

func TestCloneSharesNothing(t *testing.T) {
	each(t, func(t *rapid.T, w *team) {
		d := w.fold(t, w.some(t))
		before, clone := d.Append(nil), d.Clone()
		for _, r := range w.replicas {
			for _, op := range w.logs[r.log] {
				w.enter(clone, op)
			}
		}
		if after := d.Append(nil); !bytes.Equal(before, after) {
			t.Fatalf("operations on a clone changed the original:\n%x\n%x", before, after)
		}
		full := clone.Append(nil)
		for _, r := range w.replicas {
			for _, op := range w.logs[r.log] {
				w.enter(d, op)
			}
		}
		if after := clone.Append(nil); !bytes.Equal(full, after) {
			t.Fatalf("operations on the original changed the clone:\n%x\n%x", full, after)
		}
	})
}
