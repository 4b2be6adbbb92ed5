package disk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"cairn/app/disk"
	"cairn/core/fault"
)

// theWAL returns the name of the one write-ahead file in f.
func theWAL(t *testing.T, f folder) string {
	t.Helper()
	for name := range f {
		if filepath.Ext(name) == ".mem" {
			return name
		}
	}
	t.Fatal("no write-ahead file")
	return ""
}

func TestTornLastWriteIsRepaired(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			dir, want := crashed(t, o)
			f := snapshot(t, dir)
			wal := theWAL(t, f)
			first := f[wal].content[20:] // behind the header
			for name, tail := range map[string][]byte{
				"noise":          noise(100),
				"whole entries":  first[:len(first)/8],
				"half an entry":  first[:16], // the shortest has 18 bytes
				"after a gap":    append(make([]byte, 4096), noise(50)...),
				"zeros, then on": append(make([]byte, 64), first[:100]...),
			} {
				if name == "whole entries" && o.Key != nil {
					continue // sealed for another place, they are no crash's doing
				}
				torn := f[wal]
				torn.content = append(bytes.Clone(torn.content), tail...)
				work := f.writeTo(t)
				folder{wal: torn}.write(t, work, wal)
				t.Run(name, func(t *testing.T) {
					openWhole(t, work, o, want)
					if left, err := filepath.Glob(filepath.Join(work, "aside", "*")); err != nil || len(left) > 0 {
						t.Errorf("left behind: %v, %v", left, err)
					}
				})
			}
		})
	}
}

func TestWriteAheadFileThatLostItsEnd(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			dir, want := crashed(t, o)
			f := snapshot(t, dir)
			wal := theWAL(t, f)
			cut := f[wal]
			cut.content = cut.content[:len(cut.content)-30]
			work := f.writeTo(t)
			folder{wal: cut}.write(t, work, wal)
			o.Dir = work
			before := snapshot(t, work)
			for range 2 {
				_, err := disk.Open(o)
				wantKind(t, err, fault.Damaged)
			}
			if !sameButLock(before, snapshot(t, work)) {
				t.Error("a refused Open changed the folder")
			}
			f.write(t, work, wal)
			openWhole(t, work, o, want)
		})
	}
}

func TestWriteAheadFileOfWhichNothingIsLeftIsKept(t *testing.T) {
	dir, _ := crashed(t, disk.Options{})
	f := snapshot(t, dir)
	wal := theWAL(t, f)
	bad := f[wal]
	bad.content = bytes.Clone(bad.content)
	bad.content[25] ^= 1 // in the first entry
	work := f.writeTo(t)
	folder{wal: bad}.write(t, work, wal)
	for range 2 {
		_, err := disk.Open(disk.Options{Dir: work})
		wantKind(t, err, fault.Damaged)
	}
	kept, err := os.ReadFile(filepath.Join(work, "aside", "wal-"+filepath.Base(wal)))
	if err != nil || !bytes.Equal(kept, bad.content) {
		t.Errorf("what the database cut is not kept: %d bytes of %d, %v", len(kept), len(bad.content), err)
	}
}

func TestFilesThatACrashLeavesEmptyDoNoHarm(t *testing.T) {
	dir, want := crashed(t, disk.Options{})
	for _, name := range []string{"00099.mem", "000099.vlog"} {
		if err := os.WriteFile(filepath.Join(dir, "db", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	openWhole(t, dir, disk.Options{}, want)
}

// TestTableThatIsNotListed tells a table that a crash left before it was listed
// from one that a damaged manifest does not list any more.
func TestTableThatIsNotListed(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			fill(t, d, 0)
			d = reopen(t, d, o)
			fill(t, d, 5)
			want, err := read(d)
			if err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, d.Dir())
			shut(t, d)
			after := snapshot(t, d.Dir())

			crash := before.writeTo(t)
			after.write(t, crash, "db/000002.sst")
			openWhole(t, crash, o, want)

			half := before.writeTo(t)
			after.write(t, half, "db/000002.sst")
			if err := os.Truncate(filepath.Join(half, "db/000002.sst"), 100); err != nil {
				t.Fatal(err)
			}
			openWhole(t, half, o, want)

			lost := after.writeTo(t)
			before.write(t, lost, "db/MANIFEST")
			o.Dir = lost
			for range 2 {
				_, err = disk.Open(o)
				wantKind(t, err, fault.Damaged)
			}
			after.write(t, lost, "db/MANIFEST")
			openWhole(t, lost, o, want)
		})
	}
}
