package doc_test

import (
	"bytes"
	"testing"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

func insertOp(log id.Log, seq uint64, in text.Insert) oplog.Op {
	return opOf(log, seq, doc.KindInsertText, fieldText, in.Append(nil))
}

// A log may name its runes twice, by fault or by malice. What it wrote first
// counts, also where that had to wait for its place.
func TestFirstRunesOfALogCountEverywhere(t *testing.T) {
	anchor := insertOp(logA, 0, text.Insert{At: text.ID{Log: logA}, Runes: "a"})
	twice := []oplog.Op{
		insertOp(logB, 0, text.Insert{At: text.ID{Log: logB}, Left: text.ID{Log: logA}, Runes: "first"}),
		insertOp(logB, 1, text.Insert{At: text.ID{Log: logB}, Runes: "other"}),
		insertOp(logB, 2, text.Insert{At: text.ID{Log: logB, N: 5}, Runes: "!"}),
	}
	fold := func(ops ...oplog.Op) *doc.Doc {
		d := doc.New(docName)
		for _, op := range ops {
			mustApply(t, d, op)
		}
		return d
	}
	early := fold(append([]oplog.Op{anchor}, twice...)...)
	late := fold(append(append([]oplog.Op(nil), twice...), anchor)...)
	between := fold(twice[0], twice[1], anchor, twice[2])
	merged := fold(twice...)
	if got := merged.Text(fieldText); got != "" {
		t.Errorf("text %q before the rune that it hangs on", got)
	}
	merged.Merge(fold(anchor))

	want := early.Append(nil)
	for name, d := range map[string]*doc.Doc{"late": late, "between": between, "merged": merged} {
		if got := d.Append(nil); !bytes.Equal(got, want) {
			t.Errorf("%s: text %q in %x\nwant %q in %x", name, d.Text(fieldText), got, early.Text(fieldText), want)
		}
	}
	if got, want := early.Text(fieldText), "afirst!"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestWaitingTextFollowsInChains(t *testing.T) {
	logC := id.Log{Device: 0xc}
	d := doc.New(docName)
	mustApply(t, d, insertOp(logA, 0, text.Insert{At: text.ID{Log: logA}, Left: text.ID{Log: logB}, Runes: "3"}))
	mustApply(t, d, insertOp(logB, 0, text.Insert{At: text.ID{Log: logB}, Left: text.ID{Log: logC}, Runes: "2"}))
	mustApply(t, d, insertOp(logC, 0, text.Insert{At: text.ID{Log: logC}, Runes: "1"}))
	if got, want := d.Text(fieldText), "123"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestTextThatWaitsIsStored(t *testing.T) {
	d := doc.New(docName)
	waits := insertOp(logB, 0, text.Insert{At: text.ID{Log: logB}, Left: text.ID{Log: logA, N: 1}, Runes: "!"})
	mustApply(t, d, waits)
	clear(waits.Payload) // it belongs to the caller
	stored := d.Append(nil)
	again, err := doc.Decode(docName, stored)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, again, insertOp(logA, 0, text.Insert{At: text.ID{Log: logA}, Runes: "hi"}))
	if got, want := again.Text(fieldText), "hi!"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestTextPositionsAreChecked(t *testing.T) {
	d := doc.New(docName)
	if _, err := d.InsertText(fieldText, logA, 1, "x"); err == nil {
		t.Error("InsertText beyond the end gave no error")
	}
	if _, err := d.DeleteText(fieldText, logA, 0, 1); err == nil {
		t.Error("DeleteText of nothing gave no error")
	}
}

// Ann is removed; Ben had already typed next to what she wrote after the cut.
// His words stay, and hers do not show.
func TestWordsBesideVoidOnesStay(t *testing.T) {
	w := newTeam(2)
	ann, ben := w.replicas[0], w.replicas[1]
	write := func(r *replica, pos int, runes string) oplog.Op {
		t.Helper()
		w.pull(ann, ben.log, 99)
		w.pull(ben, ann.log, 99)
		change, err := r.doc.InsertText(fieldText, r.log, pos, runes)
		if err != nil {
			t.Fatal(err)
		}
		return w.write(t, r, change)
	}
	before, after := write(ann, 0, "Agreed."), write(ann, 7, " Sell it all!")
	reply := write(ben, 12, "n'")
	again := write(ben, 9+13, " No.")

	d := doc.New(docName)
	mustApply(t, d, before)
	d.Void(after)
	mustApply(t, d, reply)
	mustApply(t, d, again)
	if got, want := d.Text(fieldText), "Agreed.n' No."; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if last := d.Last().By.Log; last != ben.log {
		t.Errorf("the last operation is of %v, want %v", last, ben.log)
	}
}

// Names that a void operation uses again keep the runes that they had.
func TestVoidRunesDoNotTakeOthersAway(t *testing.T) {
	d := doc.New(docName)
	mustApply(t, d, insertOp(logA, 0, text.Insert{At: text.ID{Log: logA}, Runes: "abc"}))
	d.Void(insertOp(logA, 1, text.Insert{At: text.ID{Log: logA, N: 1}, Left: text.ID{Log: logA}, Runes: "xyz"}))
	d.Void(insertOp(logA, 1, text.Insert{At: text.ID{Log: logA, N: 4}, Runes: "twice"}))
	d.Void(opOf(logA, 2, doc.KindInsertText, fieldText, []byte{0xff}))
	d.Void(opOf(id.Log{}, 2, doc.KindInsertText, fieldText, nil))
	if got, want := d.Text(fieldText), "abc"; got != want || d.Seen(logA) != 3 {
		t.Errorf("text %q, seen %d; want %q and 3", got, d.Seen(logA), want)
	}
}
