package doc

import (
	"cmp"

	"cairn/core/clock"
	"cairn/core/id"
)

// Version is where a value comes from. Versions are totally ordered, and no
// two operations share one.
type Version struct {
	At clock.Stamp
	By id.Op
}

// Compare orders versions by stamp, then log, then sequence: the rule by which
// the last writer wins.
func (v Version) Compare(o Version) int {
	return cmp.Or(cmp.Compare(v.At, o.At), v.By.Compare(o.By))
}

// Versioned is a value and where it comes from.
type Versioned struct {
	Value Value
	Version
}
