package doc_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
)

// ExampleDoc shows two people who change one document apart and meet again.
func ExampleDoc() {
	var (
		name = id.Doc{1}
		ann  = id.Log{Device: 1}
		ben  = id.Log{Device: 2}
	)
	mine, yours := doc.New(name), doc.New(name)
	renamed := mine.Put(1, doc.String("Churn")).At(doc.Version{At: 10, By: id.Op{Log: ann}})
	tagged := yours.Add(2, doc.String("urgent")).At(doc.Version{At: 11, By: id.Op{Log: ben}})
	_ = mine.Apply(renamed)
	_ = yours.Apply(tagged)

	mine.Merge(yours)
	fmt.Println(mine.Plain(doc.Field{Number: 1, Family: doc.FamilyMulti}), mine.Plain(doc.Field{Number: 2, Family: doc.FamilySet}))
	// Output: Churn ["urgent"]
}

func TestConflictsNameTheFieldsToSettle(t *testing.T) {
	w := newTeam(2)
	ann, ben := w.replicas[0], w.replicas[1]
	w.write(t, ann, ann.doc.Put(1, doc.Int(1)))
	w.write(t, ben, ben.doc.Put(1, doc.Int(2)))
	w.write(t, ann, ann.doc.Put(2, doc.Int(3)))
	w.write(t, ben, ben.doc.Put(2, doc.Int(3)))
	w.pull(ann, ben.log, 9)
	if got := ann.doc.Conflicts(); !slices.Equal(got, []uint16{1}) {
		t.Errorf("conflicts %v, want [1]: equal values are none", got)
	}
	if got := ann.doc.Multi(1); len(got) != 2 || got[0].Compare(got[1].Version) <= 0 {
		t.Errorf("values %v, want two, the latest first", got)
	}
	w.write(t, ann, ann.doc.Put(1, doc.Int(2)))
	if got := ann.doc.Conflicts(); len(got) > 0 {
		t.Errorf("conflicts %v after somebody chose", got)
	}
}

func TestListMovesAndComesBack(t *testing.T) {
	w := newTeam(1)
	r := w.replicas[0]
	show := func() string { return r.doc.Plain(doc.Field{Number: fieldList, Family: doc.FamilyList}).String() }
	for i, s := range []string{"a", "b", "c"} {
		w.write(t, r, r.doc.InsertItem(fieldList, i, doc.String(s), 7))
	}
	first := r.doc.List(fieldList)[0].ID
	w.write(t, r, r.doc.MoveItem(fieldList, first, 2, 7))
	if got, want := show(), `["b","c","a"]`; got != want {
		t.Errorf("after the move %s, want %s", got, want)
	}
	w.write(t, r, r.doc.DropItem(fieldList, first))
	w.write(t, r, r.doc.InsertItem(fieldList, 99, doc.String("d"), 7))
	w.write(t, r, r.doc.RestoreItem(fieldList, first))
	if got, want := show(), `["b","c","a","d"]`; got != want {
		t.Errorf("after it came back %s, want %s", got, want)
	}
}

func TestCounterStaysInItsRange(t *testing.T) {
	d := doc.New(docName)
	for i, log := range []id.Log{logA, logB} {
		change := d.Count(fieldCounter, 1<<62+1<<61)
		mustApply(t, d, change.At(doc.Version{At: clock.Stamp(i), By: id.Op{Log: log}}))
	}
	if got := d.Counter(fieldCounter); got != 1<<63-1 {
		t.Errorf("counter %d, want the largest number", got)
	}
}

func TestBeforeAnyOperation(t *testing.T) {
	d := doc.New(docName)
	_, set := d.Register(1)
	switch {
	case set, d.Multi(1) != nil, d.Set(1) != nil, d.Counter(1) != 0, d.List(1) != nil, d.Text(1) != "", d.TextLen(1) != 0:
		t.Error("a fresh document holds something")
	case d.ID() != docName, d.Noun() != 0, d.Trashed(), d.Frozen(), d.Last() != doc.Version{}, len(d.Logs()) > 0:
		t.Error("a fresh document has a past")
	}
	if got := d.Plain(doc.Field{Number: 1, Family: 99}); !got.IsNull() {
		t.Errorf("a field of no family holds %s", got)
	}
	if got := doc.Family(99).String(); got != "unknown" {
		t.Errorf("a family that is not known is called %q", got)
	}
}

// What one writer leaves too much of is taken away in more than one step.
func TestRemovalFitsABatch(t *testing.T) {
	d := doc.New(docName)
	for i := range 5000 {
		mustApply(t, d, d.Add(fieldSet, doc.Int(1)).At(doc.Version{At: 1, By: id.Op{Log: logA, Seq: uint64(i)}}))
	}
	for i := range 2 {
		change := d.Remove(fieldSet, doc.Int(1))
		if len(change.Payload) > 64<<10 {
			t.Errorf("a removal takes %d bytes", len(change.Payload))
		}
		mustApply(t, d, change.At(doc.Version{At: 2, By: id.Op{Log: logB, Seq: uint64(i)}}))
	}
	if got := d.Set(fieldSet); len(got) > 0 {
		t.Errorf("after two removals the set holds %v", got)
	}
}
