package main

import (
	"net/url"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// relayPID is the variable with the process of the relay.
const relayPID = "RELAY_PID"

// startRelay runs a relay on any free port and waits for its first line, which
// goes to relay.json and, in parts, to RELAY_URL, RELAY_AT (host and port) and
// RELAY_PID: startrelay ARG….
func startRelay(ts *testscript.TestScript, _ bool, args []string) {
	var r relayReady
	first, pid := begin(ts, &r, append([]string{"relay", "--listen", "127.0.0.1:0"}, args...)...)
	if !r.Ready || r.PID != pid {
		ts.Fatalf("first line of the relay: %s", first)
	}
	ts.Check(os.WriteFile(ts.MkAbs("relay.json"), []byte(first), 0o600))
	u, err := url.Parse(r.Relay)
	ts.Check(err)
	ts.Setenv("RELAY_URL", r.Relay)
	ts.Setenv("RELAY_AT", u.Host)
	ts.Setenv(relayPID, strconv.Itoa(pid))
}

// stopRelay interrupts the relay, which must end well: stoprelay.
func stopRelay(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(interrupt(ts, relayPID))
}
