//go:build netns

package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// A laptop whose clock is a day ahead, and one whose clock is a day back, harm
// nobody: what comes too early waits, people are told, and in the end all agree.
func TestWrongClocksHoldUpAndLoseNothingNetns(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	n := newEther(t, 1)
	ada := n.founder("Ada")
	bo := n.newcomer("Bo", ada.invite().Link)
	eun := n.newcomer("Eun", ada.invite().Link)
	all := []*station{ada, bo, eun}
	together(t, bo, eun, 30*time.Second)
	allAgree(t, 20*time.Second, all...)
	restart := func(l *station, ahead time.Duration) {
		l.end(os.Interrupt)
		l.wrong(ahead)
		l.start()
	}
	restart(bo, day)
	restart(eun, -day)
	for _, pair := range [][2]*station{{ada, bo}, {ada, eun}, {bo, eun}} {
		together(t, pair[0], pair[1], 30*time.Second)
	}
	ada.make("Ada's")
	bo.make("Bo's of tomorrow")
	eun.make("Eun's of yesterday")

	until(t, "what comes too early waits", 10*time.Second, func() bool {
		return waitsFor(ada, "Bo") && waitsFor(eun, "Ada") && waitsFor(eun, "Bo") && ada.projects()["Eun's of yesterday"] == 1
	})
	if waitsFor(bo, "Ada") || waitsFor(bo, "Eun") || ada.projects()["Bo's of tomorrow"] > 0 || eun.projects()["Ada's"] > 0 {
		t.Error("what came in time waits, or what came too early does not")
	}
	for _, c := range []struct {
		at   *station
		want string
	}{
		{ada, "Bo: The clock of Bo's laptop is 24 hours ahead of this one. Set the time on one of the two: changes carry it."},
		{ada, "Eun: The clock of Eun's laptop is 24 hours behind this one. Set the time on one of the two: changes carry it."},
		{eun, "Bo: The clock of Bo's laptop is 2 days ahead of this one. Set the time on one of the two: changes carry it."},
	} {
		for _, command := range [][]string{{"peer", "list"}, {"status"}} {
			if got := c.at.must(command...); !strings.Contains(got, c.want) {
				t.Errorf("cairn %s of %s does not say %q:\n%s", strings.Join(command, " "), c.at.person, c.want, got)
			}
		}
	}

	// Eun's clock is right again: there, what others wrote in time waits no more.
	restart(eun, 0)
	until(t, "Eun waits for nobody but Bo", 10*time.Second, func() bool { return !waitsFor(eun, "Ada") && eun.projects()["Ada's"] == 1 })
	allAgreeAs(t, 10*time.Second, func(l *station) bool { return waitsFor(l, "Bo") }, ada, eun)

	// So is Bo's, and the day has come of which the changes are dated.
	for _, l := range all {
		restart(l, day+time.Minute)
	}
	bo.make("Bo's of today")
	allAgree(t, 30*time.Second, all...)
}

// waitsFor reports whether changes by somebody wait because they are dated in
// the future.
func waitsFor(l *station, person string) bool {
	for _, w := range l.status().Waiting {
		if w.Person == person && w.Reason == "future" {
			return true
		}
	}
	return false
}
