package apptest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"cairn/app"
)

// Crash leaves the node as a kill of its process would, and opens it again:
// what was acknowledged is in the folder, what was only in memory is not.
func (n *Node) Crash() {
	n.t.Helper()
	image := n.Options.Dir + ".image"
	// A kill freezes all files at one moment; a copy is such an image only if
	// nothing was written while it was made.
	for still := false; !still; {
		if err := os.RemoveAll(image); err != nil {
			n.t.Fatal(err)
		}
		before := shape(n.t, n.Options.Dir)
		// A file that goes meanwhile shows in the shape.
		err := os.CopyFS(image, os.DirFS(n.Options.Dir))
		still = maps.Equal(before, shape(n.t, n.Options.Dir))
		if still && err != nil {
			n.t.Fatalf("copy the folder: %v", err)
		}
	}
	if err := n.Close(); err != nil {
		n.t.Fatalf("close: %v", err)
	}
	if err := os.RemoveAll(n.Options.Dir); err != nil {
		n.t.Fatal(err)
	}
	if err := os.Rename(image, n.Options.Dir); err != nil {
		n.t.Fatal(err)
	}
	n.open()
}

// shape returns what changes with every write to a folder and when its files
// are rearranged: their names and sizes, and the disk's mark.
func shape(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		out[path] = fmt.Sprint(info.Size())
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("look at the folder: %v", err)
	}
	mark, err := os.ReadFile(filepath.Join(dir, "mark"))
	if err != nil {
		t.Fatal(err)
	}
	out["mark"] = string(mark)
	return out
}

// Backup writes the workspace of n into a file, sealed when there is a passphrase.
func (n *Node) Backup(passphrase string) (file string) {
	n.t.Helper()
	file = filepath.Join(n.t.TempDir(), "cairn.backup")
	Do(n, app.MakeBackup, app.BackupRequest{File: file, Passphrase: passphrase})
	return file
}

// Restore starts a node from a backup of other, on a machine of its own whose
// clock shows the same time.
func Restore(t testing.TB, seed uint64, other *Node, file string) *Node {
	t.Helper()
	o, clock := options(t, seed, other.Options.Kinds)
	clock.Advance(other.Clock.Now().Sub(clock.Now()))
	o.Passphrase = other.Options.Passphrase
	a, err := app.Restore(t.Context(), o, file)
	return started(t, a, err, o, clock)
}

// Copy starts a node from a copy of the folder of other, which is closed for
// that and opened again, on the same machine.
func Copy(t testing.TB, other *Node) *Node {
	t.Helper()
	o := other.Options
	o.Dir = filepath.Join(t.TempDir(), "copy")
	if err := other.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if err := os.CopyFS(o.Dir, os.DirFS(other.Options.Dir)); err != nil {
		t.Fatalf("copy the folder: %v", err)
	}
	other.open()
	a, err := app.Open(t.Context(), o)
	return started(t, a, err, o, other.Clock)
}
