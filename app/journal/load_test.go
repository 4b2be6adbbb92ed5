package journal_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// TestDocumentsAreFoldedAnewAtOpenWhenTheStoredOnesWillNotDo spoils what is
// derived from the logs in every way, and expects the same state again.
func TestDocumentsAreFoldedAnewAtOpenWhenTheStoredOnesWillNotDo(t *testing.T) {
	for what, spoil := range map[string]func(*disk.Disk, disk.StoredDoc) error{
		"bytes that are no document": func(d *disk.Disk, s disk.StoredDoc) error {
			s.Body = []byte("not a document")
			return d.PutDocs([]disk.StoredDoc{s}, nil)
		},
		"half a document": func(d *disk.Disk, s disk.StoredDoc) error {
			s.Body = s.Body[:len(s.Body)/2]
			return d.PutDocs([]disk.StoredDoc{s}, nil)
		},
		"a kind of operation that was unknown when it was folded in": func(d *disk.Disk, s disk.StoredDoc) error {
			s.Body = outdated(s.Body)
			return d.PutDocs([]disk.StoredDoc{s}, nil)
		},
		"another feature level": func(d *disk.Disk, _ disk.StoredDoc) error {
			note, err := d.Meta("basis")
			if err != nil {
				return err
			}
			note[1]++
			return d.SetMeta("basis", note)
		},
		"no word on how they were folded": func(d *disk.Disk, _ disk.StoredDoc) error {
			return d.SetMeta("basis", nil)
		},
		"a damaged word on how they were folded": func(d *disk.Disk, _ disk.StoredDoc) error {
			note, err := d.Meta("basis")
			return errors.Join(err, d.SetMeta("basis", note[:len(note)-1]))
		},
		"no document at all": func(d *disk.Disk, _ disk.StoredDoc) error { return d.DropDocs() },
	} {
		t.Run(what, func(t *testing.T) {
			n := found(t, 1)
			name, other := n.create("spoilt"), n.create("whole")
			n.insert(name, 0, "some text")
			want := n.stats()
			n.reopen(func(d *disk.Disk) {
				s, err := d.Doc(name)
				n.check(err)
				n.check(spoil(d, s))
			})
			if got := n.stats(); got.Hash != want.Hash || got.Documents != want.Documents {
				t.Errorf("state %.4x with %d documents, want %.4x with %d", got.Hash, got.Documents, want.Hash, want.Documents)
			}
			if a, b := n.title(name), n.title(other); a != "spoilt" || b != "whole" {
				t.Errorf("titles = %q and %q", a, b)
			}
			n.sound()
			n.check(n.rename(name, "goes on"))
		})
	}
}

// outdated returns a stored document that says it met an operation of
// doc.KindSet without knowing it.
func outdated(body []byte) []byte {
	_, size := binary.Uvarint(body[1:])
	at := 1 + size
	out := append([]byte{}, body[:at]...)
	out = append(out, 1, byte(doc.KindSet))
	return append(out, body[at+1:]...)
}

// TestWhatWasLoggedIsCaughtUpAtOpen kills the journal between the log and the
// documents, also when some were written out before.
func TestWhatWasLoggedIsCaughtUpAtOpen(t *testing.T) {
	n := found(t, 1)
	mate := join(t, 2, n, member.Contributor)
	old := n.create("old")
	n.stats() // writes documents out
	n.check(n.rename(old, "changed"))
	fresh := n.create("fresh")
	mate.pull(n)
	mate.check(mate.rename(fresh, "by the mate"))
	n.pull(mate)
	n.crash()
	if a, b := n.title(old), n.title(fresh); a != "changed" || b != "by the mate" {
		t.Errorf("titles = %q and %q, want what was acknowledged", a, b)
	}
	n.sound()
	same(t, n, mate)
	n.check(n.rename(old, "later than all before"))
	if got := n.title(old); got != "later than all before" {
		t.Errorf("title = %q: the clock has not caught up", got)
	}
}

func TestRebuiltEqualsLive(t *testing.T) {
	n := found(t, 1)
	for i := range 50 {
		name := n.create(fmt.Sprint("document ", i))
		n.insert(name, 0, "text")
	}
	want := n.stats()
	for range 2 {
		n.check(n.Rebuild(t.Context()))
		if got := n.stats(); got.Hash != want.Hash || got.Documents != want.Documents || got.Operations != want.Operations {
			t.Errorf("rebuilt: %+v, want %+v", got, want)
		}
	}
	n.sound()
}

// TestReadersSeeWholeDocumentsWhileAllAreMadeAnew reads and writes while the
// journal rebuilds: no document may be missing or older than it was.
func TestReadersSeeWholeDocumentsWhileAllAreMadeAnew(t *testing.T) {
	const docs, rebuilds = 20, 10
	n := found(t, 1)
	names := make([]id.Doc, docs)
	for i := range names {
		names[i] = n.create("0")
	}
	n.stats()
	stop := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			latest := make(map[id.Doc]int, docs)
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := readAll(n, names, latest); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writers.Go(func() {
		for i := range docs * rebuilds {
			if err := n.rename(names[i%docs], fmt.Sprint(i)); err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		}
	})
	for range rebuilds {
		if err := n.Rebuild(t.Context()); err != nil {
			t.Errorf("rebuild: %v", err)
		}
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	n.sound()
}

// TestAReaderWaitsForWhatIsMadeAnew reads at the moment when the old documents
// are gone and the new not there.
func TestAReaderWaitsForWhatIsMadeAnew(t *testing.T) {
	n := found(t, 1)
	name := n.create("always there")
	n.stats()
	answers := make(chan error, 2)
	n.view.onReset = func() {
		var started sync.WaitGroup
		started.Add(2)
		go func() {
			started.Done()
			_, err := n.Doc(name)
			answers <- err
		}()
		go func() {
			started.Done()
			seen := 0
			err := n.Each(0, func(*doc.Doc) error { seen++; return nil })
			if seen != 1 {
				err = errors.Join(err, fmt.Errorf("%d documents listed, want 1", seen))
			}
			answers <- err
		}()
		started.Wait()
		for range 1000 {
			runtime.Gosched() // who does not wait has answered by now
		}
	}
	n.check(n.Rebuild(t.Context()))
	for range cap(answers) {
		if err := <-answers; err != nil {
			t.Errorf("a reader during the rebuild: %v", err)
		}
	}
}

// readAll reads every document by itself and all at once, and checks that
// titles, which are numbers, only grow.
func readAll(n *node, names []id.Doc, latest map[id.Doc]int) error {
	look := func(d *doc.Doc) error {
		var number int
		if _, err := fmt.Sscan(title(d), &number); err != nil || number < latest[d.ID()] {
			return fmt.Errorf("document %s is called %q after %d: %w", d.ID(), title(d), latest[d.ID()], err)
		}
		latest[d.ID()] = number
		return nil
	}
	for _, name := range names {
		d, err := n.Doc(name)
		if err != nil {
			return fmt.Errorf("document %s: %w", name, err)
		}
		if err := look(d); err != nil {
			return err
		}
	}
	seen := 0
	err := n.Each(noun.Requirements.Number, func(d *doc.Doc) error {
		seen++
		if _, err := n.Doc(d.ID()); err != nil {
			return err
		}
		return nil
	})
	if err == nil && seen != len(names) {
		err = fmt.Errorf("%d documents listed, want %d", seen, len(names))
	}
	return err
}
