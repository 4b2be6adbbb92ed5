package journal_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"cairn/app/journal"
	"cairn/core/clock"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

var nameless = id.Doc{1, 2, 3}

func TestABatchWithAMissingCauseWaitsUntilThatArrives(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	cat := join(t, 3, ada, member.Contributor)
	ben.pull(ada)
	name := ada.create("by Ada")
	ben.pull(ada)
	ben.check(ben.rename(name, "by Ben"))

	cat.check(cat.Receive(t.Context(), ben.batches(ben.dataLog(), 0)))
	if got, want := cat.Heads()[ben.dataLog()].Next, uint64(1); got != want {
		t.Errorf("%d operations stored, want %d", got, want)
	}
	if _, err := cat.Doc(name); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the document before its cause has come: %v, want it not to be there", err)
	}
	stall := cat.Stalls()[ben.dataLog()]
	if stall.Reason != journal.MissingDependency || stall.For.Log != ada.dataLog() || stall.Next != 0 {
		t.Errorf("stall = %+v, want one for %s", stall, ada.dataLog())
	}
	cat.sound()
	cat.reopen()
	if len(cat.Stalls()) != 1 {
		t.Errorf("stalls after opening again: %v, want the one", cat.Stalls())
	}

	cat.check(cat.Receive(t.Context(), ada.batches(ada.dataLog(), 0)))
	if got := cat.title(name); got != "by Ben" {
		t.Errorf("title = %q, want that of the batch that waited", got)
	}
	if len(cat.Stalls()) > 0 {
		t.Errorf("stalls = %v, want none", cat.Stalls())
	}
	same(t, cat, ben)
}

func TestABatchFromTheFutureWaitsAndDoesNotDragTheClock(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	name := ada.create("at nine")
	ben.pull(ada)
	ben.create("by Ben, at nine") // so that only a part of the log waits
	ben.wall.advance(time.Hour)
	ben.check(ben.rename(name, "at ten"))

	ada.pull(ben)
	if got := ada.title(name); got != "at nine" {
		t.Errorf("title = %q, want that the change waits", got)
	}
	stall := ada.Stalls()[ben.dataLog()]
	if stall.Reason != journal.FromTheFuture || !stall.Until.Equal(nine.Add(time.Hour)) {
		t.Errorf("stall = %+v, want one from the future until %v", stall, nine.Add(time.Hour))
	}
	ada.sound()
	var at time.Time
	other := ada.create("still nine")
	d, err := ada.Doc(other)
	ada.check(err)
	if at = d.Last().At.Time(); at.After(nine.Add(time.Second)) {
		t.Errorf("a write at %v is stamped %v: the clock was dragged along", nine, at)
	}

	ada.wall.advance(time.Hour - clock.MaxAhead - time.Millisecond)
	ada.stats()
	if got := ada.title(name); got != "at nine" {
		t.Errorf("title = %q a moment too early", got)
	}
	ada.wall.advance(time.Millisecond)
	ada.stats()
	if got := ada.title(name); got != "at ten" {
		t.Errorf("title = %q once the clock has come near, want %q", got, "at ten")
	}
	ben.pull(ada)
	same(t, ada, ben)
}

func TestABatchOfAHigherLevelIsStoredAndRelayedButNotFolded(t *testing.T) {
	ada := found(t, 1)
	later := admitted(ada, 9, member.Contributor)
	ben := join(t, 2, ada, member.Contributor)
	name := ada.create("by Ada")
	draft := later.draft(nine, name, "by a later version")
	draft.Level = oplog.Level + 1
	raw := later.next(draft)
	ada.check(ada.Receive(t.Context(), [][]byte{raw}))
	ben.pull(ada)
	for _, n := range []*node{ada, ben} {
		if got := n.batches(later.log, 0); len(got) != 1 || !bytes.Equal(got[0], raw) {
			t.Errorf("%d batches stored, want the one as it came", len(got))
		}
		if got := n.title(name); got != "by Ada" {
			t.Errorf("title = %q, want that it is not folded in", got)
		}
		if got := n.Stalls()[later.log].Reason; got != journal.NeedsNewerVersion {
			t.Errorf("reason = %v, want that it needs a newer version", got)
		}
		n.check(n.rename(name, "by Ada again"))
		n.sound()
	}
}

// TestWhatMayNotComeInIsRefused offers a journal one bad batch behind a good
// one: neither may be stored.
func TestWhatMayNotComeInIsRefused(t *testing.T) {
	ada := found(t, 1)
	viewer := admitted(ada, 7, member.Viewer)
	mate := admitted(ada, 8, member.Contributor)
	known := mate.next(mate.draft(nine, nameless, "known"))
	ada.check(ada.Receive(t.Context(), [][]byte{known}))
	good := mate.next(mate.draft(nine, nameless, "good"))

	foreign := *mate
	foreign.ws[0] ^= 1
	gap := *mate
	gap.head.Next++
	fork := *mate
	fork.head.Hash[0] ^= 1
	past := mate.draft(nine, nameless, "another past")
	past.First, past.Prev = 0, oplog.Hash{}
	control := mate.draft(nine, nameless, "of membership")
	control.Control = true
	unsigned := bytes.Clone(mate.seal(mate.draft(nine, nameless, "unsigned")).Raw)
	unsigned[len(unsigned)-1] ^= 1
	forged := bytes.Clone(mate.seal(past).Raw)
	forged[len(forged)-1] ^= 1

	for what, c := range map[string]struct {
		raw  []byte
		kind fault.Kind
		is   error
	}{
		"another workspace":      {foreign.seal(foreign.draft(nine, nameless, "x")).Raw, fault.Denied, nil},
		"an unknown device":      {newStranger(ada, 99).next(newStranger(ada, 99).draft(nine, nameless, "x")), fault.Denied, nil},
		"a viewer":               {viewer.seal(viewer.draft(nine, nameless, "x")).Raw, fault.Denied, nil},
		"a wrong signature":      {unsigned, fault.Denied, oplog.ErrSignature},
		"an unsigned fork":       {forged, fault.Denied, oplog.ErrSignature},
		"a cut batch":            {good[:len(good)-1], fault.Invalid, oplog.ErrMalformed},
		"a start of a batch":     {good[:10], fault.Invalid, oplog.ErrMalformed},
		"nothing":                {nil, fault.Invalid, oplog.ErrMalformed},
		"more than a batch":      {append(bytes.Clone(good), 0), fault.Invalid, oplog.ErrMalformed},
		"an oversized batch":     {append(bytes.Clone(good), make([]byte, oplog.MaxSealed)...), fault.Invalid, oplog.ErrMalformed},
		"a later format":         {append([]byte{'C', 'B', 0xff}, good[3:]...), fault.Newer, oplog.ErrNewer},
		"a gap":                  {gap.seal(gap.draft(nine, nameless, "x")).Raw, fault.Internal, oplog.ErrGap},
		"a fork at the head":     {fork.seal(fork.draft(nine, nameless, "x")).Raw, fault.Conflict, oplog.ErrFork},
		"a fork below the head":  {mate.seal(past).Raw, fault.Conflict, oplog.ErrFork},
		"membership amidst data": {mate.seal(control).Raw, fault.Conflict, oplog.ErrFork},
	} {
		t.Run(what, func(t *testing.T) {
			before := ada.Heads()
			err := ada.Receive(t.Context(), [][]byte{known, good, c.raw})
			if fault.KindOf(err) != c.kind || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("Receive = %v of kind %v, want %v of kind %v", err, fault.KindOf(err), c.is, c.kind)
			}
			if after := ada.Heads(); !before.Covers(after) {
				t.Errorf("something was stored: %v", before.Missing(after))
			}
		})
	}
	ada.check(ada.Receive(t.Context(), [][]byte{known, good, known, good}))
	if got := ada.title(nameless); got != "good" {
		t.Errorf("title = %q, want that of the batch that was refused in bad company", got)
	}
	ada.sound()
}

func TestOneBadRequestDoesNotSpoilItsGroup(t *testing.T) {
	ada := found(t, 1)
	mate := admitted(ada, 8, member.Contributor)
	first := mate.next(mate.draft(nine, nameless, "first"))
	control := mate.draft(nine, nameless, "of membership")
	control.Control = true
	name := ada.create("before")

	release := ada.hold()
	answers := []chan error{make(chan error, 1), make(chan error, 1), make(chan error, 1)}
	for i, call := range []func() error{
		func() error { return ada.Receive(t.Context(), [][]byte{first}) },
		func() error { return ada.Receive(t.Context(), [][]byte{mate.seal(control).Raw}) },
		func() error { return ada.rename(name, "after") },
	} {
		go func() { answers[i] <- call() }()
		ada.queued(i + 1)
	}
	release()
	for i, wantErr := range []bool{false, true, false} {
		if err := <-answers[i]; (err != nil) != wantErr {
			t.Errorf("request %d of the group: %v", i, err)
		}
	}
	if got := ada.title(name); got != "after" {
		t.Errorf("title = %q, want that the write stands", got)
	}
	ada.sound()
}

// TestABatchOfOurOwnLogFromElsewhereEndsThatLog: somebody has more of the log
// than we do, so what we would write next may be written already.
func TestABatchOfOurOwnLogFromElsewhereEndsThatLog(t *testing.T) {
	ada := found(t, 1)
	name := ada.create("before")
	log := ada.dataLog()
	copied := &stranger{key: ada.config.Key, log: log, head: ada.Heads()[log], ws: ada.Workspace(), t: t}
	ada.check(ada.Receive(t.Context(), [][]byte{copied.next(copied.draft(nine, name, "by the copy"))}))
	ada.check(ada.rename(name, "by the original"))
	if got := ada.Heads()[log].Next; got != 2 {
		t.Errorf("log %s ends at %d, want that nothing more is written to it", log, got)
	}
	if got := ada.title(name); got != "by the original" {
		t.Errorf("title = %q", got)
	}
	ada.sound()
}
