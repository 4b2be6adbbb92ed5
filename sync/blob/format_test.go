package blob_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/sync/blob"
)

func hash(n byte) blob.Hash { return blob.HashOf([]byte{n}) }

func entries() []blob.Entry {
	return []blob.Entry{{Hash: hash(1), Size: 300_000}, {Hash: hash(2), Size: 1}, {Hash: hash(1), Size: 300_000}}
}

// frames are one of each kind, and manifests one of each kind.
func frames() map[string][]byte {
	return map[string][]byte{
		"ask":      blob.EncodeAsk([]blob.Hash{hash(1), hash(2)}),
		"has-none": blob.EncodeHas(blob.NewHas(hash(1), 0)),
		"has-some": blob.EncodeHas(blob.NewHas(hash(1), 1, true, false, false, false, false, false, false, false, true)),
		"has-all":  blob.EncodeHas(blob.NewHas(hash(1), 2)),
		"want":     blob.EncodeWant(blob.NewWant(7, hash(1))),
		"data":     blob.EncodeData(blob.NewData(7, 131_072, false, []byte("piece"))),
		"last":     blob.EncodeData(blob.NewData(7, 131_077, true, []byte("end"))),
		"none":     blob.EncodeNumber(7),
	}
}

func manifests() map[string][]byte {
	return map[string][]byte{
		"root-of-chunks": blob.EncodeRoot(true, hash(9), entries()),
		"root-of-parts":  blob.EncodeRoot(false, hash(9), entries()),
		"root-of-empty":  blob.EncodeRoot(true, blob.HashOf(nil), nil),
		"part":           blob.EncodePart(entries()),
	}
}

func TestGoldenFrames(t *testing.T) {
	all := frames()
	maps.Copy(all, manifests())
	for name, got := range all {
		path := filepath.Join("testdata", name+"-v1.golden")
		golden, err := os.ReadFile(path)
		if os.IsNotExist(err) && *update {
			golden, err = got, os.WriteFile(path, got, 0o644)
		}
		if err != nil {
			t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
		}
		if !bytes.Equal(got, golden) {
			t.Errorf("%s: %x, want %x", name, got, golden)
		}
		if again := reencode(name, golden); !bytes.Equal(again, golden) {
			t.Errorf("%s: %x is read as what is written as %x", name, golden, again)
		}
	}
}

// reencode reads a frame or a manifest, and writes what it says; nil if it says
// nothing.
func reencode(name string, b []byte) []byte {
	kind, _, _ := strings.Cut(name, "-")
	switch kind {
	case "ask":
		if m, err := blob.DecodeAsk(b); err == nil {
			return blob.EncodeAsk(m)
		}
	case "has":
		if m, err := blob.DecodeHas(b); err == nil {
			return blob.EncodeHas(m)
		}
	case "want":
		if m, err := blob.DecodeWant(b); err == nil {
			return blob.EncodeWant(m)
		}
	case "data", "last":
		if m, err := blob.DecodeData(b); err == nil {
			return blob.EncodeData(m)
		}
	case "none":
		if m, err := blob.DecodeNumber(b); err == nil {
			return blob.EncodeNumber(m)
		}
	case "root":
		return rewriteRoot(b)
	case "part":
		if list, size, ok := blob.List(b); ok {
			if _, err := blob.DecodePart(b, size); err == nil {
				return blob.EncodePart(list)
			}
		}
	}
	return nil
}

func rewriteRoot(b []byte) []byte {
	list, size, ok := blob.List(b)
	if !ok || len(b) < 34 {
		return nil
	}
	content := blob.Hash(b[2:])
	if leaf, err := blob.DecodeRoot(b, blob.Ref{Content: content, Size: size}); err == nil {
		return blob.EncodeRoot(leaf, content, list)
	}
	return nil
}

func TestWhatIsNoFrameOrManifestIsRefused(t *testing.T) {
	data, has := frames()["data"], frames()["has-some"]
	root, part := manifests()["root-of-chunks"], manifests()["part"]
	edit := func(b []byte, at int, to byte) []byte {
		b = bytes.Clone(b)
		b[at] = to
		return b
	}
	for name, b := range map[string][]byte{
		"ask of nothing":           nil,
		"ask of half a hash":       make([]byte, 40),
		"ask of too many":          make([]byte, 65*32),
		"has cut short":            has[:32],
		"has in a state":           edit(has, 32, 3),
		"has all and bits":         edit(has, 32, 2),
		"has some and no bits":     has[:33],
		"has more bits":            append(bytes.Clone(has), make([]byte, 512)...),
		"want cut short":           make([]byte, 35),
		"want too long":            make([]byte, 37),
		"data cut short":           data[:8],
		"data with nothing":        data[:9],
		"data with a flag":         edit(data, 8, 2),
		"data too long":            append(bytes.Clone(data), make([]byte, blob.PieceMost)...),
		"none cut short":           make([]byte, 3),
		"none too long":            make([]byte, 5),
		"root of another version":  edit(root, 0, 2),
		"root of another kind":     edit(root, 1, 4),
		"root that is a part":      part,
		"root cut short":           root[:len(root)-1],
		"root with more":           append(bytes.Clone(root), 0),
		"root with too many":       blob.EncodeRoot(false, hash(1), slices.Repeat(entries(), 1366)),
		"root with an empty chunk": blob.EncodeRoot(true, hash(1), []blob.Entry{{Hash: hash(1)}}),
		"root with a large chunk":  blob.EncodeRoot(true, hash(1), []blob.Entry{{Hash: hash(1), Size: blob.ChunkMax + 1}}),
		"root of too much":         blob.EncodeRoot(false, hash(1), []blob.Entry{{Hash: hash(1), Size: blob.SizeMost}, {Hash: hash(1), Size: 1}}),
		"part that is a root":      root,
		"part of nothing":          {},
	} {
		kind, _, _ := strings.Cut(name, " ")
		if got := reencode(kind, b); got != nil {
			t.Errorf("%s is read as what is written as %x", name, got)
		}
	}
	if _, err := blob.DecodePart(part, 5); !errors.Is(err, blob.ErrContent) {
		t.Errorf("a part of another size: %v", err)
	}
	if _, err := blob.DecodeRoot(root, blob.Ref{Content: hash(9), Size: 5}); !errors.Is(err, blob.ErrContent) {
		t.Errorf("a root of another size: %v", err)
	}
}

func TestFilesOfManyPartsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := random(byte(rapid.IntRange(0, 255).Draw(t, "seed")), rapid.IntRange(0, 2<<20).Draw(t, "size"))
		most := rapid.IntRange(1, 4).Draw(t, "most")
		s := newShelf()
		ref, err := blob.SplitBy(bytes.NewReader(content), most, s.Put)
		var out bytes.Buffer
		switch tooMany := errors.Is(err, blob.ErrTooMany); {
		case tooMany && len(content) > most*most*blob.ChunkMin:
		case err != nil:
			t.Fatal(err)
		default:
			if err := blob.Copy(&out, s, ref); err != nil || !bytes.Equal(out.Bytes(), content) {
				t.Fatalf("%d of %d bytes come back, %v", out.Len(), len(content), err)
			}
		}
	})
}

func FuzzFrame(f *testing.F) {
	for name, b := range frames() {
		f.Add(slices.Index(kinds, kindOf(name)), b)
	}
	f.Fuzz(func(t *testing.T, kind int, b []byte) {
		name := kinds[uint(kind)%uint(len(kinds))]
		if again := reencode(name, b); again != nil && !bytes.Equal(again, b) {
			t.Fatalf("%s: %x is read as what is written as %x", name, b, again)
		}
	})
}

var kinds = []string{"ask", "has", "want", "data", "none"}

func kindOf(name string) string {
	kind, _, _ := strings.Cut(name, "-")
	return strings.Replace(kind, "last", "data", 1)
}

func FuzzManifest(f *testing.F) {
	for _, b := range manifests() {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, name := range []string{"root", "part"} {
			if again := reencode(name, b); again != nil && !bytes.Equal(again, b) {
				t.Fatalf("%s: %x is read as what is written as %x", name, b, again)
			}
		}
	})
}
