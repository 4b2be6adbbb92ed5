package conflicts

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatOnlyOneTextHasIsMarked(t *testing.T) {
	for _, tt := range []struct {
		text   string
		others []string
		want   []Run
	}{
		{"nobody calls them", []string{"nobody knows them"}, []Run{{"nobody ", false}, {"calls ", true}, {"them", false}}},
		{"the same", []string{"the same"}, []Run{{"the same", false}}},
		{"the  same\n", []string{"the same"}, []Run{{"the  same\n", false}}},
		{"nothing alike", []string{"something else"}, []Run{{"nothing alike", false}}},
		{"a b c", []string{"a", "c"}, []Run{{"a ", false}, {"b ", true}, {"c", false}}},
		{"이탈하는 고객 1,200명", []string{"이탈하는 고객 1,500명"}, []Run{{"이탈하는 고객 ", false}, {"1,200명", true}}},
		{"", []string{"x"}, []Run{{"", false}}},
	} {
		if got := compared(tt.text, tt.others); !slices.Equal(got, tt.want) {
			t.Errorf("%q among %q: %v, want %v", tt.text, tt.others, got, tt.want)
		}
	}
}

func TestAVeryLongTextIsNotCompared(t *testing.T) {
	long := strings.Repeat("word ", compareMost)
	if got := compared(long, []string{long + "more"}); len(got) != 1 || got[0].Text != long || got[0].Own {
		t.Errorf("%d pieces", len(got))
	}
}

func TestToMergeKeepsWhatIsCommonOnce(t *testing.T) {
	for _, tt := range []struct {
		texts []string
		want  string
	}{
		{nil, ""},
		{[]string{"a\nb\nd", "a\nc\nd"}, "a\nb\nc\nd"},
		{[]string{"a", "b"}, "a\nb"},
		{[]string{"a\nb", "a\nb"}, "a\nb"},
		{[]string{"a", "a\nb", "a\nc"}, "a\nb\nc"},
	} {
		if got := both(tt.texts); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.texts, got, tt.want)
		}
	}
}

// TestNothingIsLost holds that no line and no letter is lost, whatever the texts.
func TestNothingIsLost(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab가 \n")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		var whole strings.Builder
		for _, r := range compared(a, []string{b}) {
			whole.WriteString(r.Text)
		}
		if whole.String() != a {
			t.Errorf("%q comes out as %q", a, whole.String())
		}
		merged := strings.Split(both([]string{a, b}), "\n")
		for _, one := range []string{a, b} {
			at := 0
			for line := range strings.SplitSeq(one, "\n") {
				for at < len(merged) && strings.TrimSpace(merged[at]) != strings.TrimSpace(line) {
					at++
				}
				if at == len(merged) {
					t.Fatalf("%q and %q become %q: %q is not in it, in order", a, b, merged, line)
				}
				at++
			}
		}
	})
}
