package journal_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// latest returns what Latest hands out.
func (n *node) latest(before doc.Version, of func(id.Log) bool) []oplog.Op {
	n.t.Helper()
	var out []oplog.Op
	n.check(n.Latest(n.t.Context(), before, of, func(op oplog.Op) error {
		out = append(out, op)
		return nil
	}))
	return out
}

// TestLatestIsTheLogsFromTheirEnds has three devices write in turn, and reads
// what they wrote from every place of it.
func TestLatestIsTheLogsFromTheirEnds(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	cat := join(t, 3, ada, member.Contributor)
	var made []id.Doc
	for i := range 40 {
		n := []*node{ada, ben, ada, cat, cat}[i%5]
		for _, o := range []*node{ada, ben, cat} {
			o.wall.advance(time.Duration(i%3) * time.Millisecond)
		}
		made = append(made, n.create(fmt.Sprint("document ", i)))
		n.insert(made[i], 0, "prose")
		if i%8 == 7 {
			ada.pull(ben)
			ada.pull(cat)
			ben.pull(ada)
			cat.pull(ada)
		}
	}
	var want []oplog.Op
	for _, name := range made {
		ops, err := ada.Operations(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, ops...)
	}
	slices.SortFunc(want, func(a, b oplog.Op) int { return b.Compare(a) })
	same := func(what string, got, want []oplog.Op) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", what, diff)
		}
	}
	same("all", ada.latest(doc.Version{}, nil), want)
	for i, op := range want {
		same(fmt.Sprintf("before number %d", i), ada.latest(doc.Version{At: op.Stamp, By: op.ID}, nil), want[i+1:])
	}
	log := ben.dataLog()
	same("those of one device", ada.latest(doc.Version{}, func(l id.Log) bool { return l == log }),
		slices.DeleteFunc(slices.Clone(want), func(op oplog.Op) bool { return op.ID.Log != log }))

	for _, op := range want {
		got, ok, err := ada.Operation(op.ID)
		if diff := cmp.Diff(op, got); diff != "" || !ok || err != nil {
			t.Fatalf("Operation(%s) = %v, %v:\n%s", op.ID, ok, err, diff)
		}
	}
	for _, name := range []id.Op{{Log: log, Seq: 1 << 40}, {Log: log, Seq: ^uint64(0)}, {Log: id.Log{Device: 99}}} {
		if op, ok, err := ada.Operation(name); ok || err != nil {
			t.Errorf("Operation(%s) = %v, %v, %v, want none", name, op, ok, err)
		}
	}
}

// TestLatestEndsWhenItIsToldTo reads one operation only.
func TestLatestEndsWhenItIsToldTo(t *testing.T) {
	ada := found(t, 1)
	ada.create("one")
	ada.create("two")
	enough, n := errors.New("enough"), 0
	err := ada.Latest(t.Context(), doc.Version{}, nil, func(oplog.Op) error { n++; return enough })
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("Latest = %v after %d operations, want the error of the first", err, n)
	}
}

// TestLatestLeavesOutWhatIsVoid removes somebody with what they wrote last.
func TestLatestLeavesOutWhatIsVoid(t *testing.T) {
	ada := found(t, 1)
	mal := join(t, 2, ada, member.Contributor)
	kept := mal.create("kept")
	cut := mal.Heads()[mal.dataLog()].Next
	mal.create("void")
	ada.pull(mal)
	mal.removedBy(ada, cut)
	for _, op := range ada.latest(doc.Version{}, nil) {
		if op.Doc != kept {
			t.Errorf("%s on document %s is there", op.ID, op.Doc)
		}
	}
}
