package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/member"
)

// TestATeamsFoldersAgreeOnTheCommandLine lets three people work 1,000 times on three
// devices whose batches come in any order, and then asks the command line about
// each folder.
func TestATeamsFoldersAgreeOnTheCommandLine(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	eun := apptest.Join(t, 3, ada, "은지", member.Contributor)
	ben.Pull(ada)
	nodes := []*apptest.Node{ada, ben, eun}
	apptest.Sessions(t, 11, 1000, nodes...)
	apptest.Settle(nodes...)
	hashes := map[string]bool{}
	for _, n := range nodes {
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		if out := answered(t, "verify", "--deep", "--data", n.Options.Dir); !strings.Contains(out, "Everything is as it was written.") {
			t.Errorf("verify says:\n%s", out)
		}
		var status app.Status
		if err := json.Unmarshal([]byte(answered(t, "status", "--json", "--data", n.Options.Dir)), &status); err != nil {
			t.Fatalf("status prints no JSON: %v", err)
		}
		if len(status.Waiting) > 0 {
			t.Errorf("%s still waits: %+v", status.Person.Name, status.Waiting)
		}
		hashes[status.StateHash] = true
	}
	if len(hashes) != 1 {
		t.Errorf("state hashes %v, want one", hashes)
	}
}

// answered carries out one command line that must succeed, and returns what it prints.
func answered(t *testing.T, args ...string) string {
	t.Helper()
	var out, complaints bytes.Buffer
	if status := run(args, strings.NewReader(""), &out, &complaints, time.Now); status != exitDone {
		t.Fatalf("cairn %s: exit status %d: %s%s", strings.Join(args, " "), status, out.String(), complaints.String())
	}
	return out.String()
}
