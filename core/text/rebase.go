package text

// Rebase returns what a text says after two people have changed base apart, one
// to mine and one to theirs, for forms that know only what stood there before
// and after: what either deleted is gone, what either inserted is there. Where
// both inserted at one place, theirs comes first; the same change made by both
// is made once.
func Rebase(base, mine, theirs string) string {
	switch {
	case base == theirs, mine == theirs:
		return mine
	case base == mine:
		return theirs
	}
	b, m, t := []rune(base), []rune(mine), []rune(theirs)
	ours, others := settled(b, m), settled(b, t)
	var out []rune
	at := 0 // in base: what comes before is in out or deleted
	keep := func(until int) {
		if until > at {
			out = append(out, b[at:until]...)
			at = until
		}
	}
	for len(ours)+len(others) > 0 {
		var c change
		var in []rune
		if len(ours) == 0 || len(others) > 0 && others[0].from <= ours[0].from {
			c, in, others = others[0], t, others[1:]
			if len(ours) > 0 && same(c, t, ours[0], m) {
				ours = ours[1:]
			}
		} else {
			c, in, ours = ours[0], m, ours[1:]
		}
		keep(c.from)
		out = append(out, in[c.newFrom:c.newTo]...)
		at = max(at, c.to)
	}
	keep(len(b))
	return string(out)
}

// settled returns the changes that make a into b, each insertion and deletion at
// the first word at which it could as well have been made: of "w2." before "w1."
// the w is as good the old one as the new. So two people's words at one place
// come one after the other, and not into each other.
func settled(a, b []rune) []change {
	changes := diff(a, b, 0)
	least := 0
	for i, c := range changes {
		best := c
		for c.from > least && (c.from == c.to && a[c.from-1] == b[c.newTo-1] || c.newFrom == c.newTo && a[c.from-1] == a[c.to-1]) {
			c = change{c.from - 1, c.to - 1, c.newFrom - 1, c.newTo - 1}
			if c.from == 0 || !inWord(a[c.from-1]) || best.from > 0 && inWord(a[best.from-1]) {
				best = c
			}
		}
		changes[i], least = best, best.to
	}
	return changes
}

// same reports whether two changes of one text delete and insert the same.
func same(c change, in []rune, d change, other []rune) bool {
	return c.from == d.from && c.to == d.to && string(in[c.newFrom:c.newTo]) == string(other[d.newFrom:d.newTo])
}

// Carry returns where a cursor before the rune numbered pos of old stands once
// old has become new: before the same rune, or where that was.
func Carry(old, new string, pos int) int {
	moved := pos
	for _, c := range diff([]rune(old), []rune(new), 0) {
		if c.from >= pos {
			break
		}
		if c.to >= pos {
			return c.newTo
		}
		moved += (c.newTo - c.newFrom) - (c.to - c.from)
	}
	return moved
}
