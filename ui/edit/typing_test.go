package edit_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestNoWordIsLost has two people type into one field in any order of keys,
// saves, arrivals and draws. Every word of both is there once in the end.
func TestNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		e, s, _, _ := begun(t)
		s.docs[0].Fields["notes"] = ""
		e.Load(t.Context())
		entry, typed := "", 0 // what the person sees, which lags behind what is known
		put := func(text string) string {
			at := rapid.IntRange(0, strings.Count(text, ".")).Draw(rt, "at")
			typed++
			words := strings.SplitAfter(text, ".")
			return strings.Join(words[:at], "") + fmt.Sprintf("w%d.", typed) + strings.Join(words[at:], "")
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"type", "type", "save", "theirs", "load", "draw"}).Draw(rt, "step") {
			case "type":
				after := put(entry)
				e.Edit("doc1", "notes", entry, after)
				entry = after
			case "save":
				e.Save(t.Context())
			case "theirs":
				s.docs[0].Fields["notes"] = put(s.docs[0].Fields["notes"])
			case "load":
				e.Load(t.Context())
			case "draw":
				entry = shown(e, "doc1", "notes")
			}
		}
		e.Save(t.Context())
		got := s.docs[0].Fields["notes"]
		for n := 1; n <= typed; n++ {
			if word := fmt.Sprintf("w%d.", n); strings.Count(got, word) != 1 {
				rt.Fatalf("%q has %s %d times", got, word, strings.Count(got, word))
			}
		}
	})
}
