package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

// noWait, as GORACE, keeps the race detector from a second of rest at the end of
// each of the many processes here.
const noWait = "atexit_sleep_ms=0"

// clockVar sets the clock of a cairn that tests run: by how much it is wrong.
const clockVar = "CAIRN_TEST_CLOCK"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cairn": func() {
		wrong, _ := time.ParseDuration(os.Getenv(clockVar))
		os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, func() time.Time { return time.Now().Add(wrong) }))
	}})
}

// TestScript runs the manual. Beside testscript's own commands the scripts use
// those below; each says in its comment what it takes.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CAIRN_DATA", env.WorkDir+"/workspace")
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			env.Setenv("TERM", "xterm")
			env.Setenv("TZ", "UTC")
			env.Setenv("GORACE", noWait)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "oneline": oneLine, "firstid": firstID, "samefield": sameField, "shape": shape,
			"raw": raw, "cut": cut, "fill": fill, "flip": flip, "refill": refill,
			"startnode": startNode, "stopnode": stopNode, "killnode": killNode,
			"agree": agree, "tells": tells, "field": textField,
			"startrelay": startRelay, "stoprelay": stopRelay,
		},
	})
}

// exits runs a program and checks its exit status: exits STATUS PROGRAM ARG….
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("run %s: %v", args[1], err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// oneLine checks that the last program complained in one line that no terminal
// could misunderstand, and said nothing else: oneline.
func oneLine(ts *testscript.TestScript, _ bool, _ []string) {
	if complaint := notOneLine(ts.ReadFile("stdout"), ts.ReadFile("stderr")); complaint != "" {
		ts.Fatalf("%s", complaint)
	}
}

// raw sets an environment variable to a string in Go's notation: raw NAME TEXT.
func raw(ts *testscript.TestScript, _ bool, args []string) {
	value, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Setenv(args[0], value)
}

// cut copies the first two thirds of a file: cut FROM TO.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:len(b)*2/3], 0o600))
}

// fill writes a file of so many bytes, all of them the first of text: fill FILE BYTES TEXT.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	b := make([]byte, n)
	for i := range b {
		b[i] = args[2][0]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// flip turns every bit in the middle half of a file: flip FILE.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	for i := len(b) / 4; i < len(b)*3/4; i++ {
		b[i] ^= 0xff
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// refill replaces all files that match: refill PATTERN TEXT.
func refill(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("no file matches %s", args[0])
	}
	for _, file := range files {
		ts.Check(os.WriteFile(file, []byte(args[1]), 0o600))
	}
}
