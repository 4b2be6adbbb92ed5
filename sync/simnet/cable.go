package simnet

import "time"

// Faults is what goes wrong on a cable, and how fast it is.
type Faults struct {
	Loss, Repeat float64       // probability for each frame
	Delay        time.Duration // of every frame
	Jitter       time.Duration // at most so much on top; frames overtake each other within it
	Ordered      bool          // they do not: a frame waits for those before it
	Rate         int           // bytes per second, 0 for any number
}

// Cable carries frames in one direction.
type Cable struct {
	w       *World
	faults  Faults
	deliver func(frame []byte)
	free    time.Time // when the last frame will have left
	last    time.Time // when the last frame arrives, if Ordered
	cut     bool
	closed  bool
}

// Cable returns a cable that hands frames to deliver.
func (w *World) Cable(f Faults, deliver func(frame []byte)) *Cable {
	return &Cable{w: w, faults: f, deliver: deliver, free: w.now}
}

// Send sends a frame, which then belongs to the cable.
func (c *Cable) Send(frame []byte) {
	if c.free.Before(c.w.now) {
		c.free = c.w.now
	}
	if c.faults.Rate > 0 {
		c.free = c.free.Add(time.Duration(len(frame)) * time.Second / time.Duration(c.faults.Rate))
	}
	if c.cut || c.closed || c.w.Chance(c.faults.Loss) {
		return
	}
	c.carry(frame)
	if c.w.Chance(c.faults.Repeat) {
		c.carry(append([]byte(nil), frame...))
	}
}

func (c *Cable) carry(frame []byte) {
	at := c.free.Add(c.faults.Delay + c.w.Between(0, c.faults.Jitter))
	if c.faults.Ordered {
		if at.Before(c.last) {
			at = c.last
		}
		c.last = at
	}
	c.w.After(at.Sub(c.w.now), func() {
		if !c.closed {
			c.deliver(frame)
		}
	})
}

// Busy returns how long it takes until all that was sent has left.
func (c *Cable) Busy() time.Duration { return max(0, c.free.Sub(c.w.now)) }

// Cut loses all that is sent until it is cut no more. What is on its way
// arrives.
func (c *Cable) Cut(cut bool) { c.cut = cut }

// Set changes what goes wrong from now on.
func (c *Cable) Set(f Faults) { c.faults = f }

// Close loses what is on its way too, for good.
func (c *Cable) Close() { c.closed = true }
