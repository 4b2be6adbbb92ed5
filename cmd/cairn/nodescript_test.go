package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// startNode runs a node on any free port and waits for its first line: startnode.
func startNode(ts *testscript.TestScript, _ bool, _ []string) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, "node", "--listen", "127.0.0.1:0")
	for _, name := range []string{"CAIRN_DATA", "CAIRN_PASSPHRASE", "HOME", "XDG_CONFIG_HOME", "PATH", "GORACE"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		close(ended)
		ts.Fatalf("the node ended: %v", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		_ = cmd.Wait()
		close(ended)
	}()
	var r ready
	ts.Check(json.Unmarshal([]byte(line), &r))
	if !r.Ready || r.PID != cmd.Process.Pid || r.API == "" || r.Device == "" {
		ts.Fatalf("first line of the node: %s", line)
	}
	ts.Setenv("NODE_PID", strconv.Itoa(r.PID))
}

// stopNode interrupts the node; the commands after it wait for the folder: stopnode.
func stopNode(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(nodeProcess(ts).Signal(os.Interrupt))
}

// killNode ends the node without giving it a chance to clean up: killnode.
func killNode(ts *testscript.TestScript, _ bool, _ []string) { ts.Check(nodeProcess(ts).Kill()) }

func nodeProcess(ts *testscript.TestScript) *os.Process {
	pid, err := strconv.Atoi(ts.Getenv("NODE_PID"))
	ts.Check(err)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	return p
}
