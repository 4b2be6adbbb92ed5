package rawfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/app/disk/rawfile"
	"cairn/core/id"
)

// golden are folders that hold tables and key registries.
const golden = "../testdata/format1"

// files returns the contents of the files below dir that match pattern, without
// the zeros at their ends.
func files(t testing.TB, dir, pattern string) [][]byte {
	t.Helper()
	var found [][]byte
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if ok, _ := filepath.Match(pattern, filepath.Base(path)); err != nil || e.IsDir() || !ok {
			return err
		}
		body, err := os.ReadFile(path)
		found = append(found, bytes.TrimRight(body, "\x00"))
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d files %s below %s, %v", len(found), pattern, dir, err)
	}
	return found
}

// writeAhead returns a write-ahead file that holds so many batches.
func writeAhead(t testing.TB, batches uint64) []byte {
	t.Helper()
	d, err := disk.Create(disk.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for n := range batches {
		e := disk.Entry{Log: id.Log{Device: 1}, First: n, Count: 1, Raw: bytes.Repeat([]byte{byte(n + 1)}, 200)}
		if err := d.Append([]disk.Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	body := files(t, d.Dir(), "*.mem")[0]
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return body
}

func known([]byte) bool { return true }

func TestWALIsReadUpToTheDamageAndSalvagedBehindIt(t *testing.T) {
	const batches = 5
	good := writeAhead(t, batches)
	all, err := rawfile.ParseWAL(append(bytes.Clone(good), make([]byte, 100)...), nil, known)
	if err != nil || all.Torn != nil {
		t.Fatalf("ParseWAL = %v, %v", err, all.Torn)
	}
	raw := bytes.Repeat([]byte{3}, 200) // of the third batch
	bad := bytes.Replace(good, raw, bytes.Repeat([]byte{9}, 200), 1)
	w, err := rawfile.ParseWAL(bad, nil, known)
	if err != nil || w.Torn == nil || len(w.Records) >= len(all.Records)-2 {
		t.Errorf("ParseWAL of a damaged file = %d records of %d, torn %v, %v", len(w.Records), len(all.Records), w.Torn, err)
	}
	n := 0
	lost, err := rawfile.SalvageWAL(bad, nil, known, func(rawfile.Record) error { n++; return nil })
	if err != nil || n != len(all.Records)-1 || lost < len(raw) {
		t.Errorf("SalvageWAL = %d records, want all %d but one; %d bytes lost, %v", n, len(all.Records), lost, err)
	}
	stop := errors.New("stop")
	if _, err := rawfile.SalvageWAL(good, nil, known, func(rawfile.Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("SalvageWAL = %v, want the error of its function", err)
	}
}

// TestTableWithAFlippedByteIsNoticed flips every byte. One that compresses to
// the same content, a copy from another place that holds the same, may pass.
func TestTableWithAFlippedByteIsNoticed(t *testing.T) {
	good := files(t, filepath.Join(golden, "clear"), "000001.sst")[0]
	want, err := records(good)
	if err != nil || len(want) < 20 {
		t.Fatalf("the golden table holds %d records, %v", len(want), err)
	}
	refused := 0
	for at := range good {
		bad := bytes.Clone(good)
		bad[at] ^= 0x20
		got, err := records(bad)
		if err != nil {
			refused++
		} else if !cmp.Equal(want, got) {
			t.Errorf("byte %d of %d flipped: other records and no error", at, len(good))
		}
	}
	if refused < len(good)*9/10 {
		t.Errorf("%d of %d flipped bytes were noticed", refused, len(good))
	}
}

func records(body []byte) ([]rawfile.Record, error) {
	table, err := rawfile.OpenTable(body, nil, rawfile.Compression)
	if err != nil {
		return nil, err
	}
	var all []rawfile.Record
	err = table.Each(func(r rawfile.Record) error {
		all = append(all, r)
		return nil
	})
	return all, err
}

func FuzzWAL(f *testing.F) {
	body := writeAhead(f, 3)
	f.Add(body, []byte(nil))
	f.Add(body, make([]byte, 32))
	f.Fuzz(func(t *testing.T, body, key []byte) {
		if len(body) < rawfile.HeaderSize {
			return // ReadWAL refuses it
		}
		if len(key) != 32 {
			key = nil
		}
		w, err := rawfile.ParseWAL(body, key, known)
		n := 0
		if _, err := rawfile.SalvageWAL(body, key, known, func(rawfile.Record) error { n++; return nil }); err != nil {
			t.Errorf("SalvageWAL = %v", err)
		}
		if err == nil && n < len(w.Records) {
			t.Errorf("SalvageWAL finds %d records, ParseWAL %d", n, len(w.Records))
		}
	})
}

func FuzzTable(f *testing.F) {
	for _, body := range files(f, golden, "*.sst") {
		f.Add(body)
	}
	f.Fuzz(func(_ *testing.T, body []byte) {
		t, err := rawfile.OpenTable(body, nil, rawfile.Compression)
		if err != nil {
			return
		}
		_ = t.Each(func(rawfile.Record) error { return nil })
	})
}

func FuzzKeys(f *testing.F) {
	for _, body := range files(f, golden, "KEYREGISTRY*") {
		f.Add(body)
	}
	f.Fuzz(func(_ *testing.T, body []byte) {
		_ = rawfile.CheckKeys(body)
	})
}
