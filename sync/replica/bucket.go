package replica

import "time"

// What a peer may send that is of no use: batches that are known, not asked
// for, or out of place, and messages as such.
const (
	// excessMost is how many bytes at once. It is what several peers that send
	// the same send at most before they hear of each other.
	excessMost = 16 << 20
	// excessRate is how many more of them a second.
	excessRate = 4 << 20
	// messageCost is what a message counts that carries no batches: some
	// sixteen thousand a second are let pass, far more than a correct peer has
	// a reason for.
	messageCost = 256
)

// bucket lets only so much pass.
type bucket struct {
	left float64
	at   time.Time
}

func full(now time.Time) bucket { return bucket{left: excessMost, at: now} }

// spend takes cost bytes out, and reports whether there were as many.
func (b *bucket) spend(cost int, now time.Time) bool {
	// A clock that is set back fills nothing.
	b.left = min(excessMost, b.left+max(0, now.Sub(b.at).Seconds())*excessRate)
	b.at = now
	b.left -= float64(cost)
	return b.left >= 0
}
