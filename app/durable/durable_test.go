package durable_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"cairn/app/durable"
)

func TestReplaceLeavesOneFileForItsOwner(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	for _, body := range []string{"first", "", "third, and longer"} {
		if err := durable.Replace(path, []byte(body)); err != nil {
			t.Fatalf("Replace with %q: %v", body, err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != body {
			t.Errorf("the file holds %q, %v, want %q", got, err, body)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files in the folder, %v, want 1", len(entries), err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want that only the owner may read", info.Mode())
	}
}

func TestReplaceThatFailsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Replace(path, []byte("body")); err == nil {
		t.Error("Replace put a file in the place of a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files in the folder, %v, want the one that was there", len(entries), err)
	}
	if err := durable.Replace(filepath.Join(dir, "missing", "file"), nil); err == nil {
		t.Error("Replace wrote into a folder that is not there")
	}
}

func TestOutOfSpaceKnowsTheErrorAndItsWords(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the errors have other names there
	}
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"none":       {nil, false},
		"no space":   {&os.PathError{Op: "write", Path: "f", Err: syscall.ENOSPC}, true},
		"quota":      {fmt.Errorf("write: %w", syscall.EDQUOT), true},
		"only words": {errors.New("flush: " + syscall.ENOSPC.Error()), true},
		"another":    {syscall.EACCES, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := durable.OutOfSpace(c.err); got != c.want {
				t.Errorf("OutOfSpace(%v) = %v, want %v", c.err, got, c.want)
			}
		})
	}
}
