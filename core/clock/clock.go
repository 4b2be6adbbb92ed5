// Package clock orders events of devices that share no clock: a hybrid
// logical clock that follows wall time and never contradicts causality. It
// reads no time itself; every call is told what time it is.
//
// The scheme is Kulkarni et al., "Logical Physical Clocks" (2014), packed into
// 64 bits.
package clock

import "time"

// counterBits is the width of the logical counter below the milliseconds.
const counterBits = 16

// MaxAhead is how far in the future a stamp may lie and still be applied.
// Sixty seconds absorb network time settling and a laptop waking up; a clock
// further off would win every last-writer rule for as long as it is wrong.
const MaxAhead = 60 * time.Second

// Stamp is a point in hybrid time: 48 bits of Unix milliseconds above a
// 16-bit counter. Stamps compare as integers.
type Stamp uint64

// StampOf returns the first stamp of t's millisecond. Times before 1970 give 0.
func StampOf(t time.Time) Stamp {
	return Stamp(max(t.UnixMilli(), 0)) << counterBits
}

// Time returns the wall part of s, to the millisecond, in UTC.
func (s Stamp) Time() time.Time {
	return time.UnixMilli(int64(s >> counterBits)).UTC()
}

// AheadOf reports whether s lies too far after now to be applied yet.
func (s Stamp) AheadOf(now time.Time) bool {
	return s > StampOf(now.Add(MaxAhead))
}

// Clock gives out stamps. The zero Clock is ready. It is not safe for
// concurrent use.
type Clock struct{ last Stamp }

// At returns a Clock that continues after last.
func At(last Stamp) Clock { return Clock{last} }

// Last returns the latest stamp given out or observed.
func (c *Clock) Last() Stamp { return c.last }

// Next returns a stamp later than every stamp given out or observed, and not
// before now. A wall clock that steps back only makes the counter work.
func (c *Clock) Next(now time.Time) Stamp {
	c.last = max(c.last+1, StampOf(now))
	return c.last
}

// Observe folds in the stamp of a change that has been applied. The caller
// has checked AheadOf first: a stamp from the future must not be observed.
func (c *Clock) Observe(s Stamp) { c.last = max(c.last, s) }
