package journal_test

import (
	"bytes"
	"errors"
	"testing"

	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/branch"
)

// TestWhatOnlyOthersHaveBehindAForkIsWrittenAgain has a teammate hold all of a
// history of which the device that wrote it, put back to an earlier day, has
// nothing but the proof.
func TestWhatOnlyOthersHaveBehindAForkIsWrittenAgain(t *testing.T) {
	lost := found(t, 1)
	name := lost.create("base")
	lost.edit(name, "before")
	ben := join(t, 2, lost, member.Contributor)
	ada := copied(lost) // as of the backup
	log := lost.dataLog()
	for _, word := range []string{"one", "two", "three", "four"} {
		lost.edit(name, word)
	}
	ben.pull(lost)
	ada.edit(name, "copy")
	proof := forks(t, log, lost, ada)
	ada.hear(proof)
	ben.hear(proof)

	known, err := ada.OwnForks(t.Context())
	if err != nil || len(known) != 1 || known[0].Log != log || known[0].At != proof.At || len(known[0].Known) != 2 {
		t.Fatalf("own forks: %+v, %v", known, err)
	}
	kept := ben.batches(log, proof.At)
	mine := hashesOf(t, kept[:1])[0]
	if end := endOf(known[0], mine); end != proof.At+6 {
		t.Errorf("of the lost history %d operations are known, want those of its first batch", end-proof.At)
	}
	ada.check(ada.Return(t.Context(), log, kept[:2]))
	ada.check(ada.Return(t.Context(), log, kept))
	ada.check(ada.Return(t.Context(), log, kept))
	if known, err = ada.OwnForks(t.Context()); err != nil || endOf(known[0], mine) != ben.Heads()[log].Next {
		t.Errorf("what was taken back is not known: %+v, %v", known, err)
	}
	settle(ada, ben)
	for _, n := range []*node{ada, ben} {
		n.shows(name, "before", "one", "two", "three", "four", "copy")
		same(t, ada, n)
		n.sound()
	}
	if forks, err := ben.OwnForks(t.Context()); err != nil || len(forks) > 0 {
		t.Errorf("Ben's own forks: %+v, %v", forks, err)
	}
}

// TestWhatComesBackIsVerified hands back what no device has written like that.
func TestWhatComesBackIsVerified(t *testing.T) {
	lost := found(t, 1)
	name := lost.create("base")
	ben := join(t, 2, lost, member.Contributor)
	ada := copied(lost)
	log := lost.dataLog()
	for _, word := range []string{"one", "two", "three"} {
		lost.edit(name, word)
	}
	ben.pull(lost)
	ada.edit(name, "copy")
	proof := forks(t, log, lost, ada)
	ada.hear(proof)
	kept := ben.batches(log, proof.At)
	turned := bytes.Clone(kept[1])
	turned[len(turned)/2] ^= 1
	ben.edit(name, "Ben's")
	before := ada.Heads()
	for what, c := range map[string]struct {
		raws [][]byte
		err  error
	}{
		"another's":                {ben.batches(ben.dataLog(), 0), oplog.ErrSignature},
		"no batch":                 {[][]byte{{1, 2, 3}}, oplog.ErrMalformed},
		"not from the fork on":     {kept[1:], nil},
		"nothing":                  {nil, nil},
		"what comes before it too": {ben.batches(log, 0), nil},
	} {
		if err := ada.Return(t.Context(), log, c.raws); c.err != nil && !errors.Is(err, c.err) || c.err == nil && err != nil {
			t.Errorf("%s: %v, want %v", what, err, c.err)
		}
	}
	if fault.KindOf(ada.Return(t.Context(), ben.dataLog(), kept)) == fault.Internal {
		t.Error("a log of another device is no fault that is told")
	}
	for log, head := range ada.Heads() {
		if before[log] != head {
			t.Errorf("log %v has moved to %d", log, head.Next)
		}
	}
	if err := ada.Return(t.Context(), log, [][]byte{kept[0], turned, kept[2]}); !errors.Is(err, oplog.ErrSignature) {
		t.Errorf("a turned bit: %v", err)
	}
	if err := ada.Return(t.Context(), log, [][]byte{kept[0], kept[2]}); !errors.Is(err, oplog.ErrGap) {
		t.Errorf("a gap: %v", err)
	}
	ada.shows(name, "one", "copy")
	ada.sound()
}

func hashesOf(t *testing.T, raws [][]byte) (out []oplog.Hash) {
	t.Helper()
	for _, raw := range raws {
		b, err := oplog.Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b.Hash)
	}
	return out
}

// endOf returns how far the history that begins with a batch is known.
func endOf(f branch.Fork, first oplog.Hash) uint64 {
	for _, e := range f.Known {
		if e.First == first {
			return e.Next
		}
	}
	return 0
}
