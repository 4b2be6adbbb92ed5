//go:build netns

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/sync/discovery"
)

// station is a person's computer in a room of its own, and the node that runs on
// it.
type station struct {
	*machine
	*room
	person string
	node   *exec.Cmd // nil while none runs
	ended  chan struct{}
	how    error // the node has ended, once ended is closed
	ready  ready
	noted  string   // the file with what the node says on standard error
	made   []string // projects whose making was acknowledged
}

// laptop puts a computer with no workspace yet into a new room.
func (n *ether) laptop(person string) *station {
	n.t.Helper()
	home, r := n.t.TempDir(), n.room(strings.ToLower(person))
	l := &station{
		machine: &machine{t: n.t, dir: filepath.Join(home, "workspace"), home: home, through: []string{"ip", "netns", "exec", r.name}},
		room:    r, person: person, noted: filepath.Join(home, "node.log"),
	}
	n.t.Cleanup(func() {
		if l.node != nil {
			_ = l.node.Process.Kill()
			<-l.ended
		}
		if said, err := os.ReadFile(l.noted); err == nil && (n.t.Failed() || os.Getenv("SHOWLOG") != "") {
			n.t.Logf("the node of %s says:\n%s", person, said)
		}
	})
	return l
}

// founder is a laptop with a new workspace, and a node.
func (n *ether) founder(person string) *station {
	n.t.Helper()
	l := n.laptop(person)
	l.must("init", "--workspace", "Acme", "--person", person, "--device", person+"'s laptop", "--keys", "file")
	l.start()
	return l
}

// newcomer is a laptop that has joined by a link, and a node.
func (n *ether) newcomer(person, link string) *station {
	n.t.Helper()
	l := n.laptop(person)
	l.join(link)
	l.start()
	return l
}

// wrong sets the laptop's clock: by how much it is ahead.
func (l *station) wrong(ahead time.Duration) { l.env = []string{clockVar + "=" + ahead.String()} }

// start runs a node.
func (l *station) start(args ...string) {
	l.t.Helper()
	cmd := l.command(append([]string{"node", "--listen", "127.0.0.1:0", "-v"}, args...)...)
	first, err := l.launch(cmd)
	if err == nil {
		err = json.Unmarshal([]byte(first), &l.ready)
	}
	if err != nil || !l.ready.Ready {
		l.t.Fatalf("the node of %s says %q, %v", l.person, first, err)
	}
}

// launch starts a process that stays, and returns the first line that it says.
func (l *station) launch(cmd *exec.Cmd) (first string, err error) {
	l.t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	noted, err := os.OpenFile(l.noted, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	cmd.Stderr = noted
	if err := errors.Join(cmd.Start(), noted.Close()); err != nil {
		return "", err
	}
	first, err = bufio.NewReader(out).ReadString('\n')
	l.node, l.ended = cmd, make(chan struct{})
	go func() {
		l.how = cmd.Wait()
		close(l.ended)
	}()
	return first, err
}

// end ends the node by signal; one that is interrupted has to end well.
func (l *station) end(s os.Signal) {
	l.t.Helper()
	if err := l.node.Process.Signal(s); err != nil {
		l.t.Fatalf("signal the node of %s: %v", l.person, err)
	}
	<-l.ended
	if l.how != nil && s == os.Interrupt {
		l.t.Errorf("the node of %s ends with %v", l.person, l.how)
	}
	l.node = nil
}

// joinWithin is how long a device may take to get in.
const joinWithin = 40 * time.Second

// join comes into a workspace by a link.
func (l *station) join(link string) {
	l.t.Helper()
	began := time.Now()
	if said, status := l.tryToJoin(link, joinWithin); status != exitDone {
		l.t.Fatalf("%s does not get in within %v: exit status %d: %s", l.person, joinWithin, status, said)
	}
	l.t.Logf("%s is in after %v", l.person, time.Since(began).Round(time.Millisecond))
}

// tryToJoin returns what join complains of, and its exit status. It is
// interrupted when it takes longer.
func (l *station) tryToJoin(link string, within time.Duration) (complaint string, status int) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), within)
	defer cancel()
	cmd := l.command("join", link, "--person", l.person, "--device", l.person+"'s laptop", "--keys", "file")
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Signal(os.Interrupt) })
	defer stop()
	_ = cmd.Wait()
	return errs.String(), cmd.ProcessState.ExitCode()
}

// invite returns a link into the workspace.
func (l *station) invite(args ...string) app.Invited {
	l.t.Helper()
	return answer[app.Invited](l, append([]string{"invite"}, args...)...)
}

// unaddressed returns a link that does not say where its maker is.
func unaddressed(t testing.TB, link string) string {
	t.Helper()
	l, err := discovery.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	l.Addresses, l.Relay = nil, ""
	return l.String()
}

// answer returns what a command prints as JSON.
func answer[T any](l *station, args ...string) T {
	l.t.Helper()
	var out T
	if err := json.Unmarshal([]byte(l.must(append(args, "--json")...)), &out); err != nil {
		l.t.Fatalf("cairn %q prints no JSON: %v", args, err)
	}
	return out
}

func (l *station) status() app.Status { return answer[app.Status](l, "status") }

// peer returns how a laptop stands with another.
func (l *station) peer(other *station) app.Peer {
	l.t.Helper()
	for _, p := range answer[app.Peers](l, "peer", "list").Peers {
		if p.Device.String() == other.ready.Device {
			return p
		}
	}
	return app.Peer{}
}

// make makes projects, which are to be everywhere in the end.
func (l *station) make(names ...string) {
	l.t.Helper()
	for _, name := range names {
		l.must("project", "create", name)
		l.made = append(l.made, name)
	}
}

// until waits for a condition, and returns how long it took.
func until(t testing.TB, what string, within time.Duration, holds func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("it does not come about within %v that %s", within, what)
		case <-ticker.C:
		}
	}
	return time.Since(began)
}

// together waits until two laptops are connected.
func together(t testing.TB, a, b *station, within time.Duration) {
	t.Helper()
	took := until(t, a.person+" and "+b.person+" are connected", within, func() bool {
		return a.peer(b).State == "connected" && b.peer(a).State == "connected"
	})
	t.Logf("%s and %s are connected after %v", a.person, b.person, took.Round(time.Millisecond))
}

// allAgree waits until all laptops hold the same, and then makes sure that it is
// all that was acknowledged on any of them, and stored soundly.
func allAgree(t testing.TB, within time.Duration, all ...*station) {
	t.Helper()
	allAgreeAs(t, within, func(l *station) bool { return len(l.status().Waiting) == 0 }, all...)
	for _, l := range all {
		names := l.projects()
		for _, by := range all {
			for _, name := range by.made {
				if names[name] != 1 {
					t.Errorf("%s has %q, which %s made, %d times", l.person, name, by.person, names[name])
				}
			}
		}
		l.must("verify", "--deep")
	}
}

// allAgreeAs waits until all laptops hold the same and are as they should be.
func allAgreeAs(t testing.TB, within time.Duration, right func(*station) bool, all ...*station) {
	t.Helper()
	var states []string
	took := until(t, "all agree", within, func() bool {
		states = states[:0]
		for _, l := range all {
			s := l.status()
			states = append(states, s.StateHash)
		}
		same := len(slices.Compact(slices.Clone(states))) == 1
		return same && !slices.ContainsFunc(all, func(l *station) bool { return !right(l) })
	})
	t.Logf("all agree after %v", took.Round(time.Millisecond))
}
