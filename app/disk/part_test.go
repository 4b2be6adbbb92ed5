package disk_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"cairn/app/disk"
	"cairn/core/id"
)

// TestLongStateComesBack writes states that fit no record, one over the other,
// between ordinary ones.
func TestLongStateComesBack(t *testing.T) {
	d, err := disk.Create(disk.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	random := rand.NewChaCha8([32]byte{1})
	long, short := id.Doc{1}, id.Doc{2}
	for i, size := range []int{3 * disk.MaxValue, 5 * disk.MaxValue, 100, 2 * disk.MaxValue} {
		body := make([]byte, size) // random bytes don't compress
		_, _ = random.Read(body)
		docs := []disk.StoredDoc{
			{ID: long, Noun: 3, Hash: [32]byte{byte(i), 9}, Body: body},
			{ID: short, Noun: 3, Hash: [32]byte{byte(i)}, Body: []byte("short")},
		}
		if err := d.PutDocs(docs, map[id.Log]uint64{{Device: 1}: uint64(i)}); err != nil {
			t.Fatalf("write %d bytes: %v", size, err)
		}
		for _, want := range docs {
			got, err := d.Doc(want.ID)
			if err != nil || !bytes.Equal(got.Body, want.Body) || got.Hash != want.Hash || got.Noun != want.Noun {
				t.Errorf("Doc(%v) = %d bytes, hash %x, %v, want %d bytes", want.ID, len(got.Body), got.Hash[:2], err, len(want.Body))
			}
		}
		var seen int
		if err := d.Docs(3, func(disk.StoredDoc) error { seen++; return nil }); err != nil || seen != 2 {
			t.Errorf("Docs gave %d documents, %v, want 2", seen, err)
		}
	}
	if err := d.DropDocs(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Doc(long); err == nil {
		t.Error("the long state outlived DropDocs")
	}
}
