package doc_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

var (
	logA = id.Log{Device: 0xa}
	logB = id.Log{Device: 0xb}
)

func opOf(log id.Log, seq uint64, kind oplog.Kind, field uint16, payload []byte) oplog.Op {
	return oplog.Op{ID: id.Op{Log: log, Seq: seq}, Stamp: 100, Doc: docName, Noun: 5, Kind: kind, Field: field, Payload: payload}
}

func TestCriticalKindFreezesAndTheRestIsFoldedIn(t *testing.T) {
	d := doc.New(docName)
	mustApply(t, d, opOf(logA, 0, doc.KindCount, fieldCounter, []byte{2}))
	if d.Frozen() {
		t.Fatal("a document of known operations is frozen")
	}
	if err := d.Apply(opOf(logA, 1, oplog.Critical, fieldCounter, nil)); !errors.Is(err, doc.ErrFrozen) {
		t.Fatalf("Apply of a critical kind: %v, want ErrFrozen", err)
	}
	if err := d.Apply(opOf(logB, 0, doc.KindCount, fieldCounter, []byte{4})); err != nil {
		t.Fatalf("Apply after a critical kind: %v", err)
	}
	if got := d.Counter(fieldCounter); got != 3 || !d.Frozen() {
		t.Errorf("counter %d, frozen %v; want 3 and frozen", got, d.Frozen())
	}
	if d.Outdated() {
		t.Error("a kind that nobody here knows makes the document outdated")
	}
}

func TestUnknownKindIsSkipped(t *testing.T) {
	d := doc.New(docName)
	if err := d.Apply(opOf(logA, 4, 0x7f, 9, []byte("anything"))); err != nil {
		t.Fatalf("Apply of a kind that may be skipped: %v", err)
	}
	if d.Frozen() || len(d.Fields()) > 0 || d.Seen(logA) != 5 || d.Noun() != 5 {
		t.Errorf("frozen %v, fields %v, seen %d, noun %d; want only noun 5 and 5 seen", d.Frozen(), d.Fields(), d.Seen(logA), d.Noun())
	}
}

// Frozen depends on what came, not on when.
func TestFrozenIsTheSameEverywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := session(t, true)
		critical := slices.ContainsFunc(w.edits, func(e edit) bool { return e.Kind >= oplog.Critical })
		a, b := w.fold(t, w.everything()), w.fold(t, w.some(t))
		b.Merge(a)
		if a.Frozen() != critical || b.Frozen() != critical {
			t.Fatalf("frozen %v, merged %v; a critical operation came: %v", a.Frozen(), b.Frozen(), critical)
		}
	})
}

func TestDocumentOfAnOlderVersionIsOutdated(t *testing.T) {
	d := doc.New(docName)
	mustApply(t, d, opOf(logA, 0, 0x7f, 1, nil))
	stored := d.Append(nil)
	at := slices.Index(stored, 0x7f)
	stored[at] = byte(doc.KindSet) // as a version that did not know KindSet would store it
	old, err := doc.Decode(docName, stored)
	if err != nil {
		t.Fatal(err)
	}
	if !old.Outdated() || old.Frozen() {
		t.Errorf("outdated %v, frozen %v; want outdated only", old.Outdated(), old.Frozen())
	}
	d.Merge(old)
	if !d.Outdated() {
		t.Error("merged with an outdated state a document is not outdated")
	}
}

func TestDecodeOfALaterFormIsFrozen(t *testing.T) {
	if _, err := doc.Decode(docName, []byte{2, 0, 0, 0}); !errors.Is(err, doc.ErrFrozen) {
		t.Errorf("Decode of form 2: %v, want ErrFrozen", err)
	}
}
