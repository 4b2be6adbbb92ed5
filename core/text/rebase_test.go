package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/core/text"
)

func TestRebaseKeepsBothPeoplesWords(t *testing.T) {
	for name, c := range map[string]struct{ base, mine, theirs, want string }{
		"only mine":             {"a", "a b", "a", "a b"},
		"only theirs":           {"a", "a", "a b", "a b"},
		"apart":                 {"Measured in March.", "Always measured in March.", "Measured in March, twice.", "Always measured in March, twice."},
		"both at the end":       {"Why?", "Why? Because.", "Why? No.", "Why? No. Because."},
		"both the same":         {"one", "one two", "one two", "one two"},
		"same word, more apart": {"a b c", "a b c!", "x b c!", "x b c!"},
		"one deletes":           {"keep this word", "keep word", "keep this word here", "keep word here"},
		"typed into a deletion": {"the big house", "the big red house", "house", "red house"},
		"from nothing":          {"", "mine", "theirs", "theirsmine"},
		"Korean":                {"고객이 떠납니다", "고객이 매달 떠납니다", "고객이 떠납니다.", "고객이 매달 떠납니다."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text.Rebase(c.base, c.mine, c.theirs); got != c.want {
				t.Errorf("Rebase(%q, %q, %q) = %q, want %q", c.base, c.mine, c.theirs, got, c.want)
			}
		})
	}
}

func TestRebaseLosesNoInsertion(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "bb", "가", " ", "\n"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		base := strings.Join(words.Draw(t, "base"), "")
		runes := []rune(base)
		insert := func(what, mark string) string {
			at := rapid.IntRange(0, len(runes)).Draw(t, what)
			return string(runes[:at]) + mark + string(runes[at:])
		}
		mine, theirs := insert("mine", "<MINE>"), insert("theirs", "<THEIRS>")
		got := text.Rebase(base, mine, theirs)
		if strings.Count(got, "<MINE>") != 1 || strings.Count(got, "<THEIRS>") != 1 {
			t.Fatalf("Rebase(%q, %q, %q) = %q", base, mine, theirs, got)
		}
		if bare := strings.NewReplacer("<MINE>", "", "<THEIRS>", "").Replace(got); bare != base {
			t.Fatalf("Rebase(%q, %q, %q) = %q, which is more than the insertions", base, mine, theirs, got)
		}
	})
}

func TestRebaseOnNothingNewChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, mine := rapid.String().Draw(t, "base"), rapid.String().Draw(t, "mine")
		if got := text.Rebase(base, mine, base); got != mine {
			t.Fatalf("Rebase(%q, %q, base) = %q", base, mine, got)
		}
		if got := text.Rebase(base, base, mine); got != mine {
			t.Fatalf("Rebase(%q, base, %q) = %q", base, mine, got)
		}
	})
}

func TestCarryKeepsTheCursorAtItsWord(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{ // | is the cursor
		"inserted before":     {"one |two", "zero one two", "zero one |two"},
		"inserted after":      {"one| two", "one two three", "one| two three"},
		"inserted there":      {"one|", "one two", "one| two"},
		"deleted before":      {"zero one |two", "one two", "one |two"},
		"deleted around":      {"a b|b c", "a c", "a |c"},
		"nothing":             {"|", "", "|"},
		"Korean":              {"고객이 |떠납니다", "우리 고객이 떠납니다", "우리 고객이 |떠납니다"},
		"replaced as a whole": {"abc|", "xyz", "xyz|"},
	} {
		t.Run(name, func(t *testing.T) {
			before, after, _ := strings.Cut(c.old, "|")
			pos := text.Carry(before+after, c.new, utf8.RuneCountInString(before))
			runes := []rune(c.new)
			if got := string(runes[:pos]) + "|" + string(runes[pos:]); got != c.want {
				t.Errorf("the cursor of %q is at %q, want %q", c.old, got, c.want)
			}
		})
	}
}

func TestCarryStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := rapid.String().Draw(t, "old"), rapid.String().Draw(t, "new")
		pos := rapid.IntRange(0, utf8.RuneCountInString(old)).Draw(t, "pos")
		if got := text.Carry(old, new, pos); got < 0 || got > utf8.RuneCountInString(new) {
			t.Fatalf("Carry(%q, %q, %d) = %d", old, new, pos, got)
		}
	})
}
