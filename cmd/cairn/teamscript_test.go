package main

import (
	"context"
	"encoding/json"
	"os/exec"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const (
	// agreeWithin is how long two folders may take to hold the same.
	agreeWithin = 30 * time.Second
	// lookEvery is how often a script asks how they stand.
	lookEvery = 50 * time.Millisecond
)

// agree waits until nodes hold the same state: agree FOLDER FOLDER….
func agree(ts *testscript.TestScript, _ bool, folders []string) {
	await(ts, "the folders hold the same", func() bool {
		hashes := map[string]bool{}
		for _, folder := range folders {
			var s struct {
				StateHash string `json:"state_hash"`
			}
			ts.Check(json.Unmarshal(told(ts, "--data", folder, "status", "--json"), &s))
			hashes[s.StateHash] = true
		}
		return len(hashes) == 1
	})
}

// tells waits until a command prints a text: tells TEXT ARG….
func tells(ts *testscript.TestScript, _ bool, args []string) {
	await(ts, "the command prints "+args[0], func() bool { return strings.Contains(string(told(ts, args[1:]...)), args[0]) })
}

// textField sets a variable to a text field, or the first text
// of a list, of the last program's JSON output:
// field NAME FIELD.
func textField(ts *testscript.TestScript, _ bool, args []string) {
	var all map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &all))
	value := all[args[1]]
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	text, ok := value.(string)
	if !ok {
		ts.Fatalf("the output has no text called %s", args[1])
	}
	ts.Setenv(args[0], text)
}

// told runs cairn and returns what it prints.
func told(ts *testscript.TestScript, args ...string) []byte {
	self, err := exec.LookPath("cairn")
	ts.Check(err)
	cmd := exec.Command(self, args...)
	cmd.Env, cmd.Dir = environment(ts), ts.Getenv("WORK")
	out, err := cmd.Output()
	ts.Check(err)
	return out
}

// environment returns what a node or relay beside a script knows of it.
func environment(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{"CAIRN_DATA", "CAIRN_PASSPHRASE", "HOME", "XDG_CONFIG_HOME", "PATH", "GORACE"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	return env
}

// await asks until the answer is yes.
func await(ts *testscript.TestScript, what string, yes func() bool) {
	ctx, cancel := context.WithTimeout(context.Background(), agreeWithin)
	defer cancel()
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	for !yes() {
		select {
		case <-ctx.Done():
			ts.Fatalf("waited %v in vain until %s", agreeWithin, what)
		case <-again.C:
		}
	}
}
