package simnet

import "time"

// Clock is a wall clock that may be wrong.
type Clock struct {
	w     *World
	ahead time.Duration
}

// Clock returns a clock that is right.
func (w *World) Clock() *Clock { return &Clock{w: w} }

// Now returns what the clock says.
func (c *Clock) Now() time.Time { return c.w.now.Add(c.ahead) }

// Jump sets the clock forward, or back.
func (c *Clock) Jump(by time.Duration) { c.ahead += by }

// Right sets the clock right.
func (c *Clock) Right() { c.ahead = 0 }
