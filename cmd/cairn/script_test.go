package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cairn": main})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CAIRN_DATA", env.WorkDir+"/workspace")
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "firstid": firstID, "samefield": sameField, "cut": cut,
			"startnode": startNode, "stopnode": stopNode,
		},
	})
}

// exits runs a program and checks its exit status: exits STATUS PROGRAM ARG...
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

// firstID sets an environment variable to the id in a JSON file.
func firstID(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], field(ts, args[1], "id"))
}

func field(ts *testscript.TestScript, file, name string) string {
	var v map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &v))
	s, ok := v[name].(string)
	if !ok {
		ts.Fatalf("%s has no text field %s", file, name)
	}
	return s
}

// sameField checks that two JSON files agree in a field.
func sameField(ts *testscript.TestScript, _ bool, args []string) {
	if a, b := field(ts, args[1], args[0]), field(ts, args[2], args[0]); a != b {
		ts.Fatalf("%s is %s in %s and %s in %s", args[0], a, args[1], b, args[2])
	}
}

// cut copies the first two thirds of a file.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:len(b)*2/3], 0o600))
}

// startNode runs a node on any free port and waits for its first line.
func startNode(ts *testscript.TestScript, _ bool, _ []string) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, "node", "--listen", "127.0.0.1:0")
	for _, name := range []string{"CAIRN_DATA", "HOME", "XDG_CONFIG_HOME", "PATH"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	ts.Check(err)
	var r ready
	ts.Check(json.Unmarshal([]byte(line), &r))
	if !r.Ready || r.PID != cmd.Process.Pid {
		ts.Fatalf("first line of the node: %s", line)
	}
	ts.Setenv("NODE_PID", strconv.Itoa(r.PID))
	go func() { _, _ = io.Copy(io.Discard, lines) }()
}

// stopNode interrupts the node; the commands after it wait for the folder.
func stopNode(ts *testscript.TestScript, _ bool, _ []string) {
	pid, err := strconv.Atoi(ts.Getenv("NODE_PID"))
	ts.Check(err)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(p.Signal(os.Interrupt))
}
