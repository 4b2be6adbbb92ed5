package kit

import (
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"cairn/ui/observe"
)

// Render calls draw with the current value of v on the UI goroutine, now and
// after every change until stop is called. Changes that come while a draw is
// queued are folded into it: it is the one way from a presenter to the screen.
// Call it, and stop, on the UI goroutine.
func Render[T any](v *observe.Value[T], draw func(T)) (stop func()) {
	var queued, stopped atomic.Bool
	unwatch := v.Watch(func() {
		if !queued.CompareAndSwap(false, true) {
			return
		}
		fyne.Do(func() {
			queued.Store(false)
			if !stopped.Load() {
				draw(v.Get())
			}
		})
	})
	draw(v.Get())
	return func() { stopped.Store(true); unwatch() }
}

// A Crew runs what screens start in the background, and waits for it at the
// end. The zero Crew is ready.
type Crew struct {
	// Postponed has nothing run before Wait, which then does it on its own
	// goroutine: for pictures and tests, in which no two things happen at once.
	Postponed bool

	running sync.WaitGroup
	busy    atomic.Int32
	mu      sync.Mutex
	waiting []func() // when postponed
}

// Go runs fn beside the UI goroutine. What fn publishes through a presenter
// finds its own way to the screen.
func (c *Crew) Go(fn func()) {
	c.busy.Add(1)
	if c.Postponed {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.waiting = append(c.waiting, fn)
		return
	}
	c.running.Go(func() {
		defer c.busy.Add(-1)
		fn()
	})
}

// Then runs fn beside the UI goroutine, and after it done on it.
func (c *Crew) Then(fn, done func()) {
	c.Go(func() {
		fn()
		fyne.Do(done)
	})
}

// Wait returns when everything that was started has ended.
func (c *Crew) Wait() {
	c.running.Wait()
	for fn := c.next(); fn != nil; fn = c.next() {
		fn()
		c.busy.Add(-1)
	}
}

// next returns what was postponed first, nil when nothing is left.
func (c *Crew) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 {
		return nil
	}
	fn := c.waiting[0]
	c.waiting = c.waiting[1:]
	return fn
}

// Idle reports whether nothing runs.
func (c *Crew) Idle() bool { return c.busy.Load() == 0 }
