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

// startRelay runs a relay on any free port and waits for its first line, which
// goes to relay.json and, in parts, to RELAY_URL and RELAY_PID: startrelay ARG….
func startRelay(ts *testscript.TestScript, _ bool, args []string) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, append([]string{"relay", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.Getenv("WORK")
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "PATH", "GORACE"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ended := make(chan error, 1)
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		for range ended { // how it ended, stoprelay has seen
		}
	})
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		ended <- cmd.Wait()
		close(ended)
		ts.Fatalf("the relay ended: %v", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		ended <- cmd.Wait()
		close(ended)
	}()
	relays.Store(cmd.Process.Pid, ended)
	var r relayReady
	ts.Check(json.Unmarshal([]byte(first), &r))
	if !r.Ready || r.PID != cmd.Process.Pid {
		ts.Fatalf("first line of the relay: %s", first)
	}
	ts.Check(os.WriteFile(ts.MkAbs("relay.json"), []byte(first), 0o600))
	ts.Setenv("RELAY_URL", r.Relay)
	ts.Setenv("RELAY_PID", strconv.Itoa(r.PID))
}

// relays says how each relay that a script started has ended: a channel by
// process.
var relays sync.Map

// stopRelay interrupts the relay, which must end well: stoprelay.
func stopRelay(ts *testscript.TestScript, _ bool, _ []string) {
	pid, err := strconv.Atoi(ts.Getenv("RELAY_PID"))
	ts.Check(err)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(p.Signal(os.Interrupt))
	ended, _ := relays.Load(pid)
	ts.Check(<-ended.(chan error))
}
