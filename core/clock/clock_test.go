package clock_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/core/clock"
)

func TestNextIsLaterThanAllBefore(t *testing.T) {
	base := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		var c clock.Clock
		var last clock.Stamp
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			now := base.Add(time.Duration(rapid.IntRange(-5000, 5000).Draw(t, "ms")) * time.Millisecond)
			if rapid.Bool().Draw(t, "observe") {
				s := clock.StampOf(now) + clock.Stamp(rapid.IntRange(0, 9).Draw(t, "count"))
				c.Observe(s)
				last = max(last, s)
				continue
			}
			s := c.Next(now)
			if s <= last {
				t.Fatalf("Next(%v) = %d after %d", now, s, last)
			}
			if s < clock.StampOf(now) {
				t.Fatalf("Next(%v) = %v, before now", now, s.Time())
			}
			last = s
		}
	})
}

func TestAheadOf(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		at   time.Duration
		want bool
	}{
		"past":        {-24 * time.Hour, false},
		"now":         {0, false},
		"at the gate": {clock.MaxAhead, false},
		"beyond":      {clock.MaxAhead + time.Millisecond, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clock.StampOf(now.Add(c.at)).AheadOf(now); got != c.want {
				t.Errorf("stamp %v from now: AheadOf = %v, want %v", c.at, got, c.want)
			}
		})
	}
}
