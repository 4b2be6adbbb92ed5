package team_test

import (
	"testing"

	"cairn/ui/team"
)

func laptops(all ...team.Laptop) team.Now {
	return team.Now{Members: []team.Member{
		{ID: "p1", Name: "Ada", You: true, Laptops: []team.Laptop{{Device: "l1", Name: "Ada’s laptop", This: true}}},
		{ID: "p2", Name: "Bo Lindqvist", Laptops: all},
	}}
}

func level(name string) team.Laptop {
	return team.Laptop{Device: name, Name: name, State: team.Connected, Known: true}
}

func with(l team.Laptop, change func(*team.Laptop)) team.Laptop {
	change(&l)
	return l
}

func TestTheTruthClaimsNothingThatIsNotKnown(t *testing.T) {
	away := team.Laptop{Device: "x", Name: "x"}
	behind := with(level("thinkpad"), func(l *team.Laptop) { l.Behind, l.BehindBytes = 1204, 310_000 })
	same := with(level("server"), func(l *team.Laptop) { l.Behind = 900 })
	ahead := with(level("thinkpad"), func(l *team.Laptop) { l.Ahead = 1 })
	unsure := with(level("thinkpad"), func(l *team.Laptop) { l.Known = false })
	looking := with(level("x"), func(l *team.Laptop) { l.State = team.Connecting })
	gone := with(level("x"), func(l *team.Laptop) { l.State, l.Behind = team.Removed, 7 })
	stale := with(level("x"), func(l *team.Laptop) { l.State = team.Away }) // had everything when it was last heard of
	for _, tt := range []struct {
		name     string
		now      team.Now
		tone     team.Tone
		sentence string
	}{
		{"nobody else", laptops(), team.Alone, "Only this laptop so far"},
		{"only one that is removed", laptops(gone), team.Alone, "Only this laptop so far"},
		{"all the same", laptops(level("a"), level("b"), gone), team.Level, "Everyone is up to date"},
		{"one has not said what it has", laptops(level("a"), unsure), team.Moving, "Comparing with Bo’s thinkpad…"},
		{"two have not", laptops(unsure, unsure), team.Moving, "Comparing with 2 laptops…"},
		{"the same when it left", laptops(level("a"), stale), team.Calm, "1 laptop away; its changes arrive when it is back"},
		{"two away", laptops(away, level("a"), away), team.Calm, "2 laptops away; their changes arrive when they are back"},
		{"all away", laptops(away, away), team.Calm, "2 laptops away; their changes arrive when they are back"},
		{"looked for", laptops(looking), team.Moving, "Looking for 1 laptop…"},
		{"one there, one looked for", laptops(level("a"), looking), team.Calm, "Looking for 1 laptop…"},
		{"receiving", laptops(level("a"), behind, away), team.Moving, "Receiving 1,204 changes from Bo’s thinkpad (about 310 kB)…"},
		{"from two the same changes", laptops(same, behind), team.Moving, "Receiving 1,204 changes from 2 laptops (about 310 kB)…"},
		{"of a size that is not known", laptops(same), team.Moving, "Receiving 900 changes from Bo’s server…"},
		{"sending", laptops(ahead), team.Moving, "Sending 1 change to Bo’s thinkpad…"},
		{"sending to several", laptops(ahead, ahead), team.Moving, "Sending 1 change to 2 laptops…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.now.Truth()
			if got.Tone != tt.tone || got.Sentence != tt.sentence {
				t.Errorf("%d %q, want %d %q", got.Tone, got.Sentence, tt.tone, tt.sentence)
			}
		})
	}
}

func TestOfflineIsNotAwayAndNoAlarm(t *testing.T) {
	now := laptops(team.Laptop{Device: "x"})
	now.Offline = true
	if got := now.Truth(); got.Tone != team.Offline || got.Sentence != "Offline; everything is saved here" {
		t.Errorf("%d %q", got.Tone, got.Sentence)
	}
	now = laptops(level("x")) // over a cable that the system does not call a network
	now.Offline = true
	if got := now.Truth(); got.Tone != team.Level {
		t.Errorf("somebody is connected, and the truth is %q", got.Sentence)
	}
}

func TestALaptopThatBearsItsOwnersNameIsCalledByIt(t *testing.T) {
	now := laptops(with(level("Bo’s laptop"), func(l *team.Laptop) { l.Ahead = 1204 }))
	if got, want := now.Truth().Sentence, "Sending 1,204 changes to Bo’s laptop…"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
