package conflicts

import (
	"slices"
	"strings"
	"unicode"
)

// Run is a piece of a value; Own says that the others do not have it.
type Run struct {
	Text string
	Own  bool
}

// compareMost is how many words two texts may have together to be compared: the
// time it takes grows with their product.
const compareMost = 1200

// compared returns a text in pieces, marked where none of the others has the same.
// Texts that are too long for that, or have nothing in common, are one piece.
func compared(text string, others []string) []Run {
	parts := pieces(text)
	shared := make([]bool, len(parts))
	any := false
	for _, other := range others {
		their := pieces(other)
		if len(parts)+len(their) > compareMost {
			return []Run{{Text: text}}
		}
		for _, pair := range common(parts, their) {
			shared[pair[0]] = true
			any = any || strings.TrimSpace(parts[pair[0]]) != ""
		}
	}
	if !any {
		return []Run{{Text: text}}
	}
	var out []Run
	for i, part := range parts {
		own := !shared[i]
		if n := len(out); n > 0 && out[n-1].Own == own {
			out[n-1].Text += part
			continue
		}
		out = append(out, Run{part, own})
	}
	return out
}

// pieces splits text into words, each with the white space behind it.
func pieces(text string) []string {
	var out []string
	begin, gap := 0, false
	for i, r := range text {
		space := unicode.IsSpace(r)
		if gap && !space {
			out = append(out, text[begin:i])
			begin = i
		}
		gap = space
	}
	if begin < len(text) {
		out = append(out, text[begin:])
	}
	return out
}

// common returns the longest sequence that both have, as pairs of places: what a
// table of the lengths for every pair of ends leads to.
func common(a, b []string) [][2]int {
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	same := func(i, j int) bool { return strings.TrimSpace(a[i]) == strings.TrimSpace(b[j]) }
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			long[i][j] = max(long[i+1][j], long[i][j+1])
			if same(i, j) {
				long[i][j] = long[i+1][j+1] + 1
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case same(i, j):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// both returns texts as one to go on from: what they have in common once, and
// elsewhere the lines of each.
func both(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	out := strings.Split(texts[0], "\n")
	for _, text := range texts[1:] {
		out = joined(out, strings.Split(text, "\n"))
	}
	return strings.Join(out, "\n")
}

func joined(a, b []string) []string {
	if len(a)+len(b) > compareMost {
		return append(append(slices.Clip(a), ""), b...)
	}
	var out []string
	i, j := 0, 0
	for _, pair := range append(common(a, b), [2]int{len(a), len(b)}) {
		out = append(append(out, a[i:pair[0]]...), b[j:pair[1]]...)
		if pair[0] < len(a) {
			out = append(out, a[pair[0]])
		}
		i, j = pair[0]+1, pair[1]+1
	}
	return out
}
