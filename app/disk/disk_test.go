package disk_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
)

// create returns a fresh, open disk that the test closes.
func create(t testing.TB, o disk.Options) *disk.Disk {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	d, err := disk.Create(o)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	t.Cleanup(func() { shut(t, d) })
	return d
}

func reopen(t testing.TB, d *disk.Disk, o disk.Options) *disk.Disk {
	t.Helper()
	shut(t, d)
	o.Dir = d.Dir()
	again, err := disk.Open(o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { shut(t, again) })
	return again
}

func shut(t testing.TB, d *disk.Disk) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func key(b byte) []byte { return bytes.Repeat([]byte{b}, disk.KeySize) }

var (
	logA = id.Log{Device: 0xa, Incarnation: 1}
	logB = id.Log{Device: 0xb, Incarnation: 7}
)

// entry returns a batch of count operations whose bytes tell where it stands.
func entry(log id.Log, first uint64, count int) disk.Entry {
	raw := bytes.Repeat([]byte{byte(log.Device), byte(first), byte(count)}, 40)
	return disk.Entry{Log: log, First: first, Count: count, Hash: [32]byte{byte(log.Device), byte(first + 1)}, Raw: raw}
}

func wantKind(t testing.TB, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Fatalf("error = %v (%v), want one of kind %v", err, fault.KindOf(err), want)
	}
	if fault.Hint(err) == "" {
		t.Errorf("%v has no hint", err)
	}
}

func TestAppendedBatchesAreThereAfterReopening(t *testing.T) {
	for name, o := range map[string]disk.Options{"clear": {}, "sealed": {Key: key(1)}} {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			group := []disk.Entry{entry(logA, 0, 3), entry(logB, 0, 1), entry(logA, 3, 2), entry(logA, 5, 1)}
			if err := d.Append(group); err != nil {
				t.Fatal(err)
			}
			d = reopen(t, d, o)
			heads, err := d.Heads()
			if err != nil {
				t.Fatal(err)
			}
			want := map[id.Log]disk.Head{
				logA: {Next: 6, Hash: group[3].Hash},
				logB: {Next: 1, Hash: group[1].Hash},
			}
			if diff := cmp.Diff(want, heads); diff != "" {
				t.Errorf("heads (-want +got):\n%s", diff)
			}
			for from, want := range map[uint64][]uint64{0: {0, 3, 5}, 2: {0, 3, 5}, 3: {3, 5}, 4: {3, 5}, 5: {5}, 6: nil, 99: nil} {
				var got []uint64
				err := d.Batches(logA, from, func(first uint64, raw []byte) error {
					got = append(got, first)
					if !bytes.Equal(raw, group[map[uint64]int{0: 0, 3: 2, 5: 3}[first]].Raw) {
						t.Errorf("batch %d has other bytes", first)
					}
					return nil
				})
				if err != nil || !cmp.Equal(got, want) {
					t.Errorf("Batches from %d = %v, %v, want %v", from, got, err, want)
				}
			}
		})
	}
}

func TestAppendRefusesWhatDoesNotContinueItsLog(t *testing.T) {
	d := create(t, disk.Options{})
	if err := d.Append([]disk.Entry{entry(logA, 0, 2)}); err != nil {
		t.Fatal(err)
	}
	for name, group := range map[string][]disk.Entry{
		"gap":            {entry(logA, 3, 1)},
		"again":          {entry(logA, 0, 2)},
		"overlap":        {entry(logA, 1, 2)},
		"gap in a group": {entry(logB, 0, 1), entry(logB, 2, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			if err := d.Append(group); !errors.Is(err, disk.ErrGap) {
				t.Fatalf("Append = %v, want ErrGap", err)
			}
			heads, err := d.Heads()
			if err != nil || len(heads) != 1 || heads[logA].Next != 2 {
				t.Errorf("heads = %v, %v: a refused group left something behind", heads, err)
			}
		})
	}
}

func TestDocsComeBackAndCanBeDropped(t *testing.T) {
	d := create(t, disk.Options{Key: key(2)})
	docs := []disk.StoredDoc{
		{ID: id.Doc{1}, Noun: 1, Hash: [32]byte{1}, Body: []byte("short")},
		{ID: id.Doc{2}, Noun: 2, Hash: [32]byte{2}, Body: bytes.Repeat([]byte("long "), 4000)},
		{ID: id.Doc{3}, Noun: 1, Hash: [32]byte{3}, Body: []byte{}},
	}
	applied := map[id.Log]uint64{logA: 5, logB: 9}
	if err := d.PutDocs(docs, applied); err != nil {
		t.Fatal(err)
	}
	if err := d.PutDocs(nil, map[id.Log]uint64{logA: 6}); err != nil {
		t.Fatal(err)
	}
	applied[logA] = 6
	d = reopen(t, d, disk.Options{Key: key(2)})
	for noun, want := range map[uint16][]disk.StoredDoc{0: docs, 1: {docs[0], docs[2]}, 2: {docs[1]}, 3: nil} {
		if got := allDocs(t, d, noun); !cmp.Equal(got, want) {
			t.Errorf("Docs(%d): %s", noun, cmp.Diff(want, got))
		}
	}
	if got, err := d.Applied(); err != nil || !cmp.Equal(got, applied) {
		t.Errorf("Applied = %v, %v, want %v", got, err, applied)
	}
	if got, err := d.Doc(docs[1].ID); err != nil || !cmp.Equal(got, docs[1]) {
		t.Errorf("Doc = %v, %v", got, err)
	}
	if err := d.DropDocs(); err != nil {
		t.Fatal(err)
	}
	if got := allDocs(t, d, 0); got != nil {
		t.Errorf("after DropDocs there are %d documents", len(got))
	}
	if got, err := d.Applied(); err != nil || len(got) != 0 {
		t.Errorf("after DropDocs Applied = %v, %v", got, err)
	}
	if _, err := d.Doc(docs[0].ID); !errors.Is(err, disk.ErrNotFound) {
		t.Errorf("after DropDocs Doc = %v, want ErrNotFound", err)
	}
}

func allDocs(t testing.TB, d *disk.Disk, noun uint16) []disk.StoredDoc {
	t.Helper()
	var docs []disk.StoredDoc
	if err := d.Docs(noun, func(doc disk.StoredDoc) error {
		docs = append(docs, doc)
		return nil
	}); err != nil {
		t.Fatalf("Docs: %v", err)
	}
	return docs
}

func TestMetaComesBack(t *testing.T) {
	d := create(t, disk.Options{})
	if _, err := d.Meta("a"); !errors.Is(err, disk.ErrNotFound) {
		t.Fatalf("Meta of nothing = %v, want ErrNotFound", err)
	}
	for name, value := range map[string][]byte{"a": []byte("1"), "a/b": []byte("2"), "c": {}} {
		if err := d.SetMeta(name, value); err != nil {
			t.Fatal(err)
		}
	}
	d = reopen(t, d, disk.Options{})
	if got, err := d.Meta("a"); err != nil || string(got) != "1" {
		t.Errorf("Meta(a) = %q, %v", got, err)
	}
	if got, err := d.Names("a"); err != nil || !cmp.Equal(got, []string{"a", "a/b"}) {
		t.Errorf("Names(a) = %q, %v", got, err)
	}
	if err := d.SetMeta("a", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Meta("a"); !errors.Is(err, disk.ErrNotFound) {
		t.Errorf("Meta of a removed note = %v, want ErrNotFound", err)
	}
}

func TestSealedFolderShowsNothing(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			secret := []byte("the secret sauce")
			e := entry(logA, 0, 1)
			e.Raw = secret
			if err := d.Append([]disk.Entry{e}); err != nil {
				t.Fatal(err)
			}
			doc := disk.StoredDoc{ID: id.Doc{1}, Noun: 1, Body: secret}
			if err := d.PutDocs([]disk.StoredDoc{doc}, nil); err != nil {
				t.Fatal(err)
			}
			shown := shows(t, d.Dir(), secret) // in the write-ahead file
			shut(t, d)
			shown = append(shown, shows(t, d.Dir(), secret)...) // in a table
			if sealed := o.Key != nil; sealed != (len(shown) == 0) {
				t.Errorf("these files show what they hold: %v", shown)
			}
		})
	}
}

// shows returns the files below dir that hold text.
func shows(t testing.TB, dir string, text []byte) []string {
	t.Helper()
	var found []string
	for name, f := range snapshot(t, dir) {
		if bytes.Contains(f.content, text) {
			found = append(found, name)
		}
	}
	return found
}

func sortDocs(docs []disk.StoredDoc) {
	slices.SortFunc(docs, func(a, b disk.StoredDoc) int { return a.ID.Compare(b.ID) })
}
