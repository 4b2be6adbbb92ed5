package journal_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

func TestAcknowledgedMeansReadableAndOnDisk(t *testing.T) {
	n := found(t, 1)
	name := n.create("first")
	if got := n.title(name); got != "first" {
		t.Errorf("title = %q after the write", got)
	}
	if err := n.rename(name, "second"); err != nil {
		t.Fatal(err)
	}
	heads, err := n.disk.Heads()
	if err != nil {
		t.Fatal(err)
	}
	if got := heads[n.dataLog()].Next; got != 2 {
		t.Errorf("the disk has %d operations, want 2", got)
	}
	n.crash()
	if got := n.title(name); got != "second" {
		t.Errorf("title = %q after a crash, want what was acknowledged", got)
	}
	n.sound()
}

var errChangedMind = errors.New("changed my mind")

func TestAFailedFunctionChangesNothing(t *testing.T) {
	n := found(t, 1)
	name := n.create("before")
	want := n.stats()
	var made id.Doc
	err := n.Write(t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(name)
		if err != nil {
			return err
		}
		if err := tx.Apply(d, noun.Requirements.Number, d.SetRegister(titleField, doc.String("after"))); err != nil {
			return err
		}
		fresh, err := tx.New()
		if err != nil {
			return err
		}
		made = fresh.ID()
		return errors.Join(tx.Apply(fresh, noun.Requirements.Number, fresh.SetRegister(titleField, doc.String("new"))), errChangedMind)
	})
	if !errors.Is(err, errChangedMind) {
		t.Errorf("error = %v, want that of the function", err)
	}
	if got := n.title(name); got != "before" {
		t.Errorf("title = %q, want it as before", got)
	}
	if _, err := n.Doc(made); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the document that was begun: %v, want it not to be there", err)
	}
	if got := n.stats(); got.Hash != want.Hash || got.Operations != want.Operations {
		t.Errorf("stats = %+v, want them as before: %+v", got, want)
	}
	if err := n.rename(name, "after all"); err != nil {
		t.Errorf("the next write: %v", err)
	}
	n.sound()
}

var errBroken = errors.New("the disk is broken")

// TestAFailedAppendLeavesMemoryAndLogEqual lets the disk fail before, while and
// after it stores a group of two logs.
func TestAFailedAppendLeavesMemoryAndLogEqual(t *testing.T) {
	for stored := range 3 {
		t.Run(fmt.Sprintf("%d of 2 batches stored", stored), func(t *testing.T) {
			n := found(t, 1)
			mate := join(t, 2, n, member.Contributor)
			name := n.create("before")
			mate.pull(n)
			mate.check(mate.rename(name, "mate's"))
			mate.create("mate's other")
			raws := mate.batches(mate.dataLog(), 0)

			n.check(n.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
				return errors.Join(n.disk.Append(group[:min(stored, len(group))]), errBroken)
			}))
			if err := n.Receive(t.Context(), raws); !errors.Is(err, errBroken) {
				t.Errorf("Receive = %v, want the error of the disk", err)
			}
			n.check(n.TestOnlyAppend(t.Context(), nil))

			if got, want := n.Heads()[mate.dataLog()].Next, uint64(stored); got != want {
				t.Errorf("%d operations are known of the teammate, %d are stored", got, want)
			}
			want := []string{"before", "mate's", "mate's"}[stored]
			if got := n.title(name); got != want {
				t.Errorf("title = %q, want %q: what the log says", got, want)
			}
			n.sound()
			n.check(n.rename(name, "mine"))
			n.pull(mate)
			mate.pull(n)
			same(t, n, mate)
		})
	}
}

func TestAnOwnWriteThatWasStoredInSpiteOfAnErrorIsNotLost(t *testing.T) {
	n := found(t, 1)
	name := n.create("before")
	n.check(n.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
		return errors.Join(n.disk.Append(group), errBroken)
	}))
	if err := n.rename(name, "stored"); !errors.Is(err, errBroken) {
		t.Errorf("Write = %v, want the error of the disk", err)
	}
	n.check(n.TestOnlyAppend(t.Context(), nil))
	n.insert(name, 0, "later")
	if got := n.title(name); got != "stored" {
		t.Errorf("title = %q, want what the log says", got)
	}
	n.sound()
	want := n.stats().Hash
	n.reopen()
	if got := n.stats().Hash; got != want {
		t.Errorf("state %.4x after opening again, want %.4x", got, want)
	}
}

// TestAFullDiskRefusesWritesAndStillReads opens a folder that was left behind
// by a kill on a volume without room: not even documents can be written out.
func TestAFullDiskRefusesWritesAndStillReads(t *testing.T) {
	n := found(t, 1)
	name := n.create("before")
	n.create("another")
	want := n.stats()
	n.check(n.rename(name, "just before"))
	n.check(n.disk.Close())
	if err := n.Close(); err == nil {
		t.Fatal("the documents were written out: the test says little")
	}
	var err error
	if n.disk, err = disk.Open(disk.Options{Dir: n.disk.Dir(), Reserve: 1 << 60}); err != nil {
		t.Fatal(err)
	}
	n.open()
	full := n.stats()
	if full.Documents != want.Documents || full.Operations != want.Operations+1 {
		t.Errorf("%d documents of %d operations on the full disk, want %d of %d", full.Documents, full.Operations, want.Documents, want.Operations+1)
	}
	for range 2 {
		if err := n.rename(name, "after"); fault.KindOf(err) != fault.Full {
			t.Errorf("a write on a full disk: %v, want a fault Full", err)
		}
		if got := n.title(name); got != "just before" {
			t.Errorf("title = %q, want it as before", got)
		}
	}
	if err := n.Close(); fault.KindOf(err) != fault.Full {
		t.Errorf("Close = %v, want a fault Full: documents are only in the log", err)
	}
	n.reopenDisk()
	n.open()
	if got := n.stats().Hash; got != full.Hash {
		t.Errorf("state %.4x once there is room, %.4x on the full disk", got, full.Hash)
	}
	n.check(n.rename(name, "after"))
	n.sound()
}

// TestConcurrentWritersShareSyncs holds the first group up until all others
// wait: they must go to the disk in few groups, and none be lost.
func TestConcurrentWritersShareSyncs(t *testing.T) {
	const writers = 100
	n := found(t, 1)
	names := make([]id.Doc, writers)
	for i := range names {
		names[i] = n.create("before")
	}
	entered, release := make(chan struct{}), make(chan struct{})
	groups := 0
	n.check(n.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
		if groups++; groups == 1 {
			close(entered)
			<-release
		}
		return n.disk.Append(group)
	}))
	var all sync.WaitGroup
	write := func(i int) {
		all.Go(func() {
			if err := n.rename(names[i], fmt.Sprint("by ", i)); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	write(0)
	<-entered
	for i := 1; i < writers; i++ {
		write(i)
	}
	for n.Queued() < writers-1 {
		runtime.Gosched()
	}
	close(release)
	all.Wait()
	if groups != 2 {
		t.Errorf("%d groups for %d writers, want 2", groups, writers)
	}
	for i, name := range names {
		if got, want := n.title(name), fmt.Sprint("by ", i); got != want {
			t.Errorf("document %d is called %q, want %q", i, got, want)
		}
	}
	n.sound()
}

func TestCloseWaitsForWritersAndRefusesLaterCalls(t *testing.T) {
	n := found(t, 1)
	name := n.create("before")
	entered, release := make(chan struct{}), make(chan struct{})
	n.check(n.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
		close(entered)
		<-release
		return n.disk.Append(group)
	}))
	var all sync.WaitGroup
	all.Go(func() {
		if err := n.rename(name, "under way"); err != nil {
			t.Errorf("the write under way: %v", err)
		}
	})
	<-entered
	for range 2 {
		all.Go(func() {
			if err := n.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
	close(release)
	all.Wait()
	for what, call := range map[string]func() error{
		"Write":   func() error { return n.rename(name, "too late") },
		"Receive": func() error { return n.Receive(t.Context(), n.batches(n.dataLog(), 0)) },
		"Stats":   func() error { _, err := n.Stats(t.Context()); return err },
		"Verify":  func() error { _, err := n.Verify(t.Context(), true); return err },
		"Rebuild": func() error { return n.Rebuild(t.Context()) },
	} {
		if err := call(); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s after Close: %v, want a fault Unavailable", what, err)
		}
	}
	n.reopen()
	if got := n.title(name); got != "under way" {
		t.Errorf("title = %q, want what was under way when Close was called", got)
	}
}

func TestAWriterThatGivesUpLeavesACleanJournal(t *testing.T) {
	n := found(t, 1)
	name := n.create("before")
	ctx, cancel := context.WithCancel(t.Context())
	entered, release := make(chan struct{}), make(chan struct{})
	n.check(n.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
		close(entered)
		<-release
		return n.disk.Append(group)
	}))
	failed := make(chan error)
	go func() {
		failed <- n.Write(ctx, func(tx *journal.Tx) error {
			d, err := tx.Doc(name)
			if err != nil {
				return err
			}
			return tx.Apply(d, noun.Requirements.Number, d.SetRegister(titleField, doc.String("after")))
		})
	}()
	<-entered
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("Write = %v, want that it was given up", err)
	}
	close(release)
	n.check(n.TestOnlyAppend(t.Context(), nil))
	if got := n.title(name); got != "after" {
		t.Errorf("title = %q: what was handed over is carried out all the same", got)
	}
}

// TestADocumentAboveTheLimitIsRefusedWithASentence grows a document by changes
// that are small each, faster than it is written out.
func TestADocumentAboveTheLimitIsRefusedWithASentence(t *testing.T) {
	n := found(t, 1)
	name := n.create("a long text")
	piece := strings.Repeat("0123456789abcdef", 20<<10/16)
	var err error
	grown := 0
	for field := titleField + 1; err == nil && grown <= 2*journal.MaxDocBytes; field++ {
		err = n.setRegister(name, field, piece)
		grown += len(piece)
	}
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "1024 KiB is the most") {
		t.Errorf("growing a document to %d bytes: %v", grown, err)
	}
	d, err := n.Doc(name)
	n.check(err)
	if size := len(d.Append(nil)); size > journal.MaxDocBytes || size < journal.MaxDocBytes-2*len(piece) {
		t.Errorf("the document has %d bytes", size)
	}
	n.check(n.rename(name, "still alive"))
	n.sound()
}

// setRegister makes a register field of a document hold text.
func (n *node) setRegister(name id.Doc, field uint16, text string) error {
	return n.Write(n.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(name)
		if err != nil {
			return err
		}
		return tx.Apply(d, noun.Requirements.Number, d.SetRegister(field, doc.String(text)))
	})
}

// TestADocumentThatAMergeMadeTooLargeCanBeShortened has two people fill one
// document, each within the limit.
func TestADocumentThatAMergeMadeTooLargeCanBeShortened(t *testing.T) {
	n := found(t, 1)
	peer := join(t, 2, n, member.Contributor)
	name := n.create("notes of two")
	peer.pull(n)
	piece := strings.Repeat("0123456789abcdef", 60<<10/16)
	fill := func(n *node, first uint16) {
		for field := first; field < first+10; field++ {
			n.check(n.setRegister(name, field, piece))
		}
	}
	fill(n, 100)
	fill(peer, 200)
	n.pull(peer)
	d, err := n.Doc(name)
	n.check(err)
	if size := len(d.Append(nil)); size <= journal.MaxDocBytes {
		t.Fatalf("the merged document has %d bytes, want more than the limit", size)
	}
	if err := n.setRegister(name, 300, piece); fault.KindOf(err) != fault.Invalid {
		t.Errorf("grow it further: %v, want a fault", err)
	}
	n.check(n.setRegister(name, 100, "short"))
	n.sound()
}
