package index

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldTakesOutCaseAndNothingElse(t *testing.T) {
	// Letters with several cases, of several lengths in UTF-8, or with neighbours in other scripts.
	letters := rapid.StringOf(rapid.SampledFrom([]rune("aAkK\u212asSſσςΣiIıİßẞÅå\u212bȺⱥ길漢ア 1")))
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.OneOf(letters, rapid.String()).Draw(t, "a")
		b := rapid.OneOf(letters, rapid.Just(strings.ToUpper(a)), rapid.Just(strings.ToLower(a))).Draw(t, "b")
		if got, want := fold(a) == fold(b), strings.EqualFold(a, b); got != want {
			t.Fatalf("fold(%q) = %q, fold(%q) = %q, EqualFold = %v", a, fold(a), b, fold(b), want)
		}
		if once := fold(a); fold(once) != once {
			t.Fatalf("fold(%q) = %q, folded again %q", a, once, fold(once))
		}
	})
}
