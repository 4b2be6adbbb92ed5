package main

import (
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// nodePID is the variable with the process of the node when a script has only one.
const nodePID = "NODE_PID"

// startNode runs a node on any free ports, out of sight of the network, and waits
// for its first line. Its process is NODE_PID, or the variable that is named:
// startnode [VARIABLE].
func startNode(ts *testscript.TestScript, _ bool, args []string) {
	var r ready
	line, pid := begin(ts, &r, "node", "--listen", "127.0.0.1:0", "--sync", "127.0.0.1:0", "--lan=false")
	if !r.Ready || r.PID != pid || r.API == "" || r.Device == "" {
		ts.Fatalf("first line of the node: %s", line)
	}
	ts.Setenv(append(args, nodePID)[0], strconv.Itoa(pid))
}

// stopNode interrupts the node and waits for its end, up to which it may answer:
// stopnode [VARIABLE].
func stopNode(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(interrupt(ts, append(args, nodePID)[0]))
}

// killNode ends the node without giving it a chance to clean up:
// killnode [VARIABLE].
func killNode(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(processOf(ts, append(args, nodePID)[0]).Kill())
}
