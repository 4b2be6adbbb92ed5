package sentence_test

import (
	"encoding/json"
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
