//go:build netns

package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/sync/discovery"
)

// Whoever is no member gets nothing, is told why in one sentence, and is noted
// by whom they came to.
func TestStrangersAreTurnedAwayNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	ada := n.founder("Ada")
	used := ada.invite().Link
	bo := n.newcomer("Bo", used)
	ada.make("Ours")
	allAgree(t, 20*time.Second, ada, bo)

	// A device of another team that has the address.
	mallory := n.founder("Mallory")
	mallory.invite() // so that she listens
	at := ada.address + ":5758"
	mallory.run("peer", "add", at)
	until(t, "Mallory is told", 20*time.Second, func() bool {
		return strings.Contains(mallory.must("peer", "list"), at+": The other device has another workspace open. Open the same workspace on both devices.\n")
	})
	ada.notes(t, "a device that is no member was turned away")

	// Invites that let nobody in.
	eun := n.laptop("Eun")
	refused := func(link, want string) {
		t.Helper()
		said, status := eun.tryToJoin(link, joinWithin)
		if status != exitFail || said != "cairn: "+want+"\n" {
			t.Errorf("exit status %d: %q, want %q", status, said, want)
		}
		if _, err := os.Stat(eun.dir); err == nil {
			t.Errorf("a folder is left behind after %q", said)
		}
	}
	refused(used, "This invite has been used already. Ask for a new invite: each lets one device in.")
	ada.notes(t, "This invite has been used already.")
	withdrawn := ada.invite()
	ada.must("invite", "withdraw", withdrawn.ID)
	refused(withdrawn.Link, "This invite was withdrawn. Ask for a new invite.")
	refused(forged(t, used), "There is no such invite in this workspace. Ask for a new invite.")

	short := ada.invite("--expires", "1h").Link
	eun.wrong(2 * time.Hour) // she can tell by herself
	refused(short, "This invite has expired. Ask for a new invite.")
	eun.wrong(0)
	ada.end(os.Interrupt)
	ada.wrong(2 * time.Hour)
	ada.start()
	refused(short, "This invite has expired. Ask for a new invite.")
	ada.notes(t, "This invite has expired.")
	ada.end(os.Interrupt)
	ada.wrong(0)
	ada.start()

	// Somebody who was a member, and may not hear of it before they try.
	n.pull(bo.room, true)
	ada.must("member", "remove", "Bo")
	ada.make("Not for Bo")
	bo.must("project", "create", "Nobody else's")
	n.pull(bo.room, false)
	bo.end(os.Interrupt)
	bo.start()
	until(t, "Bo is told", 20*time.Second, func() bool {
		return strings.Contains(bo.must("peer", "list"), "This device: This device was removed from the workspace. Ask an administrator of the workspace.\n")
	})
	if got := bo.projects(); got["Not for Bo"] > 0 {
		t.Error("Bo gets what was written after he was removed")
	}
	ada.notes(t, mallory.short())
	ada.notes(t, bo.short())
	if got := ada.projects(); got["Nobody else's"] > 0 {
		t.Error("Ada takes what Bo writes who was removed")
	}
	if out, said, status := bo.run("project", "create", "More"); status != exitFail || notOneLine(out, said) != "" {
		t.Errorf("exit status %d: %s%s", status, out, said)
	}
	ada.must("verify", "--deep")
	bo.must("verify", "--deep")
}

// short returns how a log names a device.
func (l *station) short() string {
	l.t.Helper()
	device, err := id.ParseDevice(l.ready.Device)
	if err != nil {
		l.t.Fatal(err)
	}
	return device.Short().String()
}

// notes makes sure that the node has written down a text.
func (l *station) notes(t *testing.T, text string) {
	t.Helper()
	said, err := os.ReadFile(l.noted)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(said), text) {
		t.Errorf("the node of %s has not noted %q", l.person, text)
	}
}

// forged returns a link with a secret that nobody has made.
func forged(t *testing.T, link string) string {
	t.Helper()
	l, err := discovery.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	l.Secret = id.Workspace{1}
	return l.String()
}
