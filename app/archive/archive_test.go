package archive_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"cairn/app/archive"
	"cairn/core/id"
)

var (
	manifest = archive.Manifest{
		Format: archive.Format, Workspace: id.Workspace{1}, Device: id.Device{2}, Made: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Cairn: "1.0", Operations: 3, Documents: 2, StateHash: "00",
	}
	secrets = archive.Keys{DeviceSeed: bytes.Repeat([]byte{7}, 32)}
	one     = id.Log{Device: 1, Incarnation: 1}
	two     = id.Log{Device: 2, Incarnation: 1}
)

// contents is what a visitor is told.
type contents struct {
	Manifest archive.Manifest
	Keys     archive.Keys
	Batches  []string
	Blobs    map[[32]byte]string
}

func read(file []byte, passphrase string) (contents, error) {
	c := contents{Blobs: map[[32]byte]string{}}
	ask := func() (string, error) { return passphrase, nil }
	err := archive.Read(bytes.NewReader(file), ask, archive.Visitor{
		Start: func(m archive.Manifest, k archive.Keys) error { c.Manifest, c.Keys = m, k; return nil },
		Batches: func(raws [][]byte) error {
			for _, raw := range raws {
				c.Batches = append(c.Batches, string(raw))
			}
			return nil
		},
		Blob: func(hash [32]byte, body io.Reader) error {
			b, err := io.ReadAll(body)
			c.Blobs[hash] = string(b)
			return err
		},
	})
	return c, err
}

// written returns an archive of two logs and a blob, and what is in it. The
// batches grow by so many bytes each.
func written(t testing.TB, passphrase string, grow int) ([]byte, contents) {
	t.Helper()
	var file bytes.Buffer
	w, err := archive.NewWriter(&file, passphrase, manifest, secrets)
	if err != nil {
		t.Fatal(err)
	}
	want := contents{Manifest: manifest, Keys: secrets, Blobs: map[[32]byte]string{{3}: "a blob"}}
	for i, log := range []id.Log{one, one, two} {
		raw := fmt.Sprintf("batch %d %s", i, strings.Repeat("x", i*grow))
		want.Batches = append(want.Batches, raw)
		if err := w.Batch(log, uint64(i), []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Blob([32]byte{3}, 6, strings.NewReader("a blob")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), want
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	for _, passphrase := range []string{"", "correct horse"} {
		file, want := written(t, passphrase, 700<<10) // more than one segment
		got, err := read(file, passphrase)
		if err != nil {
			t.Fatalf("read with passphrase %q: %v", passphrase, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with passphrase %q (-written +read):\n%.2000s", passphrase, diff)
		}
		if sealed := !bytes.Contains(file, []byte("zstd")) && bytes.HasPrefix(file, []byte("age-encryption.org")); sealed != (passphrase != "") {
			t.Errorf("with passphrase %q the file is sealed: %v", passphrase, sealed)
		}
	}
}

func TestAWrongPassphraseIsNamed(t *testing.T) {
	file, _ := written(t, "correct horse", 0)
	if _, err := read(file, "wrong horse"); !errors.Is(err, archive.ErrPassphrase) {
		t.Errorf("read = %v, want %v", err, archive.ErrPassphrase)
	}
	if _, err := read(file, ""); !errors.Is(err, archive.ErrPassphrase) {
		t.Errorf("read without one = %v, want %v", err, archive.ErrPassphrase)
	}
}

// TestAnArchiveThatIsCutShortIsRefused cuts at every place.
func TestAnArchiveThatIsCutShortIsRefused(t *testing.T) {
	file, _ := written(t, "", 0)
	for n := range file {
		if _, err := read(file[:n], ""); !errors.Is(err, archive.ErrCut) && !errors.Is(err, archive.ErrNoArchive) {
			t.Errorf("the first %d of %d bytes: %v, want a refusal", n, len(file), err)
		}
	}
}

// TestAFlippedBitIsRefused flips a bit of every byte: the stream has a checksum.
func TestAFlippedBitIsRefused(t *testing.T) {
	file, want := written(t, "", 0)
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 8)
		got, err := read(bad, "")
		if err == nil && !cmp.Equal(want, got) {
			t.Errorf("bit %d of byte %d: another content is read without an error", i%8, i)
		}
	}
}

// entry is one of a hostile archive.
type entry struct {
	name, body string
	size       int64 // as the header says, when not that of body
}

// forge makes an archive of any entries.
func forge(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var file bytes.Buffer
	packed, err := zstd.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	out := tar.NewWriter(packed)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.body)), Format: tar.FormatPAX}
		if e.size != 0 {
			h.Size = e.size
		}
		if err := out.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, e.body); err != nil {
			t.Fatal(err)
		}
		if e.size != 0 {
			break // the writer waits for the rest of the body
		}
	}
	_ = out.Close() // complains about a body that is too short
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestHostileEntriesAreRefused(t *testing.T) {
	start := []entry{{name: "manifest.json", body: `{"format":1}`}, {name: "keys.json", body: `{}`}}
	end := entry{name: "end.json", body: `{"batches":0,"blobs":0}`}
	for what, c := range map[string]struct {
		entries []entry
		want    error
	}{
		"nothing":                     {nil, archive.ErrNoArchive},
		"keys before the manifest":    {[]entry{start[1], start[0], end}, archive.ErrNoArchive},
		"two manifests and no keys":   {[]entry{start[0], start[0], end}, archive.ErrNoArchive},
		"logs before the keys":        {[]entry{start[0], {name: "logs/x/0", body: ""}, end}, archive.ErrNoArchive},
		"an end at once":              {[]entry{end}, archive.ErrNoArchive},
		"no end":                      {start, archive.ErrCut},
		"a manifest that is no JSON":  {[]entry{{name: "manifest.json", body: "{"}}, archive.ErrNoArchive},
		"a huge manifest":             {[]entry{{name: "manifest.json", body: "{", size: 1 << 40}}, archive.ErrNoArchive},
		"a huge segment":              {append(start[:2:2], entry{name: "logs/x/0", body: "x", size: 1 << 40}), archive.ErrNoArchive},
		"a blob that is shorter":      {append(start[:2:2], entry{name: "blobs/" + strings.Repeat("00", 32), body: "x", size: 1 << 40}), archive.ErrCut},
		"a blob of no name":           {append(start[:2:2], entry{name: "blobs/"}), archive.ErrNoArchive},
		"a blob of a path":            {append(start[:2:2], entry{name: "blobs/../../etc/passwd", body: "x"}), archive.ErrNoArchive},
		"a batch that is too long":    {append(start[:2:2], entry{name: "logs/x/0", body: "\xff\xff\xff\xffx"}), archive.ErrCut},
		"half a length":               {append(start[:2:2], entry{name: "logs/x/0", body: "\x00\x00"}), archive.ErrCut},
		"more than the end says":      {append(start[:2:2], entry{name: "logs/x/0", body: "\x00\x00\x00\x01x"}, end), archive.ErrCut},
		"less than the end says":      {append(start[:2:2], entry{name: "end.json", body: `{"batches":1}`}), archive.ErrCut},
		"a later format":              {[]entry{{name: "manifest.json", body: `{"format":2}`}, start[1], end}, archive.ErrNewer},
		"a second manifest, unread":   {append(start[:2:2], start[0], end), nil},
		"an entry of a later version": {append(start[:2:2], entry{name: "more/of/it", body: "x"}, end), nil},
	} {
		t.Run(what, func(t *testing.T) {
			if _, err := read(forge(t, c.entries...), ""); !errors.Is(err, c.want) {
				t.Errorf("read = %v, want %v", err, c.want)
			}
		})
	}
}

func TestErrorsOfTheVisitorComeThrough(t *testing.T) {
	file, _ := written(t, "", 0)
	mine := errors.New("mine")
	none := func([][]byte) error { return nil }
	for what, v := range map[string]archive.Visitor{
		"Start":   {Start: func(archive.Manifest, archive.Keys) error { return mine }},
		"Batches": {Start: func(archive.Manifest, archive.Keys) error { return nil }, Batches: func([][]byte) error { return mine }},
		"Blob":    {Start: func(archive.Manifest, archive.Keys) error { return nil }, Batches: none, Blob: func([32]byte, io.Reader) error { return mine }},
	} {
		if err := archive.Read(bytes.NewReader(file), nil, v); !errors.Is(err, mine) {
			t.Errorf("%s: %v, want the visitor's error", what, err)
		}
	}
}

// FuzzRead looks for what makes the reader panic, hang or take much memory.
func FuzzRead(f *testing.F) {
	whole, _ := written(f, "", 0)
	f.Add(whole)
	f.Add(forge(f, entry{name: "manifest.json", body: `{"format":1}`}, entry{name: "keys.json", body: `{}`}, entry{name: "end.json", body: `{}`}))
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\n"))
	f.Fuzz(func(_ *testing.T, file []byte) {
		_, _ = read(file, "correct horse")
	})
}
