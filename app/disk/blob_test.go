package disk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/app/disk"
	"cairn/core/fault"
)

// noise returns size bytes that don't compress.
func noise(size int) []byte {
	b := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(size)})
	_, _ = r.Read(b)
	return b
}

func put(t testing.TB, d *disk.Disk, content []byte) disk.Blob {
	t.Helper()
	b, err := d.PutBlob(t.Context(), bytes.NewReader(content), 1<<30)
	if err != nil {
		t.Fatalf("PutBlob: %v", err)
	}
	if want := (disk.Blob{Hash: sha256.Sum256(content), Size: int64(len(content))}); b != want {
		t.Fatalf("PutBlob = %v, want %v", b, want)
	}
	return b
}

func blobFile(d *disk.Disk, hash [32]byte) string {
	name := fmt.Sprintf("%x", hash)
	return filepath.Join(d.Dir(), "blobs", name[:2], name[2:])
}

func TestBlobsComeBack(t *testing.T) {
	for name, o := range map[string]disk.Options{"clear": {}, "sealed": {Key: key(1)}} {
		for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 300_000} {
			t.Run(fmt.Sprintf("%s of %d", name, size), func(t *testing.T) {
				d := create(t, o)
				content := noise(size)
				b := put(t, d, content)
				r, err := d.OpenBlob(b.Hash)
				if err != nil {
					t.Fatal(err)
				}
				if r.Size() != b.Size {
					t.Errorf("Size = %d, want %d", r.Size(), b.Size)
				}
				if err := iotest.TestReader(r, content); err != nil {
					t.Error(err)
				}
				if err := r.Close(); err != nil {
					t.Error(err)
				}
				if err := d.VerifyBlob(t.Context(), b.Hash); err != nil {
					t.Errorf("VerifyBlob: %v", err)
				}
				if got := allBlobs(t, d); !cmp.Equal(got, []disk.Blob{b}) {
					t.Errorf("Blobs = %v, want %v", got, b)
				}
			})
		}
	}
}

func allBlobs(t testing.TB, d *disk.Disk) []disk.Blob {
	t.Helper()
	var all []disk.Blob
	if err := d.Blobs(func(b disk.Blob) error {
		all = append(all, b)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBlobReadsAfterAnySeek(t *testing.T) {
	d := create(t, disk.Options{Key: key(3)})
	content := noise(200_000)
	b := put(t, d, content)
	rapid.Check(t, func(t *rapid.T) {
		r, err := d.OpenBlob(b.Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}()
		for range rapid.IntRange(1, 5).Draw(t, "reads") {
			at := rapid.Int64Range(0, b.Size+10).Draw(t, "at")
			n := rapid.IntRange(0, 70_000).Draw(t, "n")
			if _, err := r.Seek(at, io.SeekStart); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(io.LimitReader(r, int64(n)))
			want := content[min(int(at), len(content)):min(int(at)+n, len(content))]
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes at %d: got %d bytes, %v", n, at, len(got), err)
			}
		}
	})
}

func TestSealedBlobShowsNothing(t *testing.T) {
	d := create(t, disk.Options{Key: key(1)})
	content := bytes.Repeat([]byte("the secret sauce "), 100)
	b := put(t, d, content)
	stored, err := os.ReadFile(blobFile(d, b.Hash))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(stored, []byte("secret sauce")) {
		t.Error("the file shows the content")
	}
}

func TestBlobThatCanNotBeStoredLeavesNothing(t *testing.T) {
	d := create(t, disk.Options{})
	boom := errors.New("boom")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx   context.Context //nolint:containedctx // one case of a table
		r     io.Reader
		limit int64
		check func(err error) bool
	}{
		"too large": {t.Context(), bytes.NewReader(noise(101)), 100, func(err error) bool {
			return fault.KindOf(err) == fault.Invalid && errors.Is(err, disk.ErrTooLarge)
		}},
		"reader fails": {t.Context(), io.MultiReader(bytes.NewReader(noise(100_000)), iotest.ErrReader(boom)), 1 << 20, func(err error) bool { return errors.Is(err, boom) }},
		"cancelled":    {cancelled, bytes.NewReader(noise(10)), 100, func(err error) bool { return errors.Is(err, context.Canceled) }},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := d.PutBlob(c.ctx, c.r, c.limit); !c.check(err) {
				t.Errorf("PutBlob = %v (%v)", err, fault.KindOf(err))
			}
			left, err := filepath.Glob(filepath.Join(d.Dir(), "blobs", "*"))
			if err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestDamagedBlobIsNoticed flips a byte in every part of a blob file, and cuts
// it short everywhere.
func TestDamagedBlobIsNoticed(t *testing.T) {
	for name, o := range map[string]disk.Options{"clear": {}, "sealed": {Key: key(1)}} {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			b := put(t, d, noise(150_000))
			path := blobFile(d, b.Hash)
			good, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var bad [][]byte
			for at := 0; at < len(good); at += 1 + at/8 {
				flipped := bytes.Clone(good)
				flipped[at] ^= 1
				bad = append(bad, flipped, good[:at])
			}
			bad = append(bad, good[:len(good)-1], append(bytes.Clone(good), 0))
			for i, content := range bad {
				if err := os.WriteFile(path, content, 0o600); err != nil {
					t.Fatal(err)
				}
				err := d.VerifyBlob(t.Context(), b.Hash)
				if fault.KindOf(err) != fault.Damaged {
					t.Errorf("damage %d: VerifyBlob = %v", i, err)
				}
			}
		})
	}
}

func TestBlobUnderAnothersNameIsNoticed(t *testing.T) {
	d := create(t, disk.Options{Key: key(1)})
	a, b := put(t, d, noise(10)), put(t, d, noise(20))
	if err := os.Rename(blobFile(d, a.Hash), blobFile(d, b.Hash)); err != nil {
		t.Fatal(err)
	}
	_, err := d.OpenBlob(b.Hash)
	wantKind(t, err, fault.Damaged)
}

func TestDamagedBlobIsSetAsideAndFetchedAnew(t *testing.T) {
	d := create(t, disk.Options{})
	content := noise(1000)
	b := put(t, d, content)
	for round := range 2 {
		if err := os.WriteFile(blobFile(d, b.Hash), []byte("garbage"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := d.OpenBlob(b.Hash)
		wantKind(t, err, fault.Damaged)
		to, err := d.QuarantineBlob(b.Hash)
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := os.ReadFile(to); err != nil || string(kept) != "garbage" {
			t.Errorf("round %d: what was set aside = %q, %v", round, kept, err)
		}
		if _, err := d.OpenBlob(b.Hash); !errors.Is(err, disk.ErrNotFound) {
			t.Errorf("round %d: OpenBlob = %v, want ErrNotFound", round, err)
		}
		put(t, d, content)
		if err := d.VerifyBlob(t.Context(), b.Hash); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
	}
	if _, err := d.QuarantineBlob([32]byte{1}); !errors.Is(err, disk.ErrNotFound) {
		t.Errorf("QuarantineBlob of nothing = %v, want ErrNotFound", err)
	}
}

func TestPuttingAgainMendsADamagedBlob(t *testing.T) {
	d := create(t, disk.Options{Key: key(9)})
	content := noise(1000)
	b := put(t, d, content)
	if err := os.Truncate(blobFile(d, b.Hash), 500); err != nil {
		t.Fatal(err)
	}
	put(t, d, content)
	if err := d.VerifyBlob(t.Context(), b.Hash); err != nil {
		t.Error(err)
	}
}

func TestHalfABlobIsSweptAway(t *testing.T) {
	d := create(t, disk.Options{})
	half := filepath.Join(d.Dir(), "blobs", "put-123")
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	reopen(t, d, disk.Options{})
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Stat = %v: what a crash left behind is still there", err)
	}
}
