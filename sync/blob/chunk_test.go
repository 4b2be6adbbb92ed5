package blob_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"cairn/sync/blob"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// random returns bytes that are the same for a seed, and on every machine.
func random(seed byte, size int) []byte {
	b := make([]byte, size)
	if _, err := rand.NewChaCha8([32]byte{seed}).Read(b); err != nil {
		panic(err) // it never fails
	}
	return b
}

// shelf is a Store in memory. Its knobs are set before it is used by others.
type shelf struct {
	mu      sync.Mutex
	objects map[blob.Hash][]byte
	puts    map[blob.Hash]int
	joined  map[blob.Hash][]byte // root → content
	refuse  error                // what Put says
	judge   func(blob.Hash, []byte)
}

func newShelf() *shelf {
	return &shelf{objects: map[blob.Hash][]byte{}, puts: map[blob.Hash]int{}, joined: map[blob.Hash][]byte{}, judge: func(blob.Hash, []byte) {}}
}

func (s *shelf) Has(objects []blob.Hash) ([]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := make([]bool, len(objects))
	for i, h := range objects {
		_, held[i] = s.objects[h]
	}
	return held, nil
}

func (s *shelf) Get(object blob.Hash) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.objects[object]
	if !ok {
		return nil, blob.ErrNotFound
	}
	return b, nil
}

func (s *shelf) Put(object blob.Hash, content []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		return s.refuse
	}
	s.judge(object, content)
	s.objects[object] = bytes.Clone(content)
	s.puts[object]++
	return nil
}

func (s *shelf) Join(ref blob.Ref) error {
	var content bytes.Buffer
	if err := blob.Copy(&content, s, ref); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.joined[ref.Root] = content.Bytes()
	return nil
}

// add splits content into the store.
func (s *shelf) add(tb testing.TB, content []byte) blob.Ref {
	tb.Helper()
	ref, err := blob.Split(bytes.NewReader(content), s.Put)
	if err != nil {
		tb.Fatal(err)
	}
	return ref
}

// cuts returns the lengths of the chunks of content, one a line.
func cuts(tb testing.TB, content []byte) string {
	tb.Helper()
	s := newShelf()
	ref := s.add(tb, content)
	entries, err := blob.Chunks(s, ref)
	if err != nil {
		tb.Fatal(err)
	}
	var out strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&out, "%d %s\n", e.Size, e.Hash)
	}
	fmt.Fprintf(&out, "root %s\ncontent %s\n", ref.Root, ref.Content)
	return out.String()
}

func contents() map[string][]byte {
	lines := strings.Builder{}
	for i := range 200_000 {
		fmt.Fprintf(&lines, "%d,%d,line\n", i, i*i%9973)
	}
	return map[string][]byte{
		"empty":  nil,
		"byte":   {7},
		"small":  random(1, 100),
		"least":  random(2, blob.ChunkMin),
		"random": random(3, 8<<20),
		"zeros":  make([]byte, 3<<20+5),
		"table":  []byte(lines.String()),
	}
}

// Where content is cut is a format: the same file has the same name everywhere,
// and for ever.
func TestGoldenCuts(t *testing.T) {
	for name, content := range contents() {
		path := filepath.Join("testdata", "cuts-"+name+"-v1.golden")
		got := cuts(t, content)
		golden, err := os.ReadFile(path)
		if os.IsNotExist(err) && *update {
			golden, err = []byte(got), os.WriteFile(path, []byte(got), 0o644)
		}
		if err != nil {
			t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
		}
		if got != string(golden) {
			t.Errorf("%s is cut into\n%swant\n%s", name, got, golden)
		}
	}
}

func TestCutsDependOnTheContentAlone(t *testing.T) {
	content := contents()["random"][:2<<20]
	want, err := blob.Split(bytes.NewReader(content), func(blob.Hash, []byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup // several at once, as uploads are
	for _, r := range []io.Reader{
		bytes.NewReader(content), iotest.HalfReader(bytes.NewReader(content)), iotest.DataErrReader(bytes.NewReader(content)), iotest.OneByteReader(bytes.NewReader(content)),
	} {
		all.Go(func() {
			got, err := blob.Split(r, func(blob.Hash, []byte) error { return nil })
			if err != nil || got != want {
				t.Errorf("%T: %v, %v, want %v", r, got, err, want)
			}
		})
	}
	all.Wait()
}

func TestASplitFileCanBeCopied(t *testing.T) {
	for name, content := range contents() {
		s := newShelf()
		ref := s.add(t, content)
		var out bytes.Buffer
		if err := blob.Copy(&out, s, ref); err != nil || !bytes.Equal(out.Bytes(), content) || ref.Size != int64(len(content)) {
			t.Errorf("%s: %d of %d bytes come back, %v", name, out.Len(), len(content), err)
		}
		for h := range s.objects {
			damaged := newShelf()
			damaged.objects = maps.Clone(s.objects)
			damaged.objects[h] = append([]byte{1}, s.objects[h]...)
			if err := blob.Copy(io.Discard, damaged, ref); !errors.Is(err, blob.ErrContent) {
				t.Errorf("%s: with a damaged object Copy = %v", name, err)
			}
			delete(damaged.objects, h)
			if err := blob.Copy(io.Discard, damaged, ref); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("%s: without an object Copy = %v", name, err)
			}
			break
		}
	}
}

func TestAnErrorEndsASplit(t *testing.T) {
	broken := errors.New("broken")
	if _, err := blob.Split(iotest.ErrReader(broken), func(blob.Hash, []byte) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("of a reader that fails: %v", err)
	}
	if _, err := blob.Split(strings.NewReader("x"), func(blob.Hash, []byte) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("into a store that fails: %v", err)
	}
}
