// Package simnet is a network, disks and clocks for tests, all driven by one
// seed and by no real time: what a test saw once, it sees again with the same
// seed. Cables lose, repeat, delay and reorder frames, and can be cut; a disk
// that crashes loses what was not synced; clocks jump.
//
// A World and all that belongs to it are for one goroutine.
package simnet

import (
	"container/heap"
	"math/rand/v2"
	"time"
)

// World is a sequence of events in time of its own.
type World struct {
	Rand   *rand.Rand
	now    time.Time
	events events
	count  uint64
}

// start is when every World begins: a day in 2026, so that stamps look real.
var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// New returns a World whose chances are those of seed.
func New(seed uint64) *World {
	return &World{Rand: rand.New(rand.NewPCG(seed, 0)), now: start}
}

// Now returns the time. It never goes back.
func (w *World) Now() time.Time { return w.now }

// After plays fn when d has passed. Of events at the same time the one that
// was planned first comes first.
func (w *World) After(d time.Duration, fn func()) {
	w.count++
	heap.Push(&w.events, event{at: w.now.Add(max(d, 0)), count: w.count, play: fn})
}

// Run plays what happens in the next d.
func (w *World) Run(d time.Duration) {
	until := w.now.Add(d)
	for len(w.events) > 0 && !w.events[0].at.After(until) {
		e, _ := heap.Pop(&w.events).(event)
		w.now = e.at
		e.play()
	}
	w.now = until
}

// Chance reports true with probability p.
func (w *World) Chance(p float64) bool { return p > 0 && w.Rand.Float64() < p }

// Between returns a duration from a to b, each alike.
func (w *World) Between(a, b time.Duration) time.Duration {
	if b <= a {
		return a
	}
	return a + time.Duration(w.Rand.Int64N(int64(b-a)))
}

type event struct {
	at    time.Time
	count uint64
	play  func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	if !e[i].at.Equal(e[j].at) {
		return e[i].at.Before(e[j].at)
	}
	return e[i].count < e[j].count
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any) {
	v, _ := x.(event)
	*e = append(*e, v)
}

func (e *events) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	(*e)[last] = event{}
	*e = (*e)[:last]
	return x
}
