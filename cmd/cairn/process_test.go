package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"cairn/app"
)

// machine is a person's computer with one workspace on it.
type machine struct {
	t    testing.TB
	dir  string
	home string
	// What processes are: the cairn that is found and the test's user unless set.
	self string
	user *syscall.SysProcAttr
	// What runs them, with its arguments, and what they find in their environment
	// beside the usual.
	through []string
	env     []string
}

func newMachine(t testing.TB) *machine {
	t.Helper()
	home := t.TempDir()
	m := &machine{t: t, dir: filepath.Join(home, "workspace"), home: home}
	m.must("init", "--workspace", "Acme", "--person", "Ada", "--keys", "file")
	return m
}

// command returns a process of its own that runs cairn.
func (m *machine) command(args ...string) *exec.Cmd {
	m.t.Helper()
	self := m.self
	if self == "" {
		var err error
		if self, err = exec.LookPath("cairn"); err != nil {
			m.t.Fatal(err)
		}
	}
	words := slices.Concat(m.through, []string{self}, args)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.SysProcAttr = m.user
	cmd.Env = append(os.Environ(), "HOME="+m.home, "XDG_CONFIG_HOME="+filepath.Join(m.home, "config"), "CAIRN_DATA="+m.dir, "CAIRN_PASSPHRASE=", "GORACE="+noWait)
	cmd.Env = append(cmd.Env, m.env...)
	return cmd
}

// run returns what a command wrote and its exit status.
func (m *machine) run(args ...string) (stdout, stderr string, status int) {
	m.t.Helper()
	var out, errs bytes.Buffer
	cmd := m.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		m.t.Fatalf("run cairn %q: %v", args, err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func (m *machine) must(args ...string) string {
	m.t.Helper()
	stdout, stderr, status := m.run(args...)
	if status != exitDone {
		m.t.Errorf("cairn %q: exit status %d: %s", args, status, stderr)
	}
	return stdout
}

// projects returns the names of all projects.
func (m *machine) projects() map[string]int {
	m.t.Helper()
	var list []app.Project
	if err := json.Unmarshal([]byte(m.must("project", "list", "--json")), &list); err != nil {
		m.t.Fatal(err)
	}
	names := map[string]int{}
	for _, p := range list {
		names[p.Name]++
	}
	return names
}

// node starts a node, and returns a function that ends it by signal.
func (m *machine) node() (end func(os.Signal)) {
	m.t.Helper()
	cmd := m.command("node", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	first := make([]byte, 512)
	if n, err := out.Read(first); err != nil || !bytes.Contains(first[:n], []byte(`"ready":true`)) {
		_ = cmd.Wait()
		m.t.Fatalf("the node says %q, %v, %s", first[:n], err, errs.String())
	}
	return func(s os.Signal) {
		m.t.Helper()
		if err := cmd.Process.Signal(s); err != nil {
			m.t.Errorf("signal the node: %v", err)
		}
		if err := cmd.Wait(); s == os.Interrupt && err != nil {
			m.t.Errorf("the interrupted node: %v: %s", err, errs.String())
		}
	}
}

// TestManyProcessesShareAFolder has twenty processes write at once: whoever
// comes first holds the folder, and carries out what the others ask.
func TestManyProcessesShareAFolder(t *testing.T) {
	m := newMachine(t)
	const processes = 20
	var wait sync.WaitGroup
	for i := range processes {
		wait.Go(func() { m.must("project", "create", fmt.Sprintf("Project %d", i)) })
	}
	wait.Wait()
	names := m.projects()
	for i := range processes {
		if name := fmt.Sprintf("Project %d", i); names[name] != 1 {
			t.Errorf("%s is there %d times", name, names[name])
		}
	}
	m.must("verify", "--deep")
	if _, err := os.Stat(filepath.Join(m.dir, "node.json")); err == nil {
		t.Error("the announcement of the last process is still there")
	}
}

// TestCommandsWhileNodesComeAndGo starts and ends nodes, also without grace,
// under commands that know nothing of it.
func TestCommandsWhileNodesComeAndGo(t *testing.T) {
	m := newMachine(t)
	stop := make(chan struct{})
	var wait sync.WaitGroup
	made := make([]int, 3)
	for worker := range made {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				m.must("project", "create", fmt.Sprintf("%d/%d", worker, made[worker]))
				made[worker]++
			}
		})
	}
	for range 5 {
		m.node()(os.Interrupt)
	}
	close(stop)
	wait.Wait()
	names := m.projects()
	for worker, n := range made {
		if n == 0 {
			t.Errorf("worker %d made nothing", worker)
		}
		for i := range n {
			if name := fmt.Sprintf("%d/%d", worker, i); names[name] != 1 {
				t.Errorf("%s is there %d times", name, names[name])
			}
		}
	}
	m.must("verify", "--deep")
}

// TestKilledNodeIsInNobodysWay leaves an announcement and a lock behind, time
// after time, and loses nothing that was acknowledged.
func TestKilledNodeIsInNobodysWay(t *testing.T) {
	m := newMachine(t)
	for i := range 3 {
		end := m.node()
		m.must("project", "create", fmt.Sprintf("Project %d", i))
		end(os.Kill)
		if _, err := os.Stat(filepath.Join(m.dir, "node.json")); err != nil {
			t.Errorf("the killed node left no announcement: %v", err)
		}
		if names := m.projects(); len(names) != i+1 {
			t.Errorf("after the node was killed there are %v", names)
		}
	}
	m.must("verify", "--deep")
}

// TestInterruptEndsACommandThatWaits interrupts a command that reads standard
// input, from which nothing comes.
func TestInterruptEndsACommandThatWaits(t *testing.T) {
	m := newMachine(t)
	cmd := m.command("doc", "set", "01kjmma2ha", "notes", "-", "--verbose")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// What has been read shows that the command is ready for the signal.
	if _, err := in.Write(make([]byte, 1<<17)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != exitFail || !strings.HasPrefix(errs.String(), "cairn: Interrupted. What was acknowledged before is kept.\n") {
		t.Errorf("exit status %d with %q", status, errs.String())
	}
}

// TestDamagedFilesAreToldInASentence damages one file of the folder after the
// other and looks at what a person gets to read.
func TestDamagedFilesAreToldInASentence(t *testing.T) {
	m := newMachine(t)
	for i := range 5 {
		m.must("project", "create", fmt.Sprintf("Project %d", i))
	}
	whole := m.dir
	var files []string
	err := filepath.WalkDir(whole, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			files = append(files, strings.TrimPrefix(path, whole))
		}
		return err
	})
	if err != nil || len(files) < 5 {
		t.Fatalf("the folder holds %v, %v", files, err)
	}
	damages := map[string]func([]byte) []byte{
		"empty": func([]byte) []byte { return nil },
		"cut":   func(b []byte) []byte { return b[:len(b)/2] },
		"turned": func(b []byte) []byte {
			for i := range b[:min(len(b), 1<<16)] {
				b[i] ^= 0xff
			}
			return b
		},
	}
	for _, file := range files {
		for name, damage := range damages {
			t.Run(name+file, func(t *testing.T) { checkDamaged(t, m, whole, file, damage) })
		}
	}
}

func checkDamaged(t *testing.T, m *machine, whole, file string, damage func([]byte) []byte) {
	t.Helper()
	hurt := &machine{t: t, home: m.home, dir: filepath.Join(t.TempDir(), "workspace")}
	if err := os.CopyFS(hurt.dir, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(hurt.dir + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(hurt.dir+file, damage(b), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := hurt.run("status")
	report, complaint, verdict := hurt.run("verify", "--deep")
	switch {
	case status == exitDone && verdict == exitDone: // it can do without the file
	case status == exitDone && verdict == exitNo:
	case status == exitFail && verdict == exitNo:
		if complaint := notOneLine(stdout, stderr); complaint != "" {
			t.Errorf("status: %s", complaint)
		}
		if !strings.Contains(stderr, hurt.dir) || !strings.Contains(report, hurt.dir) {
			t.Errorf("it is not said where: %s%s", stderr, report)
		}
	default:
		t.Errorf("status: exit status %d: %s\nverify: exit status %d: %s", status, stderr, verdict, complaint)
	}
}
