package demo

import (
	"math/rand/v2"
	"sync"
	"time"
)

// workdays returns the last n days before now on which people work, the earliest
// first, each at midnight in the zone of now.
func workdays(now time.Time, n int) []time.Time {
	days := make([]time.Time, n)
	year, month, date := now.Date()
	for back := 0; n > 0; {
		back++
		day := time.Date(year, month, date-back, 0, 0, 0, 0, now.Location())
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		n--
		days[n] = day
	}
	return days
}

// pace is the time in which the script passes.
type pace struct {
	days []time.Time
	now  time.Time
	lots *rand.Rand
}

// The least and the most that pass from one thing that somebody does to the next.
const (
	shortest = 20 * time.Second
	longest  = 100 * time.Second
)

// at goes to an hour of a day, counting days from 0.
func (p *pace) at(day, hour, minute int) {
	year, month, date := p.days[day].Date()
	p.now = time.Date(year, month, date, hour, minute, 0, 0, p.days[day].Location())
}

// next lets some time pass and returns when it is then.
func (p *pace) next() time.Time {
	p.now = p.now.Add(shortest + time.Duration(p.lots.Int64N(int64(longest-shortest))))
	return p.now
}

// clock is what the devices of the team read, and the script sets. It is safe
// for concurrent use.
type clock struct {
	mu  sync.Mutex
	now time.Time // guarded by mu
}

func (c *clock) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Now returns the time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}
