package disk_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
)

// contents is everything that a disk gives out.
type contents struct {
	Heads   map[id.Log]disk.Head
	Batches map[id.Log][]string
	Docs    []disk.StoredDoc
	Meta    map[string]string
}

func read(d *disk.Disk) (contents, error) {
	c := contents{Batches: map[id.Log][]string{}, Meta: map[string]string{}}
	var err error
	if c.Heads, err = d.Heads(); err != nil {
		return c, err
	}
	for log := range c.Heads {
		if err := d.Batches(log, 0, func(_ uint64, raw []byte) error {
			c.Batches[log] = append(c.Batches[log], string(raw))
			return nil
		}); err != nil {
			return c, err
		}
	}
	if err := d.Docs(0, func(doc disk.StoredDoc) error {
		c.Docs = append(c.Docs, doc)
		return nil
	}); err != nil {
		return c, err
	}
	names, err := d.Names("")
	if err != nil {
		return c, err
	}
	for _, name := range names {
		value, err := d.Meta(name)
		if err != nil {
			return c, err
		}
		c.Meta[name] = string(value)
	}
	return c, nil
}

// fill writes a bit of everything, in several groups, from seed on.
func fill(t testing.TB, d *disk.Disk, seed int) {
	t.Helper()
	for n := seed; n < seed+5; n++ {
		if err := d.Append([]disk.Entry{entry(logA, uint64(2*n), 2), entry(logB, uint64(n), 1)}); err != nil {
			t.Fatal(err)
		}
		doc := disk.StoredDoc{ID: id.Doc{byte(n)}, Noun: 1, Body: noise(300 + 100*n)}
		if err := d.PutDocs([]disk.StoredDoc{doc}, map[id.Log]uint64{logA: uint64(2*n + 2)}); err != nil {
			t.Fatal(err)
		}
		if err := d.SetMeta(fmt.Sprint("note", n), noise(50)); err != nil {
			t.Fatal(err)
		}
	}
}

// crashed returns a folder as a crash would leave it, with tables from before
// and a write-ahead file that is not written out, and what is in it.
func crashed(t testing.TB, o disk.Options) (string, contents) {
	t.Helper()
	d := create(t, o)
	fill(t, d, 0)
	d = reopen(t, d, o)
	fill(t, d, 5)
	want, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	// The database maps its files, so that a copy of the folder is what
	// another process would find if this one ended now.
	return snapshot(t, d.Dir()).writeTo(t), want
}

// closed returns a folder that was closed in an orderly way.
func closed(t testing.TB, o disk.Options) (string, contents) {
	t.Helper()
	d := create(t, o)
	fill(t, d, 0)
	d = reopen(t, d, o)
	fill(t, d, 5)
	want, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	shut(t, d)
	return d.Dir(), want
}

// folder is a folder in memory: path → content without the zeros at its end.
type folder map[string]struct {
	content []byte
	size    int64
}

func snapshot(t testing.TB, dir string) folder {
	t.Helper()
	f := folder{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		one := f[name]
		one.content, one.size = bytes.Clone(bytes.TrimRight(body, "\x00")), int64(len(body))
		f[name] = one
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// writeTo writes f to a fresh folder and returns it.
func (f folder) writeTo(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"db", "blobs"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name := range f {
		f.write(t, dir, name)
	}
	return dir
}

func (f folder) write(t testing.TB, dir, name string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, f[name].content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, f[name].size); err != nil {
		t.Fatal(err)
	}
}

func TestACrashLosesNothing(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			dir, want := crashed(t, o)
			openWhole(t, dir, o, want)
		})
	}
}

func options() map[string]disk.Options {
	return map[string]disk.Options{"clear": {}, "sealed": {Key: key(1)}}
}

// openWhole opens dir and makes sure that all of want is there.
func openWhole(t testing.TB, dir string, o disk.Options, want contents) {
	t.Helper()
	o.Dir = dir
	d, err := disk.Open(o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer shut(t, d)
	got, err := read(d)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("what was acknowledged is not what is there (-want +got):\n%.2000s", diff)
	}
}

// TestDamageIsNamedAndNothingIsTouched damages every file of the database in
// many ways. Each time the folder either opens with all that was acknowledged,
// or is refused with a fault that says Damaged; then undoing the damage must
// bring everything back.
func TestDamageIsNamedAndNothingIsTouched(t *testing.T) {
	for name, c := range map[string]struct {
		o    disk.Options
		make func(testing.TB, disk.Options) (string, contents)
	}{
		"clear and crashed":  {disk.Options{}, crashed},
		"sealed and crashed": {disk.Options{Key: key(1)}, crashed},
		"sealed and closed":  {disk.Options{Key: key(1)}, closed},
	} {
		t.Run(name, func(t *testing.T) {
			dir, want := c.make(t, c.o)
			good := snapshot(t, dir)
			for _, file := range slices.Sorted(maps.Keys(good)) {
				if filepath.Dir(file) == "db" {
					damageFile(t, good, file, c.o, want)
				}
			}
		})
	}
}

func damageFile(t *testing.T, good folder, file string, o disk.Options, want contents) {
	t.Helper()
	content := good[file].content
	refused := 0
	try := func(how string, bad []byte) {
		work := good.writeTo(t)
		if err := replace(filepath.Join(work, file), bad); err != nil {
			t.Fatal(err)
		}
		if tryDamaged(t, work, o, want, file+" "+how) {
			return
		}
		refused++
		if left, err := filepath.Glob(filepath.Join(work, "aside", "*.mem")); err != nil || len(left) > 0 {
			return // see TestWriteAheadFileOfWhichNothingIsLeftIsKept
		}
		good.write(t, work, file)
		openWhole(t, work, o, want)
	}
	for at := 0; at < len(content); at += 1 + len(content)/3 {
		bad := bytes.Clone(content)
		bad[at] ^= 0x10
		try(fmt.Sprintf("flipped at %d of %d", at, len(content)), append(bad, make([]byte, good[file].size-int64(len(bad)))...))
	}
	for _, size := range []int{0, len(content) - 1} {
		if size >= 0 && size < len(content) {
			try(fmt.Sprintf("cut to %d of %d", size, len(content)), content[:size])
		}
	}
	try("missing", nil)
	if refused == 0 && slices.Contains([]string{".sst", ".mem"}, filepath.Ext(file)) {
		t.Errorf("%s: no damage was noticed", file)
	}
}

// replace writes body to path, or removes the file if body is nil.
func replace(path string, body []byte) error {
	if body == nil {
		return os.Remove(path)
	}
	return os.WriteFile(path, body, 0o600)
}

// tryDamaged reports whether dir opens whole. If not, it must be refused as
// damaged.
func tryDamaged(t *testing.T, dir string, o disk.Options, want contents, how string) bool {
	t.Helper()
	o.Dir = dir
	d, err := disk.Open(o)
	if err != nil {
		if fault.KindOf(err) != fault.Damaged || fault.Hint(err) == "" || !strings.Contains(fault.Message(err), dir) {
			t.Errorf("%s: Open = %v (%v), want a fault Damaged that names the file", how, err, fault.KindOf(err))
		}
		return false
	}
	defer shut(t, d)
	got, err := read(d)
	if err != nil {
		t.Errorf("%s: opened, then read: %v", how, err)
		return false
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: opened with a part missing (-want +got):\n%.500s", how, diff)
	}
	return true
}
