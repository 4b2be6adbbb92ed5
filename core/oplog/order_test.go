package oplog_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

func TestOperationsHaveOneOrder(t *testing.T) {
	op := rapid.Custom(func(t *rapid.T) oplog.Op {
		return oplog.Op{
			Stamp: clock.Stamp(rapid.Uint64Range(0, 2).Draw(t, "stamp")),
			ID:    id.Op{Log: logs().Draw(t, "log"), Seq: rapid.Uint64Range(0, 2).Draw(t, "seq")},
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := op.Draw(t, "a"), op.Draw(t, "b")
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a.ID == b.ID && a.Stamp == b.Stamp) {
			t.Fatalf("%v against %v: %d one way, %d the other", a, b, a.Compare(b), b.Compare(a))
		}
		if a.Stamp < b.Stamp && a.Compare(b) >= 0 {
			t.Fatalf("%v is not before %v, which has the later stamp", a, b)
		}
		ops := rapid.SliceOfN(op, 1, 9).Draw(t, "ops")
		shuffled := rapid.Permutation(ops).Draw(t, "shuffled")
		slices.SortFunc(ops, oplog.Op.Compare)
		slices.SortFunc(shuffled, oplog.Op.Compare)
		if !slices.EqualFunc(ops, shuffled, func(a, b oplog.Op) bool { return a.Compare(b) == 0 }) {
			t.Fatalf("sorted: %v and %v", ops, shuffled)
		}
	})
}
