package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// processes says how each process that a script started beside it has ended: a
// channel by process.
var processes sync.Map

// begin runs cairn beside a script, until the script ends at the latest, and
// waits for its first line, which goes to first.
func begin(ts *testscript.TestScript, first any, args ...string) (line string, pid int) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, args...)
	cmd.Env, cmd.Dir = environment(ts), ts.Getenv("WORK")
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ended := make(chan error, 1)
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		for range ended { // until it has ended
		}
	})
	lines := bufio.NewReader(out)
	line, err = lines.ReadString('\n')
	if err != nil {
		ended <- cmd.Wait()
		close(ended)
		ts.Fatalf("cairn %s ended: %v", args[0], err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		ended <- cmd.Wait()
		close(ended)
	}()
	processes.Store(cmd.Process.Pid, ended)
	ts.Check(json.Unmarshal([]byte(line), first))
	return line, cmd.Process.Pid
}

// interrupt asks the process that a variable names to end, and returns how it did.
func interrupt(ts *testscript.TestScript, variable string) error {
	p := processOf(ts, variable)
	ts.Check(p.Signal(os.Interrupt))
	ended, _ := processes.Load(p.Pid)
	return <-ended.(chan error)
}

func processOf(ts *testscript.TestScript, variable string) *os.Process {
	pid, err := strconv.Atoi(ts.Getenv(variable))
	ts.Check(err)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	return p
}
