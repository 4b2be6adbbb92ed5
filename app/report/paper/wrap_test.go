package paper_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/app/report/paper"
	"cairn/app/report/typeface"
)

func TestLinesBreakWherePeopleBreakThem(t *testing.T) {
	tests := []struct {
		text  string
		width float64
		want  []string
	}{
		{"", 100, []string{""}},
		{"one two three", 1000, []string{"one two three"}},
		{"one two three", 50, []string{"one two", "three"}},
		{"신규 고객이 떠나기 전에 찾는다", 60, []string{"신규 고객이", "떠나기 전에", "찾는다"}},
		{"find them, always", 50, []string{"find them,", "always"}},
		{"well-known names", 40, []string{"well-", "known", "names"}},
		{"あいうえおかきくけこ", 50, []string{"あいうえお", "かきくけこ"}},
	}
	for _, tt := range tests {
		if got := paper.Wrap(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%q at %v: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

// TestLinesFitAndLoseNothing holds, for whatever text, that each line is within
// the width unless it is a single character, and that all but spaces is there.
func TestLinesFitAndLoseNothing(t *testing.T) {
	words := rapid.StringOf(rapid.SampledFrom([]rune("aW,- /가나漢あ.(€" + "    ")))
	rapid.Check(t, func(t *rapid.T) {
		text, width := words.Draw(t, "text"), rapid.Float64Range(1, 200).Draw(t, "width")
		lines := paper.Wrap(text, width)
		for _, l := range lines {
			if got := typeface.Width(l, typeface.Regular, 10); got > width+1e-6 && len([]rune(l)) > 1 {
				t.Errorf("%q is %v wide, more than %v", l, got, width)
			}
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := bare(strings.Join(lines, "")), bare(text); got != want {
			t.Errorf("%q is left of %q", got, want)
		}
	})
}

func TestWhatCantBeShownIsSeen(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "Ada 김민지 – ₩3,200 ≥ 80 %", "Ada 김민지 – ₩3,200 ≥ 80 %"},
		{"an emoji", "done 😀!", "done □!"},
		{"a family", "👩‍👩‍👧 home", "□ home"},
		{"a tone of skin", "👍🏽 yes", "□ yes"},
		{"Hebrew", "שלום", "□□□□"},
		{"a variation", "☂️!", "□!"},
		{"letters apart", "\u1112\u1161\u11ab\u1100\u1173\u11af e\u0301", "한글 é"},
		{"control characters", "a\x00b\x1b[31mc\u0007", "ab[31mc"},
		{"turned text", "safe\u202egnp.exe", "safegnp.exe"},
		{"bytes that are no text", "a\xffb", "a□b"},
		{"a zero width", "a\u200bb\ufeff", "ab"},
		{"spaces", " a\u2003b\t\tc ", "a b c"},
	}
	for _, tt := range tests {
		if got := paper.Shown(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
