package text

import (
	"slices"
)

// Edit replaces Deleted runes at Pos by Inserted. Positions count runes of the
// text as the edits before it have left it.
type Edit struct {
	Pos, Deleted int
	Inserted     string
}

// Diff returns the edits that make the old text the new one.
func Diff(old, new string) []Edit {
	a, b := []rune(old), []rune(new)
	if slices.Equal(a, b) {
		return nil
	}
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	a, b = a[start:], b[start:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return []Edit{{start, len(a), string(b)}}
}
