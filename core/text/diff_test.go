package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/text"
)

func TestDiffTouchesWhatChanged(t *testing.T) {
	page := strings.Repeat("a line that stays\n", 400)
	paragraph := strings.Repeat("something quite new ", 40) + "\n"
	for name, c := range map[string]struct {
		old, new string
		want     []text.Edit
	}{
		"nothing":          {"same", "same", nil},
		"from empty":       {"", "new", []text.Edit{{0, 0, "new"}}},
		"to empty":         {"old", "", []text.Edit{{0, 3, ""}}},
		"append":           {"one", "one two", []text.Edit{{3, 0, " two"}}},
		"wide runes":       {"añb", "añ語b", []text.Edit{{2, 0, "語"}}},
		"doubled letter":   {"leter", "letter", []text.Edit{{3, 0, "t"}}},
		"two words":        {"the big old house", "the old red house", []text.Edit{{4, 4, ""}, {7, 0, " red"}}},
		"word rewritten":   {"say hello now", "say yells now", []text.Edit{{4, 5, "yells"}}},
		"three words":      {"a b c", "x y z", []text.Edit{{0, 5, "x y z"}}},
		"chance agreement": {"abc", "xby", []text.Edit{{0, 3, "xby"}}},
		"far apart": {
			page, paragraph + page + "end",
			[]text.Edit{{0, 0, paragraph}, {len(paragraph) + len(page), 0, "end"}},
		},
		"page pasted into a line": {"top\nb c", "top\nb " + page + "c", []text.Edit{{6, 0, page}}},
		"page pasted":             {"b", page + "b", []text.Edit{{0, 0, page}}},
		"invalid UTF-8":           {"a", "a\xff", []text.Edit{{1, 0, "\uFFFD"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, text.Diff(c.old, c.new)); diff != "" {
				t.Errorf("Diff(%.40q, %.40q), want - got +:\n%s", c.old, c.new, diff)
			}
		})
	}
}

// edited applies edits as a user of Diff does.
func edited(old string, edits []text.Edit) (string, error) {
	runes := []rune(old)
	for _, e := range edits {
		if e.Pos < 0 || e.Deleted < 0 || e.Pos+e.Deleted > len(runes) {
			return "", fmt.Errorf("edit %+v of %d runes", e, len(runes))
		}
		if len(e.Inserted) > text.MaxInsert {
			return "", fmt.Errorf("edit inserts %d bytes", len(e.Inserted))
		}
		runes = slices.Replace(runes, e.Pos, e.Pos+e.Deleted, []rune(e.Inserted)...)
	}
	return string(runes), nil
}

func TestDiffMakesOldIntoNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.StringOfN(rapid.RuneFrom([]rune("ab\n語")), 0, 60, -1)
		old, new := draw.Draw(t, "old"), draw.Draw(t, "new")
		got, err := edited(old, text.Diff(old, new))
		if err != nil || got != new {
			t.Fatalf("Diff(%q, %q) leads to %q, %v", old, new, got, err)
		}
	})
}

func TestDiffOfDifferentBooks(t *testing.T) {
	book := func(word string) string { return strings.Repeat(word+"\n", 3*text.MaxInsert/(2*len(word))) }
	for name, c := range map[string][2]string{
		"wide runes":    {"", strings.Repeat("語", text.MaxInsert)},
		"other lines":   {book("one"), book("other")},
		"start":         {"x y\nz", book("two words") + "x\nz"},
		"same and more": {book("one"), "start" + book("one") + "end"},
		"one long line": {strings.Repeat("ab", text.MaxInsert), strings.Repeat("bca", text.MaxInsert)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := edited(c[0], text.Diff(c[0], c[1]))
			if err != nil || got != c[1] {
				t.Errorf("Diff leads to %d bytes instead of %d, %v", len(got), len(c[1]), err)
			}
		})
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("the big old house", "the old red house")
	f.Add("a\nb\n", "b\nc\xff\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		want := string([]rune(new))
		got, err := edited(old, text.Diff(old, new))
		if err != nil || got != want {
			t.Fatalf("Diff(%q, %q) leads to %q, %v", old, new, got, err)
		}
	})
}
