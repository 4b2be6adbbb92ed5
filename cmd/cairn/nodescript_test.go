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

// startNode runs a node on any free ports, out of sight of the network, and waits
// for its first line. Its process is NODE_PID, or the variable that is named:
// startnode [VARIABLE].
func startNode(ts *testscript.TestScript, _ bool, args []string) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, "node", "--listen", "127.0.0.1:0", "--sync", "127.0.0.1:0", "--lan=false")
	cmd.Env = environment(ts)
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
	nodes.Store(cmd.Process.Pid, ended)
	var r ready
	ts.Check(json.Unmarshal([]byte(line), &r))
	if !r.Ready || r.PID != cmd.Process.Pid || r.API == "" || r.Device == "" {
		ts.Fatalf("first line of the node: %s", line)
	}
	ts.Setenv(append(args, nodePID)[0], strconv.Itoa(r.PID))
}

// nodePID is the variable with the process of the node when a script has only one.
const nodePID = "NODE_PID"

// nodes says when each node that a script started has ended: a channel by process.
var nodes sync.Map

// stopNode interrupts the node and waits for its end, up to which it may answer:
// stopnode [VARIABLE].
func stopNode(ts *testscript.TestScript, _ bool, args []string) {
	p := nodeProcess(ts, args)
	ts.Check(p.Signal(os.Interrupt))
	ended, _ := nodes.Load(p.Pid)
	<-ended.(chan struct{})
}

// killNode ends the node without giving it a chance to clean up:
// killnode [VARIABLE].
func killNode(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(nodeProcess(ts, args).Kill())
}

func nodeProcess(ts *testscript.TestScript, args []string) *os.Process {
	pid, err := strconv.Atoi(ts.Getenv(append(args, nodePID)[0]))
	ts.Check(err)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	return p
}
