package text

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	// diffWords and diffLines bound the changes that Diff looks for, whose
	// square it may spend. What differs more is replaced as a whole.
	diffWords = 256
	diffLines = 1024

	// diffGap is the number of runes between two changes that are not worth
	// two operations.
	diffGap = 2
)

// Edit replaces Deleted runes at Pos by Inserted. Positions count runes of the
// text as the edits before it have left it.
type Edit struct {
	Pos, Deleted int
	Inserted     string
}

// Diff returns edits that make old into new, for a form that only knows both:
// lines and words that stay are not touched, so that what others type into
// them at the same time keeps its place. No edit inserts more than MaxInsert. Bytes that
// are not UTF-8 count as U+FFFD.
func Diff(old, new string) []Edit {
	a, b := []rune(old), []rune(new)
	var edits []Edit
	shift := 0
	for _, c := range diff(a, b, diffGap) {
		e := Edit{c.from + shift, c.to - c.from, string(b[c.newFrom:c.newTo])}
		shift += c.newTo - c.newFrom - e.Deleted
		for len(e.Inserted) > MaxInsert {
			cut := MaxInsert
			for !utf8.RuneStart(e.Inserted[cut]) {
				cut--
			}
			head, rest := e.Inserted[:cut], e.Inserted[cut:]
			edits = append(edits, Edit{e.Pos, e.Deleted, head})
			e = Edit{e.Pos + utf8.RuneCountInString(head), 0, rest}
		}
		edits = append(edits, e)
	}
	return edits
}

// change says that old[from:to] became new[newFrom:newTo].
type change struct{ from, to, newFrom, newTo int }

// trimmed returns c without what its ends have in common.
func (c change) trimmed(a, b []rune) change {
	for c.from < c.to && c.newFrom < c.newTo && a[c.from] == b[c.newFrom] {
		c.from++
		c.newFrom++
	}
	for c.from < c.to && c.newFrom < c.newTo && a[c.to-1] == b[c.newTo-1] {
		c.to--
		c.newTo--
	}
	return c
}

// diff compares words, or, where too many differ, first lines and then the
// words of those that differ. Changes that are no more than gap apart are one.
func diff(a, b []rune, gap int) []change {
	whole := change{0, len(a), 0, len(b)}.trimmed(a, b).wordsWhole(a)
	found, ok := compare(a, b, whole, wordLen, diffWords)
	if !ok {
		rows, _ := compare(a, b, whole.linesWhole(a), lineLen, diffLines)
		found = nil
		for _, row := range rows {
			words, _ := compare(a, b, row, wordLen, diffWords)
			found = append(found, words...)
		}
	}
	var changes []change
	for _, c := range found {
		c = c.trimmed(a, b)
		if k := len(changes) - 1; k >= 0 && c.from-changes[k].to <= gap {
			changes[k].to, changes[k].newTo = c.to, c.newTo
		} else if c.from < c.to || c.newFrom < c.newTo {
			changes = append(changes, c)
		}
	}
	return changes
}

// wordsWhole returns c, which is trimmed, grown to the words that it cuts.
func (c change) wordsWhole(a []rune) change {
	for c.from > 0 && inWord(a[c.from-1]) {
		c.from--
		c.newFrom--
	}
	for c.to < len(a) && inWord(a[c.to]) {
		c.to++
		c.newTo++
	}
	return c
}

// linesWhole returns c grown to the lines that it cuts, or touches at its end.
func (c change) linesWhole(a []rune) change {
	for c.from > 0 && a[c.from-1] != '\n' {
		c.from--
		c.newFrom--
	}
	for c.to < len(a) {
		c.to++
		c.newTo++
		if a[c.to-1] == '\n' {
			break
		}
	}
	return c
}

// compare returns the tokens that changed within c. It reports false, and c
// itself, when more than limit did.
func compare(a, b []rune, c change, tokenLen func([]rune) int, limit int) ([]change, bool) {
	tokens, starts := split(a[c.from:c.to], tokenLen)
	newTokens, newStarts := split(b[c.newFrom:c.newTo], tokenLen)
	found, ok := shortest(tokens, newTokens, limit)
	if !ok {
		return []change{c}, false
	}
	for i, f := range found {
		found[i] = change{
			c.from + starts[f.from], c.from + starts[f.to],
			c.newFrom + newStarts[f.newFrom], c.newFrom + newStarts[f.newTo],
		}
	}
	return found, true
}

// split returns the tokens of runes and where they start; the last start is
// the end of the runes.
func split(runes []rune, tokenLen func([]rune) int) (tokens []string, starts []int) {
	starts = append(starts, 0)
	for len(runes) > 0 {
		n := tokenLen(runes)
		tokens = append(tokens, string(runes[:n]))
		starts = append(starts, starts[len(starts)-1]+n)
		runes = runes[n:]
	}
	return tokens, starts
}

// lineLen returns the length of the first line, its end included.
func lineLen(runes []rune) int {
	if n := slices.Index(runes, '\n'); n >= 0 {
		return n + 1
	}
	return len(runes)
}

// wordLen returns the length of the first word, 1 for what is none.
func wordLen(runes []rune) int {
	n := 0
	for n < len(runes) && inWord(runes[n]) {
		n++
	}
	return max(n, 1)
}

// inWord reports whether r belongs to words that are written as one. East Asian
// scripts, from the radicals on, do not separate words: each rune stands alone.
func inWord(r rune) bool {
	return r < '\u2E80' && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// shortest returns the fewest changes that make a into b, by the greedy
// algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations"
// (1986). It reports false when more than limit elements come or go.
func shortest[T comparable](a, b []T, limit int) ([]change, bool) {
	// reach[k+origin] is how far a path on the diagonal k has come in a;
	// rounds holds the reach of every number of edits so far.
	origin := limit + 1
	reach := make([]int, 2*origin+1)
	var rounds [][]int
	for d := 0; d <= limit; d++ {
		rounds = append(rounds, slices.Clone(reach[origin-d:origin+d+1]))
		for k := -d; k <= d; k += 2 {
			x := reach[origin+k-1] + 1
			if k == -d || k != d && reach[origin+k-1] < reach[origin+k+1] {
				x = reach[origin+k+1]
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x++
				y++
			}
			reach[origin+k] = x
			if x == len(a) && y == len(b) {
				return retrace(rounds, x, y), true
			}
		}
	}
	return nil, false
}

// retrace walks from the end of a path to its start and returns its changes.
func retrace(rounds [][]int, x, y int) []change {
	var changes []change
	for d := len(rounds) - 1; d > 0; d-- {
		reach, k := rounds[d], x-y
		var c change
		if k == -d || k != d && reach[d+k-1] < reach[d+k+1] {
			at := reach[d+k+1] // down: an element of b comes
			c = change{at, at, at - k - 1, at - k}
		} else {
			at := reach[d+k-1] // right: an element of a goes
			c = change{at, at + 1, at - k + 1, at - k + 1}
		}
		x, y = c.from, c.newFrom
		if n := len(changes) - 1; n >= 0 && changes[n].from == c.to && changes[n].newFrom == c.newTo {
			changes[n].from, changes[n].newFrom = c.from, c.newFrom
			continue
		}
		changes = append(changes, c)
	}
	slices.Reverse(changes)
	return changes
}
