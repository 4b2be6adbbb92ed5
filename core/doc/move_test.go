package doc_test

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// TestTheEndOfALogDoesInAnotherLogWhatItDid carries the end of a log over and
// expects to see what was seen, as long as nobody else has built on that end.
func TestTheEndOfALogDoesInAnotherLogWhatItDid(t *testing.T) {
	for what, lowest := range map[string]int{"any": anyChange, "writers": textChange} {
		t.Run(what, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				w := sessionOf(t, false, lowest)
				r := rapid.SampledFrom(w.replicas).Draw(t, "replica")
				at := rapid.Uint64Range(0, r.next).Draw(t, "at")
				stays, end := w.part(r.log, at)
				to := id.Log{Device: r.log.Device, Incarnation: r.log.Incarnation + 2}
				moved := carried(r.log, at, to, end)
				if again := carried(r.log, at, to, end); !slices.EqualFunc(moved, again, sameOp) {
					t.Fatal("carried over twice, it is not the same")
				}
				here, there := doc.New(docName), doc.New(docName)
				for _, op := range stays {
					_ = here.Apply(op)
					_ = there.Apply(op)
				}
				for i := range end {
					errHere, errThere := here.Apply(end[i]), there.Apply(moved[i])
					if (errHere == nil) != (errThere == nil) {
						t.Fatalf("%+v: %v, carried over to %+v: %v", end[i], errHere, moved[i], errThere)
					}
				}
				if got := there.Seen(r.log); got > at {
					t.Fatalf("operation %d of the old log is named still", got-1)
				}
				for _, f := range here.Fields() {
					if got, want := there.Plain(f), here.Plain(f); got != want {
						t.Errorf("field %+v shows %s, want %s", f, got, want)
					}
				}
				if here.Trashed() != there.Trashed() || len(here.Fields()) != len(there.Fields()) {
					t.Error("the documents differ")
				}
			})
		})
	}
}

// part returns the end of a log, up to the first operation that builds on what
// somebody else has built on it, and all that does not.
func (w *team) part(log id.Log, at uint64) (stays, end []oplog.Op) {
	out := map[id.Op]bool{} // what builds on the end
	beyond := false
	for _, e := range w.edits {
		inEnd := e.ID.Log == log && e.ID.Seq >= at
		builds := false
		for o := range e.past {
			builds = builds || out[o] || !inEnd && o.Log == log && o.Seq >= at
		}
		switch {
		case inEnd && (builds || beyond):
			beyond, out[e.ID] = true, true
		case inEnd:
			end = append(end, e.Op)
		case builds:
			out[e.ID] = true
		default:
			stays = append(stays, e.Op)
		}
	}
	return stays, end
}

func carried(from id.Log, at uint64, to id.Log, ops []oplog.Op) []oplog.Op {
	m := doc.NewMove(from, at, to)
	out := make([]oplog.Op, len(ops))
	for i, op := range ops {
		out[i] = m.Op(op)
	}
	return out
}

func sameOp(a, b oplog.Op) bool {
	same := bytes.Equal(a.Payload, b.Payload)
	a.Payload, b.Payload = nil, nil
	return same && a.ID == b.ID && a.Stamp == b.Stamp && a.Doc == b.Doc && a.Noun == b.Noun && a.Kind == b.Kind && a.Field == b.Field
}
