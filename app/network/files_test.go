package network_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// files is a folder with a file for each document: what a team has that keeps
// its documents in a folder and that in sync.
type files struct {
	tb  testing.TB
	dir string
}

func newFiles(tb testing.TB) files { return files{tb, tb.TempDir()} }

// save writes a document, in a folder of few of them, and syncs it.
func (f files) save(name, text string) {
	f.tb.Helper()
	path := filepath.Join(f.dir, name[len(name)-2:], name)
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = replace(path, func(w *os.File) error {
			_, err := w.WriteString(text)
			return err
		})
	}
	if err != nil {
		f.tb.Fatal(err)
	}
}

// replace writes a file beside the one that there is, syncs it and puts it in
// its place.
func replace(path string, fill func(*os.File) error) error {
	w, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	if err := errors.Join(fill(w), w.Sync(), w.Close()); err != nil {
		return err
	}
	return os.Rename(w.Name(), path)
}

// pull makes f what from is, as rsync with --times and --fsync does: it walks
// both, takes a file for the same that has the same size and time, and copies
// the others whole, each synced before it takes its place. Both are on this
// machine: nothing goes over a network.
func (f files) pull(from files) (copied int) {
	f.tb.Helper()
	err := filepath.WalkDir(from.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from.dir, path)
		if err != nil {
			return err
		}
		to := filepath.Join(f.dir, below)
		if e.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if have, err := os.Stat(to); err == nil && have.Size() == info.Size() && have.ModTime().Equal(info.ModTime()) {
			return nil
		}
		copied++
		return replace(to, func(w *os.File) error {
			r, err := os.Open(path)
			if err != nil {
				return err
			}
			_, err = io.Copy(w, r)
			return errors.Join(err, r.Close(), os.Chtimes(w.Name(), info.ModTime(), info.ModTime()))
		})
	})
	if err != nil {
		f.tb.Fatal(err)
	}
	return copied
}
