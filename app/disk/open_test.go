package disk_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app/disk"
	"cairn/core/fault"
)

func TestOpenTellsWhoHoldsTheFolder(t *testing.T) {
	d := create(t, disk.Options{})
	_, err := disk.Open(disk.Options{Dir: d.Dir()})
	wantKind(t, err, fault.Locked)
	locked, ok := errors.AsType[*disk.LockedError](err)
	if !ok || !errors.Is(err, disk.ErrLocked) || locked.Holder.PID != os.Getpid() || locked.Holder.API != "" {
		t.Fatalf("Open = %#v, want a LockedError with our process", err)
	}
	_, err = disk.Open(disk.Options{Dir: d.Dir(), ReadOnly: true})
	wantKind(t, err, fault.Locked)

	for name, c := range map[string]struct {
		node disk.Holder
		want string
	}{
		"a node":                 {disk.Holder{PID: os.Getpid(), API: "http://127.0.0.1:5757"}, "http://127.0.0.1:5757"},
		"a node that is no more": {disk.Holder{PID: os.Getpid() + 1, API: "http://127.0.0.1:5757"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := json.Marshal(c.node)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(d.Dir(), disk.NodeName), body, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = disk.Open(disk.Options{Dir: d.Dir()})
			if locked, ok := errors.AsType[*disk.LockedError](err); !ok || locked.Holder.API != c.want {
				t.Errorf("Open = %#v, want the address %q", err, c.want)
			}
		})
	}
	shut(t, d)
	reopen(t, d, disk.Options{})
}

func TestOpenRefusesWhatItCanNotRead(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	sealed, _ := closed(t, disk.Options{Key: key(1)})
	clear, _ := closed(t, disk.Options{})
	later := edited(t, clear, `"format": 1`, `"format": 2`)
	nonsense := edited(t, clear, `"format": 1`, `"format": "x`)
	for name, c := range map[string]struct {
		o    disk.Options
		want fault.Kind
	}{
		"no folder":        {disk.Options{Dir: missing}, fault.NotFound},
		"no workspace":     {disk.Options{Dir: t.TempDir()}, fault.NotFound},
		"a file":           {disk.Options{Dir: file}, fault.Unavailable},
		"wrong key":        {disk.Options{Dir: sealed, Key: key(2)}, fault.Denied},
		"no key":           {disk.Options{Dir: sealed}, fault.Denied},
		"key for none":     {disk.Options{Dir: clear, Key: key(1)}, fault.Denied},
		"later version":    {disk.Options{Dir: later}, fault.Newer},
		"damaged format":   {disk.Options{Dir: nonsense}, fault.Damaged},
		"read only, a key": {disk.Options{Dir: sealed, Key: key(2), ReadOnly: true}, fault.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			before := snapshotOf(t, c.o.Dir)
			_, err := disk.Open(c.o)
			wantKind(t, err, c.want)
			if !strings.Contains(err.Error(), c.o.Dir) {
				t.Errorf("%v does not name the folder", err)
			}
			if after := snapshotOf(t, c.o.Dir); !sameButLock(before, after) {
				t.Error("a refused Open changed the folder")
			}
		})
	}
}

// edited returns a copy of dir with old replaced in its format file.
func edited(t *testing.T, dir, old, replacement string) string {
	t.Helper()
	work := snapshot(t, dir).writeTo(t)
	path := filepath.Join(work, "format.json")
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(body, []byte(old), []byte(replacement), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	return work
}

func snapshotOf(t *testing.T, dir string) folder {
	t.Helper()
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil
	}
	return snapshot(t, dir)
}

// sameButLock compares folders but for the lock file, which says who held the
// folder last.
func sameButLock(a, b folder) bool {
	delete(a, "lock")
	delete(b, "lock")
	if len(a) != len(b) {
		return false
	}
	for name, f := range a {
		if g, ok := b[name]; !ok || !bytes.Equal(f.content, g.content) || f.size != g.size {
			return false
		}
	}
	return true
}

func TestCreateRefusesAFolderInUse(t *testing.T) {
	dir, want := closed(t, disk.Options{})
	_, err := disk.Create(disk.Options{Dir: dir})
	wantKind(t, err, fault.Conflict)
	openWhole(t, dir, disk.Options{}, want)

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = disk.Create(disk.Options{Dir: file})
	wantKind(t, err, fault.Unavailable)

	if _, err := disk.Create(disk.Options{Dir: t.TempDir(), Key: []byte("short")}); err == nil {
		t.Error("Create took a key of 5 bytes")
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			dir, want := closed(t, o)
			before := snapshot(t, dir)
			o.ReadOnly = true
			openWhole(t, dir, o, want)
			if !sameButLock(before, snapshot(t, dir)) {
				t.Error("opening for reading changed the folder")
			}
			o.Dir = dir
			d, err := disk.Open(o)
			if err != nil {
				t.Fatal(err)
			}
			defer shut(t, d)
			wantKind(t, d.SetMeta("a", []byte("1")), fault.Unavailable)
			_, err = d.PutBlob(t.Context(), bytes.NewReader(nil), 1)
			wantKind(t, err, fault.Unavailable)
			_, err = d.QuarantineBlob([32]byte{})
			wantKind(t, err, fault.Unavailable)
		})
	}
}

func TestReadOnlyRefusesAFolderThatNeedsRepair(t *testing.T) {
	dir, want := crashed(t, disk.Options{})
	_, err := disk.Open(disk.Options{Dir: dir, ReadOnly: true})
	wantKind(t, err, fault.Unavailable)
	openWhole(t, dir, disk.Options{}, want)
	openWhole(t, dir, disk.Options{ReadOnly: true}, want)
}

func TestCallsAfterCloseFail(t *testing.T) {
	d := create(t, disk.Options{})
	shut(t, d)
	for name, call := range map[string]func() error{
		"Append":   func() error { return d.Append(nil) },
		"Heads":    func() error { _, err := d.Heads(); return err },
		"Docs":     func() error { return d.Docs(0, nil) },
		"Meta":     func() error { _, err := d.Meta("a"); return err },
		"OpenBlob": func() error { _, err := d.OpenBlob([32]byte{}); return err },
		"PutBlob":  func() error { _, err := d.PutBlob(t.Context(), bytes.NewReader(nil), 1); return err },
	} {
		if err := call(); !errors.Is(err, disk.ErrClosed) {
			t.Errorf("%s after Close = %v, want ErrClosed", name, err)
		}
	}
	shut(t, d)
}
