package mention_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/mention"
)

// people are named by the letters of their IDs.
func people(names ...string) []mention.Person {
	out := make([]mention.Person, len(names))
	for i, name := range names {
		out[i] = mention.Person{ID: id.Doc{15: byte(i + 1)}, Name: name}
	}
	return out
}

func TestFindsWhoIsAddressed(t *testing.T) {
	tests := []struct {
		body  string
		names []string
		want  []string // what stands there, with the numbers of the people
	}{
		{"@Ada, look", []string{"Ada"}, []string{"@Ada 1"}},
		{"ask @ada.", []string{"Ada"}, []string{"@ada 1"}},
		{"@Ada Lovelace and @Ada", []string{"Ada", "Ada Lovelace"}, []string{"@Ada Lovelace 2", "@Ada 1"}},
		{"@Ada\nLovelace", []string{"Ada Lovelace"}, []string{"@Ada\nLovelace 1"}},
		{"@Annabel", []string{"Ann", "Annabel"}, []string{"@Annabel 2"}},
		{"@Annabel", []string{"Ann"}, nil},
		{"@Ann2", []string{"Ann"}, nil},
		{"@Ann's numbers", []string{"Ann"}, []string{"@Ann 1"}},
		{"@김민지님 확인 부탁드려요", []string{"김민지", "김민"}, []string{"@김민지 1"}},
		{"@김민이 썼어요", []string{"김민지", "김민"}, []string{"@김민 2"}},
		{"확인은@김민지", []string{"김민지"}, []string{"@김민지 1"}},
		{"@Ada님", []string{"Ada"}, []string{"@Ada 1"}},
		{"@박Ada 씨", []string{"박Ada"}, []string{"@박Ada 1"}},
		{"@田中さん", []string{"田中"}, []string{"@田中 1"}},
		{"ada@Ben.example", []string{"Ben"}, nil},
		{"@@Ben", []string{"Ben"}, []string{"@Ben 1"}},
		{"(@Ben)", []string{"Ben"}, []string{"@Ben 1"}},
		{"@Ben@Ada", []string{"Ben", "Ada"}, []string{"@Ben 1"}}, // an address
		{"@Be\u0301", []string{"Be"}, nil},                       // a mark that belongs to the letter before it
		{"@", []string{"", "Ben"}, nil},
		{"no one", []string{"Ben"}, nil},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range mention.Find(tt.body, people(tt.names...)) {
			words := tt.body[f.From:f.To] + " "
			for _, p := range f.People {
				words += string('0' + rune(p[15]))
			}
			got = append(got, words)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Find(%q, %q) = %q, want %q", tt.body, tt.names, got, tt.want)
		}
	}
}

// TestEveryNameIsFound addresses somebody in the middle of any text.
func TestEveryNameIsFound(t *testing.T) {
	names := rapid.StringMatching(`[A-Za-z가-힣]{1,6}( [A-Za-z가-힣]{1,6})?`)
	rapid.Check(t, func(t *rapid.T) {
		all := people(rapid.SliceOfN(names, 1, 4).Draw(t, "names")...)
		meant := rapid.SampledFrom(all).Draw(t, "meant")
		before := rapid.SampledFrom([]string{"", "see ", "a@b.c ", "확인 ", "@ "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", ", look", ". ", "!", ")"}).Draw(t, "after")
		body := before + "@" + meant.Name + after
		for _, f := range mention.Find(body, all) {
			if f.From == len(before) && f.To == len(before)+1+len(meant.Name) && slices.Contains(f.People, meant.ID) {
				return
			}
		}
		t.Fatalf("%q is not found in %q", meant.Name, body)
	})
}

func FuzzFind(f *testing.F) {
	f.Add("@Ada, @김민지님", "Ada", "김민지", 3)
	f.Add("\xff@\xc0Ada", "\xff", "", -1)
	f.Fuzz(func(t *testing.T, body, one, two string, cursor int) {
		end := 0
		for _, found := range mention.Find(body, people(one, two)) {
			if found.From < end || found.To <= found.From+1 || found.To > len(body) || body[found.From] != '@' || len(found.People) == 0 {
				t.Fatalf("Find(%q, %q, %q) = %+v", body, one, two, found)
			}
			end = found.To
		}
		at, begun, ok := mention.Begun(body, cursor)
		if ok && utf8.ValidString(body) && !strings.HasPrefix(string([]rune(body)[at:]), "@"+begun) {
			t.Fatalf("Begun(%q, %d) = %d, %q", body, cursor, at, begun)
		}
		mention.Completes(one, begun)
	})
}

func TestBegunIsTheNameThatIsTyped(t *testing.T) {
	type begun struct {
		At   int
		Text string
		OK   bool
	}
	tests := []struct {
		body   string
		cursor int
		want   begun
	}{
		{"@", 1, begun{0, "", true}},
		{"see @Ad", 7, begun{4, "Ad", true}},
		{"see @Ada Lo", 11, begun{4, "Ada Lo", true}},
		{"see @Ada", 2, begun{}},
		{"@김민", 3, begun{0, "김민", true}},
		{"a@b", 3, begun{1, "b", false}},
		{"@Ada\nnext", 9, begun{}},
		{"@" + strings.Repeat("x", 60), 61, begun{}},
		{"", 5, begun{}},
	}
	for _, tt := range tests {
		var got begun
		got.At, got.Text, got.OK = mention.Begun(tt.body, tt.cursor)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Begun(%q, %d) (-want +got):\n%s", tt.body, tt.cursor, diff)
		}
	}
}

func TestCompletesAnyWordOfAName(t *testing.T) {
	tests := []struct {
		name, begun string
		want        bool
	}{
		{"Ada Lovelace", "", true},
		{"Ada Lovelace", "ada l", true},
		{"Ada Lovelace", "love", true},
		{"Ada Lovelace", "da", false},
		{"김민지", "김", true},
		{"김민지", "민", false},
		{"", "a", false},
		{"", "", true},
	}
	for _, tt := range tests {
		if got := mention.Completes(tt.name, tt.begun); got != tt.want {
			t.Errorf("Completes(%q, %q) = %v", tt.name, tt.begun, got)
		}
	}
}
