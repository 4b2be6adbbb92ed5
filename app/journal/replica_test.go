package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

var _ replica.Store = journal.Replica{}

func TestReplicaReadsLogsByBytesAndPlaces(t *testing.T) {
	ada := found(t, 1)
	for i := range 5 {
		ada.create(fmt.Sprint("document ", i))
	}
	log, r := ada.dataLog(), ada.Replica()
	all := ada.batches(log, 0)
	for _, tt := range []struct {
		from  uint64
		bytes int
		want  [][]byte
	}{
		{0, 1 << 20, all},
		{3, 1 << 20, all[3:]},
		{0, len(all[0]) + len(all[1]), all[:2]},
		{0, len(all[0]) + len(all[1]) - 1, all[:1]},
		{2, 0, all[2:3]},
		{5, 1 << 20, nil},
		{6, 1 << 20, nil},
	} {
		got, err := r.Batches(log, tt.from, tt.bytes)
		ada.check(err)
		if !equalBatches(got, tt.want) {
			t.Errorf("%d batches from %d in %d bytes, want %d", len(got), tt.from, tt.bytes, len(tt.want))
		}
	}
	mate := admitted(ada, 7, member.Contributor)
	three := mate.draft(nine, nameless, "one of three")
	three.Ops = append(three.Ops, three.Ops[0], three.Ops[0])
	one := mate.next(mate.draft(nine, nameless, "alone"))
	ada.check(ada.Receive(t.Context(), [][]byte{one}))
	alone := mate.head
	three.First, three.Prev = alone.Next, alone.Hash
	ada.check(ada.Receive(t.Context(), [][]byte{mate.next(three)}))
	for next, want := range []oplog.Head{{}, alone, alone, alone, mate.head, mate.head} {
		if got, err := r.HeadAt(mate.log, uint64(next)); got != want || err != nil {
			t.Errorf("head at %d: %v, %v, want %v", next, got, err, want)
		}
	}
	if got, err := r.Batches(mate.log, 2, 1); err != nil || len(got) != 1 || !bytes.Equal(got[0], ada.batches(mate.log, 1)[0]) {
		t.Errorf("batches from the middle of one: %d, %v, want the one", len(got), err)
	}
}

func equalBatches(a, b [][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !bytes.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func TestWhatIsWrittenHereIsToldAndWhatComesIsNot(t *testing.T) {
	ada := found(t, 1)
	told := func() bool {
		select {
		case <-ada.Advanced():
			return true
		default:
			return false
		}
	}
	if !told() || len(ada.Written()) != 1 {
		t.Errorf("the founding is not told: %v", ada.Written())
	}
	mate := admitted(ada, 7, member.Contributor)
	ada.create("one")
	ada.create("two")
	if !told() || told() {
		t.Error("two writes and an act are not told once")
	}
	if got, want := ada.Written()[ada.dataLog()], ada.Heads()[ada.dataLog()]; got != want {
		t.Errorf("written to %v, want %v", got, want)
	}
	ada.check(ada.Receive(t.Context(), [][]byte{mate.next(mate.draft(nine, nameless, "by a mate"))}))
	if told() {
		t.Error("what came from elsewhere is told as written here")
	}
	ada.reopen()
	if written := ada.Written(); len(written) > 0 || told() {
		t.Errorf("opened again, %v is said to be written", written)
	}
}

func TestReceiveSomeStoresUpToTheFirstThatCanNotBe(t *testing.T) {
	ada := found(t, 1)
	mate := admitted(ada, 8, member.Contributor)
	var good [][]byte
	for i := range 3 {
		good = append(good, mate.next(mate.draft(nine, nameless, fmt.Sprint("good ", i))))
	}
	unsigned := bytes.Clone(good[2])
	unsigned[len(unsigned)-1] ^= 1
	stored, err := ada.ReceiveSome(t.Context(), [][]byte{good[0], good[1], unsigned, good[2]})
	if stored != 2 || !errors.Is(err, oplog.ErrSignature) {
		t.Errorf("stored %d, %v, want two and a wrong signature", stored, err)
	}
	if got := ada.title(nameless); got != "good 1" {
		t.Errorf("title = %q, want that of the last good one", got)
	}
	viewer := admitted(ada, 9, member.Viewer)
	denied := viewer.seal(viewer.draft(nine, nameless, "may not")).Raw
	stored, err = ada.ReceiveSome(t.Context(), [][]byte{good[1], good[2], denied})
	if stored != 2 || fault.KindOf(err) != fault.Denied {
		t.Errorf("stored %d, %v, want the one known, the one new and a denial", stored, err)
	}
	if stored, err = ada.ReceiveSome(t.Context(), good); stored != 3 || err != nil {
		t.Errorf("stored %d, %v, want all, as they are here", stored, err)
	}
	if stored, err = ada.ReceiveSome(t.Context(), nil); stored != 0 || err != nil {
		t.Errorf("stored %d, %v of nothing", stored, err)
	}
	gap := mate.draft(nine, nameless, "far")
	gap.First++
	if stored, err = ada.ReceiveSome(t.Context(), [][]byte{mate.seal(gap).Raw}); stored != 0 || !errors.Is(err, oplog.ErrGap) {
		t.Errorf("stored %d, %v, want none and a gap", stored, err)
	}
	broken := mate.next(mate.draft(nine, nameless, "not on the disk"))
	ada.check(ada.TestOnlyAppend(t.Context(), func([]disk.Entry) error { return errBroken }))
	if stored, err = ada.ReceiveSome(t.Context(), [][]byte{broken, denied}); stored != 0 || !errors.Is(err, errBroken) {
		t.Errorf("stored %d, %v, want none and the error of the disk", stored, err)
	}
	ada.check(ada.TestOnlyAppend(t.Context(), nil))
	ada.sound()
}

// TestCallsUnderWayKeepTheirOrder makes many calls without waiting for any: each
// is the next part of one log.
func TestCallsUnderWayKeepTheirOrder(t *testing.T) {
	ada := found(t, 1)
	mate := admitted(ada, 8, member.Contributor)
	release := ada.hold()
	var underWay []<-chan journal.Received
	for i := range 50 {
		var part [][]byte
		for range i % 7 {
			part = append(part, mate.next(mate.draft(nine, nameless, fmt.Sprint("part ", i))))
		}
		underWay = append(underWay, ada.ReceiveLater(t.Context(), part))
	}
	release()
	for i, answer := range underWay {
		if r := <-answer; r.Err != nil || r.Stored != i%7 {
			t.Errorf("call %d: %+v, want %d stored", i, r, i%7)
		}
	}
	if got := ada.Heads()[mate.log]; got != mate.head {
		t.Errorf("the log ends at %v, want %v", got, mate.head)
	}
	ada.check(ada.Close())
	if r := <-ada.ReceiveLater(t.Context(), ada.batches(mate.log, 0)); fault.KindOf(r.Err) != fault.Unavailable {
		t.Errorf("after the end: %+v, want a fault Unavailable", r)
	}
}

func TestALogThatIsLeftIsNotWrittenToAgain(t *testing.T) {
	ada := found(t, 1)
	name := ada.create("before")
	old := ada.dataLog()
	for range 2 {
		ada.check(ada.Leave(t.Context(), old))
	}
	ada.check(ada.rename(name, "after"))
	if got := ada.Heads()[old].Next; got != 1 {
		t.Errorf("log %s ends at %d, want that nothing more is written to it", old, got)
	}
	var now oplog.Vector
	if now = ada.Written(); len(now) != 3 {
		t.Errorf("written to %v, want one of membership and two of documents", now)
	}
	ada.check(ada.Leave(t.Context(), old))
	ada.check(ada.rename(name, "and on"))
	if got := ada.Written(); len(got) != len(now) {
		t.Errorf("a log that is not current was left for another: %v", got)
	}
	ada.crash()
	ada.check(ada.rename(name, "after a crash"))
	if got := ada.Heads()[old].Next; got != 1 {
		t.Errorf("log %s ends at %d after a crash", old, got)
	}
	ada.sound()
}
