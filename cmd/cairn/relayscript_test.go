package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// startRelay runs a relay on any free port and waits for its first line, which
// goes to relay.json and, in parts, to RELAY_URL, RELAY_AT (host and port) and
// RELAY_PID: startrelay ARG….
func startRelay(ts *testscript.TestScript, _ bool, args []string) {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, append([]string{"relay", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = environment(ts)
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
	u, err := url.Parse(r.Relay)
	ts.Check(err)
	ts.Setenv("RELAY_URL", r.Relay)
	ts.Setenv("RELAY_AT", u.Host)
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
