package disk_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/app/disk"
	"cairn/core/id"
)

func TestParkedBatchesWaitUntilTheyAreForgotten(t *testing.T) {
	d := create(t, disk.Options{})
	type parked struct {
		Log   id.Log
		First uint64
		Raw   string
	}
	want := []parked{{logA, 7, "seven"}, {logA, 1 << 40, "far"}, {logB, 2, "two"}}
	for _, p := range []parked{want[2], want[1], want[0], want[0]} {
		if err := d.Park(p.Log, p.First, []byte(p.Raw)); err != nil {
			t.Fatal(err)
		}
	}
	all := func() (got []parked) {
		if err := d.Parked(func(log id.Log, first uint64, raw []byte) error {
			got = append(got, parked{log, first, string(raw)})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := all(); !cmp.Equal(got, want) {
		t.Errorf("Parked = %v, want %v", got, want)
	}
	for range 2 {
		if err := d.Unpark(logA, 7); err != nil {
			t.Fatal(err)
		}
	}
	d = reopen(t, d, disk.Options{})
	if got := all(); !cmp.Equal(got, want[1:]) {
		t.Errorf("Parked = %v, want %v", got, want[1:])
	}
}

func TestGroupLargerThanATransaction(t *testing.T) {
	d := create(t, disk.Options{})
	var group []disk.Entry
	for n := range uint64(40) {
		e := entry(logA, n, 1)
		e.Raw = noise(250_000)
		group = append(group, e)
	}
	if err := d.Append(group); err != nil {
		t.Fatal(err)
	}
	docs := make([]disk.StoredDoc, 60_000)
	for i := range docs {
		binary.BigEndian.PutUint64(docs[i].ID[:], uint64(i))
	}
	if err := d.PutDocs(docs, map[id.Log]uint64{logA: 40}); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, d, disk.Options{})
	got, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	if got.Heads[logA].Next != 40 || len(got.Batches[logA]) != 40 || len(got.Docs) != len(docs) {
		t.Errorf("%v, %d batches and %d documents are there", got.Heads, len(got.Batches[logA]), len(got.Docs))
	}
}

func TestCallsFromWithinACall(t *testing.T) {
	d := create(t, disk.Options{})
	fill(t, d, 0)
	boom := errors.New("boom")
	err := d.Batches(logA, 0, func(first uint64, _ []byte) error {
		if _, err := d.Doc(id.Doc{1}); err != nil {
			return err
		}
		if err := d.SetMeta("at", fmt.Append(nil, first)); err != nil {
			return err
		}
		if first == 4 {
			return boom
		}
		return d.Append([]disk.Entry{entry(logB, 5+first/2, 1)})
	})
	if !errors.Is(err, boom) {
		t.Fatalf("Batches = %v, want the error of its function", err)
	}
	if got, err := d.Meta("at"); err != nil || string(got) != "4" {
		t.Errorf("Meta = %q, %v", got, err)
	}
}

func TestCloseDuringACallThatWrites(t *testing.T) {
	d := create(t, disk.Options{})
	fill(t, d, 0)
	closed := make(chan error, 1)
	err := d.Batches(logA, 0, func(first uint64, _ []byte) error {
		if first == 0 {
			go func() { closed <- d.Close() }()
		}
		for { // until Close has begun
			if err := d.SetMeta("a", []byte("b")); err != nil {
				return err
			}
		}
	})
	if !errors.Is(err, disk.ErrClosed) {
		t.Errorf("Batches = %v, want ErrClosed of the call within", err)
	}
	if err := <-closed; err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	d := create(t, disk.Options{Key: key(1)})
	const workers, rounds = 8, 20
	var wg sync.WaitGroup
	for w := range uint64(workers) {
		wg.Go(func() {
			log := id.Log{Device: id.ShortDevice(w + 1), Incarnation: 1}
			for n := range uint64(rounds) {
				if err := d.Append([]disk.Entry{entry(log, n, 1)}); err != nil {
					t.Error(err)
					return
				}
				if err := d.PutDocs([]disk.StoredDoc{{ID: id.Doc{byte(w), byte(n)}, Body: noise(600)}}, nil); err != nil {
					t.Error(err)
					return
				}
				if _, err := read(d); err != nil {
					t.Error(err)
					return
				}
			}
			if _, err := d.PutBlob(t.Context(), bytes.NewReader(noise(1000)), 1<<20); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got, err := read(d)
	if err != nil || len(got.Heads) != workers || len(got.Docs) != workers*rounds {
		t.Errorf("%d logs, %d documents, %v", len(got.Heads), len(got.Docs), err)
	}
}

// TestDiskIsWhatItWasTold compares a disk with a map, over any calls and
// reopenings.
func TestDiskIsWhatItWasTold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := disk.Options{Dir: t.TempDir()}
		if rapid.Bool().Draw(rt, "sealed") {
			o.Key = key(5)
		}
		d, err := disk.Create(o)
		if err != nil {
			rt.Fatal(err)
		}
		want := contents{Heads: map[id.Log]disk.Head{}, Batches: map[id.Log][]string{}, Meta: map[string]string{}}
		docs := map[id.Doc]disk.StoredDoc{}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 4).Draw(rt, "step") {
			case 0:
				log := rapid.SampledFrom([]id.Log{logA, logB}).Draw(rt, "log")
				e := entry(log, want.Heads[log].Next, rapid.IntRange(1, 3).Draw(rt, "count"))
				err = d.Append([]disk.Entry{e})
				want.Heads[log] = disk.Head{Next: e.First + uint64(e.Count), Hash: e.Hash}
				want.Batches[log] = append(want.Batches[log], string(e.Raw))
			case 1:
				doc := disk.StoredDoc{ID: id.Doc{rapid.Byte().Draw(rt, "doc")}, Noun: 1, Body: noise(rapid.IntRange(1, 2000).Draw(rt, "size"))}
				err = d.PutDocs([]disk.StoredDoc{doc}, nil)
				docs[doc.ID] = doc
			case 2:
				name, value := rapid.StringN(1, 3, -1).Draw(rt, "name"), rapid.String().Draw(rt, "value")
				err = d.SetMeta(name, []byte(value))
				want.Meta[name] = value
			case 3:
				err = d.DropDocs()
				clear(docs)
			case 4:
				if err = d.Close(); err == nil {
					d, err = disk.Open(o)
				}
			}
			if err != nil {
				rt.Fatal(err)
			}
		}
		for _, doc := range docs {
			want.Docs = append(want.Docs, doc)
		}
		sortDocs(want.Docs)
		got, err := read(d)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			rt.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if err := d.Close(); err != nil {
			rt.Error(err)
		}
	})
}

// TestKilledWriterLosesNothing kills a process that appends, at any moment, and
// looks whether all that it had said to be stored is there.
func TestKilledWriterLosesNothing(t *testing.T) {
	if dir := os.Getenv(writerEnv); dir != "" {
		appendForEver(t, dir)
		return
	}
	o := disk.Options{Dir: t.TempDir(), Key: key(1)}
	d, err := disk.Create(o)
	if err != nil {
		t.Fatal(err)
	}
	shut(t, d)
	for round := range 4 {
		said := killedWriter(t, o.Dir, 300+400*round)
		d, err := disk.Open(o)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		got, err := read(d)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if next := got.Heads[logA].Next; next < said || uint64(len(got.Batches[logA])) != next {
			t.Errorf("round %d: %d were acknowledged, the log ends at %d with %d batches", round, said, next, len(got.Batches[logA]))
		}
		shut(t, d)
	}
}

const writerEnv = "CAIRN_DISK_TEST_WRITER"

// killedWriter runs appendForEver in another process, kills it after it has
// acknowledged so many writes, and returns the last it acknowledged.
func killedWriter(t *testing.T, dir string, writes int) uint64 {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKilledWriterLosesNothing$")
	cmd.Env = append(os.Environ(), writerEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said uint64
	for n := 0; ; n++ {
		var b [8]byte
		if _, err := io.ReadFull(out, b[:]); err != nil {
			break
		}
		said = binary.BigEndian.Uint64(b[:])
		if n == writes {
			kill() // what it says before it is gone still counts
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	return said
}

func appendForEver(t *testing.T, dir string) {
	t.Helper()
	d, err := disk.Open(disk.Options{Dir: dir, Key: key(1)})
	if err != nil {
		t.Fatal(err)
	}
	heads, err := d.Heads()
	if err != nil {
		t.Fatal(err)
	}
	for next := heads[logA].Next; ; next++ {
		e := entry(logA, next, 1)
		e.Raw = noise(10_000)
		if err := d.Append([]disk.Entry{e}); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stdout.Write(binary.BigEndian.AppendUint64(nil, next+1)); err != nil {
			return
		}
	}
}
