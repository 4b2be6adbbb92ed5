package disk_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
)

var update = flag.Bool("update", false, "write the golden files of the current format anew")

// TestRecordsAreAsEver pins the bytes of keys and values. A difference is a new
// version of the format, never a change of the golden file.
func TestRecordsAreAsEver(t *testing.T) {
	records := disk.Records()
	var got strings.Builder
	for _, name := range slices.Sorted(maps.Keys(records)) {
		fmt.Fprintf(&got, "%s: %s\n", name, records[name])
	}
	path := filepath.Join("testdata", "records.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("records (-golden +now):\n%s", diff)
	}
}

// TestFoldersOfEveryFormatOpen opens folders that earlier versions wrote.
func TestFoldersOfEveryFormatOpen(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			golden := filepath.Join("testdata", "format1", name)
			if *update {
				writeGolden(t, golden, o)
			}
			d := create(t, disk.Options{})
			fill(t, d, 0)
			fill(t, d, 5)
			want, err := read(d)
			if err != nil {
				t.Fatal(err)
			}
			dir := snapshot(t, golden).writeTo(t)
			openWhole(t, dir, o, want)
			o.Dir = dir
			again, err := disk.Open(o)
			if err != nil {
				t.Fatal(err)
			}
			defer shut(t, again)
			for _, content := range [][]byte{nil, noise(100_000)} {
				b := put(t, d, content)
				if err := again.VerifyBlob(t.Context(), b.Hash); err != nil {
					t.Errorf("blob of %d bytes: %v", len(content), err)
				}
			}
		})
	}
}

func writeGolden(t *testing.T, golden string, o disk.Options) {
	t.Helper()
	d := create(t, o)
	fill(t, d, 0)
	d = reopen(t, d, o)
	fill(t, d, 5)
	put(t, d, nil)
	put(t, d, noise(100_000))
	shut(t, d)
	if err := os.RemoveAll(golden); err != nil {
		t.Fatal(err)
	}
	f := snapshot(t, d.Dir())
	delete(f, "db/DISCARD") // a megabyte of zeros that the database makes anew
	delete(f, "lock")
	for name := range f {
		f.write(t, golden, name)
	}
}
