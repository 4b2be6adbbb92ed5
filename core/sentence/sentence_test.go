package sentence_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/core/sentence"
)

func TestSentencesAreSaidInAnotherLanguage(t *testing.T) {
	book := map[string]string{
		"Settle the %s of %s: people wrote different values.": "%[2]s / %[1]s", "title": "제목", "Nothing.": "없음.",
	}
	translate := func(text string) string { return book[text] }
	for _, c := range []struct {
		said            sentence.Sentence
		english, korean string
	}{
		{
			sentence.New("Settle the %s of %s: people wrote different values.", sentence.Own("title"), sentence.Wrote("title")),
			"Settle the title of title: people wrote different values.", "title / 제목",
		},
		{sentence.New("Nothing."), "Nothing.", "없음."},
		{sentence.Sentence{}, "", ""},
	} {
		if got := c.said.String(); got != c.english {
			t.Errorf("String = %q, want %q", got, c.english)
		}
		if got := c.said.In(translate); got != c.korean {
			t.Errorf("In = %q, want %q", got, c.korean)
		}
		if got, want := c.said.IsZero(), c.english == ""; got != want {
			t.Errorf("IsZero of %q = %v", c.english, got)
		}
	}
}

// TestWhatPeopleWroteIsNoFormat holds that a sentence repeats what people wrote
// as it is, whatever signs are in it, and never looks for a translation of it.
func TestWhatPeopleWroteIsNoFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wrote := rapid.String().Draw(t, "wrote")
		s := sentence.New("%s has %s.", sentence.Wrote(wrote), sentence.Number(2))
		if got, want := s.String(), wrote+" has 2."; got != want {
			t.Fatalf("String = %q, want %q", got, want)
		}
	})
}

// TestPlacesTakeWhatPackageFmtPrints holds that English is what package fmt says,
// and that a translation sees nothing but %s.
func TestPlacesTakeWhatPackageFmtPrints(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
		want   string
	}{
		{"There is no %q; %d of %.1f %% are here.", []any{"ROI\n", 3, 2.25}, "There is no %s; %s of %s %% are here."},
		{"%s and %v", []any{"a", true}, "%s and %s"},
		{"%v", []any{7}, "%s"},
		{"100 %", nil, "100 %"},
		{"A % belongs after 80%.", nil, "A % belongs after 80%."},
		{"80%% of %s", []any{"it"}, "80%% of %s"},
	} {
		s := sentence.New(c.format, c.args...)
		if s.Format != c.want {
			t.Errorf("the format of %q is %q, want %q", c.format, s.Format, c.want)
		}
		want := c.format
		if len(c.args) > 0 {
			want = fmt.Sprintf(c.format, c.args...)
		}
		if got := s.String(); got != want {
			t.Errorf("String = %q, want %q", got, want)
		}
		if got := sentence.Places(c.format); got != len(c.args) {
			t.Errorf("%q has %d places, want %d", c.format, got, len(c.args))
		}
	}
}

func TestASentenceStandsInAnother(t *testing.T) {
	book := map[string]string{"The file %s is damaged.": "%s 파일이 손상되었습니다.", "It can't be opened: %s": "열 수 없습니다: %s", "Try again.": "다시 시도하세요."}
	translate := func(text string) string {
		if said, ok := book[text]; ok {
			return said
		}
		return text
	}
	s := sentence.New("It can't be opened: %s", sentence.New("The file %s is damaged.", "a%d")).Then(sentence.New("Try again."))
	if got, want := s.String(), "It can't be opened: the file a%d is damaged. Try again."; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
	if got, want := s.In(translate), "열 수 없습니다: a%d 파일이 손상되었습니다. 다시 시도하세요."; got != want {
		t.Errorf("In = %q, want %q", got, want)
	}
	if got := (sentence.Sentence{}).Then(s).Then(sentence.Sentence{}); got.String() != s.String() {
		t.Errorf("with nothing around it, it says %q", got)
	}
}

// TestSentencesAreSent holds the form that other programs read.
func TestSentencesAreSent(t *testing.T) {
	said := sentence.New("%s approved %s.", sentence.Wrote("Ben"), sentence.Own("Value"))
	raw, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(raw), `{"format":"%s approved %s.","args":[{"text":"Ben"},{"text":"Value","own":true}]}`; got != want {
		t.Errorf("sent as %s, want %s", got, want)
	}
}

func TestClipKeepsToOneShortLine(t *testing.T) {
	if got, want := sentence.Clip("  One\nline  of words ", 9), "One line…"; got != want {
		t.Errorf("Clip = %q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, runes := rapid.String().Draw(t, "text"), rapid.IntRange(1, 20).Draw(t, "runes")
		got := sentence.Clip(text, runes)
		if utf8.RuneCountInString(got) > runes || strings.ContainsAny(got, "\n\r\t") {
			t.Fatalf("Clip(%q, %d) = %q", text, runes, got)
		}
		if again := sentence.Clip(got, runes); again != got {
			t.Fatalf("clipped again, %q is %q", got, again)
		}
	})
}
