package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// typist types word into replica r at pos of the text, rune by rune.
type typist func(t fataler, net *network, r, pos int, word string)

func forwards(t fataler, net *network, r, pos int, word string) {
	for _, c := range word {
		net.insert(t, r, pos, string(c))
		pos++
	}
}

func backwards(t fataler, net *network, r, pos int, word string) {
	for word != "" {
		c, w := utf8.DecodeLastRuneInString(word)
		net.insert(t, r, pos, string(c))
		word = word[:len(word)-w]
	}
}

// hesitant makes a slip after every rune and corrects it.
func hesitant(t fataler, net *network, r, pos int, word string) {
	for _, c := range word {
		net.insert(t, r, pos, string(c)+"?")
		net.delete(t, r, pos+1, 1)
		pos++
	}
}

func TestConcurrentRunsDoNotInterleave(t *testing.T) {
	typists := map[string]typist{"forwards": forwards, "backwards": backwards, "hesitant": hesitant}
	for nameA, typeA := range typists {
		for nameB, typeB := range typists {
			t.Run(nameA+" and "+nameB, func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) {
					net := newNetwork(3)
					base := rapid.StringMatching(`[.]{0,4}`).Draw(t, "base")
					if base != "" {
						net.insert(t, 2, 0, base)
					}
					drop := rapid.IntRange(0, len(base)).Draw(t, "drop")
					net.delete(t, 2, len(base)-drop, drop)
					net.settle(t, func(int) int { return 0 })

					pos := rapid.IntRange(0, len(base)-drop).Draw(t, "pos")
					a := rapid.StringMatching(`[a-f]{1,6}`).Draw(t, "a")
					b := rapid.StringMatching(`[u-z]{1,6}`).Draw(t, "b")
					typeA(t, net, 0, pos, a)
					typeB(t, net, 1, pos, b)
					net.settle(t, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "next") })

					for _, rep := range net.replicas {
						got := rep.text.String()
						if !strings.Contains(got, a+b) && !strings.Contains(got, b+a) {
							t.Fatalf("%q at once with %q gives %q", a, b, got)
						}
					}
				})
			})
		}
	}
}
