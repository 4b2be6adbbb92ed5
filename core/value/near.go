package value

import (
	"maps"
	"slices"
	"strings"
)

// shownNames is how many names a hint lists.
const shownNames = 12

// listNames returns the names for a sentence.
func listNames[T any](names map[string]T) string {
	sorted := sortedKeys(names)
	if len(sorted) > shownNames {
		sorted = append(sorted[:shownNames], "…")
	}
	return strings.Join(sorted, ", ")
}

// nearest returns the name that text most likely is a misspelling of.
func nearest[T any](text string, names map[string]T) (string, bool) {
	best, least := "", 1+min(2, len([]rune(text))/4)
	for _, name := range sortedKeys(names) {
		if strings.EqualFold(name, text) {
			return name, true
		}
		if d := distance([]rune(text), []rune(name), least); d < least {
			best, least = name, d
		}
	}
	return best, best != ""
}

// distance returns how many letters must be changed, added, dropped or swapped
// to make b of a, or limit if it is not less.
func distance(a, b []rune, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	var before, last []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			same := 1
			if a[i] == b[j] {
				same = 0
			}
			row[j+1] = min(last[j]+same, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return min(row[len(b)], limit)
}

// sortedKeys returns the keys of m in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
