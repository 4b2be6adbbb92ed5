//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user for whom permissions count; for root they do not.
const nobody = 65534

// ordinary makes m's processes those of an ordinary user, who owns m's files.
func ordinary(m *machine) {
	m.t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	self, err := exec.LookPath("cairn")
	if err != nil {
		m.t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		m.t.Fatal(err)
	}
	m.self = filepath.Join(m.home, "cairn") // the other one lies in a folder of root's
	if err := os.WriteFile(m.self, program, 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(m.home), 0o711); err != nil {
		m.t.Fatal(err)
	}
	m.user = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	each(m.t, m.home, func(path string, _ fs.DirEntry) error { return os.Lchown(path, nobody, nobody) })
}

func each(t testing.TB, dir string, fn func(path string, entry fs.DirEntry) error) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return fn(path, entry)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// without takes rights away from path until the end of the test.
func without(t *testing.T, path string, rights fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, info.Mode().Perm()&^rights); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(path, info.Mode().Perm()); err != nil {
			t.Error(err)
		}
	})
}

// TestWithoutPermissionACommandSaysSo takes away what a command needs: it fails
// in a sentence that names the place, and goes on when it has it again.
func TestWithoutPermissionACommandSaysSo(t *testing.T) {
	m := newMachine(t)
	m.must("backup", filepath.Join(m.home, "acme.backup"))
	ordinary(m)
	m.must("project", "create", "Churn")
	const read, write, all = 0o444, 0o222, 0o777
	tests := []struct {
		name, place string
		rights      fs.FileMode
		args        []string
	}{
		{"a folder that can't be entered", "workspace", all, []string{"status"}},
		{"a folder that can't be entered, for init", "workspace", all, []string{"init", "--workspace", "Acme", "--person", "Ada", "--keys", "file"}},
		{"keys that can't be read", "workspace/keys.plain", all, []string{"status"}},
		{"a format that can't be read", "workspace/format.json", all, []string{"status"}},
		{"a folder above that can't be written", ".", write, []string{"init", "--data", filepath.Join(m.home, "new"), "--workspace", "Acme", "--person", "Ada", "--keys", "file"}},
		{"a folder for the backup that can't be written", ".", write, []string{"backup", filepath.Join(m.home, "again.backup")}},
		{"a backup that can't be read", "acme.backup", read, []string{"restore", "--data", filepath.Join(m.home, "new"), "--keys", "file", filepath.Join(m.home, "acme.backup")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			without(t, filepath.Join(m.home, tt.place), tt.rights)
			refusedFor(t, m, tt.args)
		})
	}
	m.must("project", "create", "Fraud")
	m.must("verify", "--deep")
}

// TestReadOnlyFolderIsToldAndKept makes the whole folder read-only.
func TestReadOnlyFolderIsToldAndKept(t *testing.T) {
	m := newMachine(t)
	m.must("project", "create", "Churn")
	ordinary(m)
	t.Run("read only", func(t *testing.T) {
		each(t, m.dir, func(path string, entry fs.DirEntry) error {
			if !entry.IsDir() {
				without(t, path, 0o222)
			}
			return nil
		})
		each(t, m.dir, func(path string, entry fs.DirEntry) error {
			if entry.IsDir() {
				without(t, path, 0o222)
			}
			return nil
		})
		refusedFor(t, m, []string{"status"})
		refusedFor(t, m, []string{"project", "create", "Fraud"})
	})
	if names := m.projects(); len(names) != 1 || names["Churn"] != 1 {
		t.Errorf("when it can be written again it holds %v", names)
	}
}

// refusedFor expects a command to fail in one sentence that names a place.
func refusedFor(t *testing.T, m *machine, args []string) {
	t.Helper()
	stdout, stderr, status := m.run(args...)
	if status != exitFail {
		t.Errorf("cairn %q: exit status %d with %q, want %d", args, status, stderr, exitFail)
	}
	if complaint := notOneLine(stdout, stderr); complaint != "" {
		t.Errorf("cairn %q: %s", args, complaint)
	}
	if !strings.Contains(stderr, m.home) {
		t.Errorf("cairn %q does not say where: %s", args, stderr)
	}
}
