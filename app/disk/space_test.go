package disk_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
)

func TestFullDiskRefusesWritesAndGoesOnWhenThereIsRoom(t *testing.T) {
	free := uint64(1 << 40)
	o := disk.Options{Reserve: 1 << 20}.WithFreeSpace(func() uint64 { return free })
	d := create(t, o)
	fill(t, d, 0)
	want, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	free = 1<<20 - 1
	for name, write := range map[string]func() error{
		"Append":     func() error { return d.Append([]disk.Entry{entry(logA, 10, 1)}) },
		"PutDocs":    func() error { return d.PutDocs([]disk.StoredDoc{{ID: id.Doc{99}}}, nil) },
		"SetMeta":    func() error { return d.SetMeta("note", []byte("x")) },
		"PutChunk":   func() error { return d.PutChunk([16]byte{1}, 1, []byte("x")) },
		"Park":       func() error { return d.Park(logA, 12, []byte("x")) },
		"PutBlob":    func() error { _, err := d.PutBlob(t.Context(), bytes.NewReader(noise(10)), 100); return err },
		"PutBlob, 0": func() error { _, err := d.PutBlob(t.Context(), bytes.NewReader(nil), 100); return err },
	} {
		t.Run(name, func(t *testing.T) {
			wantKind(t, write(), fault.Full)
			unchanged(t, d, want)
		})
	}
	if left, err := filepath.Glob(filepath.Join(d.Dir(), "blobs", "*")); err != nil || len(left) != 0 {
		t.Errorf("refused blobs left %v, %v behind", left, err)
	}
	free = 1 << 40
	fill(t, d, 5)
	want, err = read(d)
	if err != nil {
		t.Fatal(err)
	}
	unchanged(t, reopen(t, d, o), want)
}

// unchanged makes sure that d holds want, and believes that it does.
func unchanged(t testing.TB, d *disk.Disk, want contents) {
	t.Helper()
	got, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("contents (-want +got):\n%.1000s", diff)
	}
}

func TestTooLargeIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	d := create(t, disk.Options{})
	fill(t, d, 0)
	want, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	large := noise(disk.MaxValue + 1)
	e := entry(logA, 10, 1)
	e.Raw = large
	for name, write := range map[string]func() error{
		"batch":  func() error { return d.Append([]disk.Entry{entry(logB, 5, 1), e}) },
		"note":   func() error { return d.SetMeta("large", large) },
		"chunk":  func() error { return d.PutChunks([]disk.Chunk{{N: 1}, {N: 2, Body: large}}) },
		"parked": func() error { return d.Park(logA, 99, large) },
	} {
		t.Run(name, func(t *testing.T) {
			err := write()
			wantKind(t, err, fault.Invalid)
			if !errors.Is(err, disk.ErrTooLarge) {
				t.Errorf("%v is not ErrTooLarge", err)
			}
			unchanged(t, d, want)
		})
	}
}

func TestLargestValuesComeBack(t *testing.T) {
	d := create(t, disk.Options{Key: key(4)})
	for n := range uint32(8) {
		if err := d.PutChunk([16]byte{1}, n, noise(disk.MaxValue)); err != nil {
			t.Fatal(err)
		}
	}
	d = reopen(t, d, disk.Options{Key: key(4)})
	count := 0
	if err := d.Chunks([16]byte{1}, 2, func(n uint32, body []byte) error {
		count++
		if !bytes.Equal(body, noise(disk.MaxValue)) {
			t.Errorf("chunk %d came back as %d other bytes", n, len(body))
		}
		return nil
	}); err != nil || count != 6 {
		t.Errorf("Chunks from 2 yielded %d, %v, want 6", count, err)
	}
	for name, f := range snapshot(t, d.Dir()) {
		// A header, and what the database zeroes behind it.
		if filepath.Ext(name) == ".vlog" && len(f.content) > 20 {
			t.Errorf("%s holds %d bytes: a value went to the value log", name, len(f.content))
		}
	}
}
