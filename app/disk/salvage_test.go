package disk_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
)

// whole knows the batches that entry makes.
func whole(e disk.Entry) error {
	if want := entry(e.Log, e.First, e.Count); !cmp.Equal(e, want) {
		return errors.New("other bytes")
	}
	return nil
}

// TestSalvageBringsOverAllButTheDamagedFile damages one file after another, in
// a folder that holds tables and a write-ahead file.
func TestSalvageBringsOverAllButTheDamagedFile(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			fill(t, d, 0)
			put(t, d, noise(100))
			if err := d.PutChunk([16]byte{1}, 1, []byte("chunk")); err != nil {
				t.Fatal(err)
			}
			d = reopen(t, d, o)
			fill(t, d, 5)
			all, err := read(d)
			if err != nil {
				t.Fatal(err)
			}
			all.Docs = nil
			good := snapshot(t, d.Dir())
			for _, c := range []struct {
				file     string
				complete bool // all stands elsewhere too, or needs no file
			}{
				{"db/000001.sst", false},
				{theWAL(t, good), false},
				{"db/MANIFEST", true},
				{"db/KEYREGISTRY", true},
				{"format.json", true},
				{"mark", true},
			} {
				t.Run(filepath.Base(c.file), func(t *testing.T) {
					dir := good.writeTo(t)
					bad := good[c.file]
					bad.content = bytes.Clone(bad.content)
					bad.content[len(bad.content)/2] ^= 4
					folder{c.file: bad}.write(t, dir, c.file)
					got, result := salvaged(t, dir, o)
					if result.Blobs != 1 || result.Chunks > 1 {
						t.Errorf("Salvage = %+v", result)
					}
					if c.complete {
						if diff := cmp.Diff(all, got); diff != "" {
							t.Errorf("something is missing (-all +salvaged):\n%.1000s", diff)
						}
						return
					}
					if len(result.Problems) == 0 || result.Batches+result.Parked < 5 {
						t.Errorf("Salvage = %+v", result)
					}
				})
			}
		})
	}
}

// salvaged salvages dir and returns what is in the fresh folder.
func salvaged(t *testing.T, dir string, o disk.Options) (contents, disk.Salvaged) {
	t.Helper()
	before := snapshot(t, dir)
	o.Dir = dir
	into := filepath.Join(t.TempDir(), "into")
	result, err := disk.Salvage(t.Context(), o, into, whole)
	if err != nil {
		t.Fatalf("Salvage: %v", err)
	}
	if !sameButLock(before, snapshot(t, dir)) {
		t.Error("Salvage changed the damaged folder")
	}
	o.Dir = into
	d, err := disk.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, d)
	got, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	return got, result
}

func TestSalvageParksWhatStandsBehindAGap(t *testing.T) {
	d := create(t, disk.Options{})
	for n := range uint64(3) {
		if err := d.Append([]disk.Entry{entry(logA, n, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	f := snapshot(t, d.Dir())
	wal := theWAL(t, f)
	bad := f[wal]
	bad.content = bytes.Replace(bad.content, entry(logA, 1, 1).Raw, noise(120), 1)
	dir := f.writeTo(t)
	folder{wal: bad}.write(t, dir, wal)
	got, result := salvaged(t, dir, disk.Options{})
	if result.Batches != 1 || result.Parked != 1 || len(result.Problems) == 0 {
		t.Errorf("Salvage = %+v, want 1 batch appended and 1 parked", result)
	}
	if want := map[id.Log]disk.Head{logA: {Next: 1, Hash: entry(logA, 0, 1).Hash}}; !cmp.Equal(got.Heads, want) {
		t.Errorf("heads = %v, want %v", got.Heads, want)
	}
}

func TestSalvageRefusesBatchesThatAreNotWhole(t *testing.T) {
	d := create(t, disk.Options{})
	e := entry(logA, 0, 1)
	e.Raw = []byte("forged")
	if err := d.Append([]disk.Entry{e}); err != nil {
		t.Fatal(err)
	}
	shut(t, d)
	got, result := salvaged(t, d.Dir(), disk.Options{})
	if len(got.Heads) != 0 || result.Batches != 0 || len(result.Problems) != 1 {
		t.Errorf("Salvage = %+v with heads %v", result, got.Heads)
	}
}

func TestSalvageNeedsTheFolderForItself(t *testing.T) {
	d := create(t, disk.Options{})
	_, err := disk.Salvage(t.Context(), disk.Options{Dir: d.Dir()}, t.TempDir(), whole)
	wantKind(t, err, fault.Locked)
	shut(t, d)
	into, _ := closed(t, disk.Options{})
	_, err = disk.Salvage(t.Context(), disk.Options{Dir: d.Dir()}, into, whole)
	wantKind(t, err, fault.Conflict)
	if _, err := os.Stat(filepath.Join(into, "format.json")); err != nil {
		t.Error(err)
	}
}
