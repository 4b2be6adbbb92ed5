package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"cairn/core/text"
)

// TestAnyOriginsFollowTheTextbook has authors who put runes between any two
// that stand in that order, as no planner does. Replicas that hear it in one
// order must not differ by how they happen to have cut their spans.
func TestAnyOriginsFollowTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x text.Text
		var model reference
		var cut text.Text
		for range rapid.IntRange(1, 25).Draw(t, "inserts") {
			log := logNumber(rapid.IntRange(0, 2).Draw(t, "log"))
			left := rapid.IntRange(-1, len(model.items)-1).Draw(t, "left")
			right := rapid.IntRange(left+1, len(model.items)).Draw(t, "right")
			in := text.Insert{
				At:    text.ID{Log: log, N: x.Next(log)},
				Runes: rapid.StringMatching(`[a-z]{1,3}`).Draw(t, "runes"),
			}
			if left >= 0 {
				in.Left = model.items[left].id
			}
			if right < len(model.items) {
				in.Right = model.items[right].id
			}
			model.insert(in)
			if err := x.ApplyInsert(in); err != nil {
				t.Fatalf("ApplyInsert(%+v) = %v", in, err)
			}
			for end := range in.Runes { // rune by rune, as parts that came again
				part := in
				part.Runes = in.Runes[:end+1]
				if err := cut.ApplyInsert(part); err != nil {
					t.Fatalf("ApplyInsert(%+v) = %v", part, err)
				}
			}
		}
		if got, want := x.String(), model.String(); got != want {
			t.Fatalf("text %q, textbook %q", got, want)
		}
		if got, want := cut.String(), model.String(); got != want {
			t.Fatalf("text in parts %q, textbook %q", got, want)
		}
		if err := x.Verify(); err != nil {
			t.Fatalf("structure: %v", err)
		}
	})
}
