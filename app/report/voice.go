package report

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"time"

	"cairn/assets"
	"cairn/core/fault"
	"cairn/core/sentence"
	"cairn/core/value"
)

// Language is a language in which reports are written.
type Language string

// The languages.
const (
	English Language = "en"
	Korean  Language = "ko"
)

// LanguageOf returns the language of a reader whose system has a locale, such as
// "ko_KR.UTF-8", or a language is named by a tag such as "ko-KR".
func LanguageOf(locale string) Language {
	tag, _, _ := strings.Cut(strings.ReplaceAll(locale, "-", "_"), "_")
	if strings.EqualFold(tag, string(Korean)) {
		return Korean
	}
	return English
}

// voice says things in one language. What the code says in English is looked up
// in the translations that the window has, so that both use the same words.
type voice struct {
	language Language
	texts    map[string]string
}

func speak(l Language) (*voice, error) {
	v := &voice{language: l, texts: map[string]string{}}
	switch l {
	case English, "":
		v.language = English
		return v, nil
	case Korean:
	default:
		return nil, fault.New(fault.Invalid, "There is no report in the language %q.", "Choose en or ko.").With(clip(string(l)))
	}
	parts, err := fs.Glob(assets.Words, "words/"+string(l)+"/*.json")
	if err != nil {
		return nil, fmt.Errorf("find the translation to %s: %w", l, err)
	}
	for _, part := range parts {
		raw, err := assets.Words.ReadFile(part)
		if err == nil {
			err = json.Unmarshal(raw, &v.texts) // into one map: the parts add up
		}
		if err != nil {
			return nil, fmt.Errorf("read the translation %s: %w", part, err)
		}
	}
	return v, nil
}

// T returns text in the language, with args in it as by fmt.Sprintf.
func (v *voice) T(text string, args ...any) string {
	if translated, ok := v.texts[text]; ok {
		text = translated
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// N returns one for a count of 1 and many for any other, with the count in it.
func (v *voice) N(one, many string, n int) string {
	if n == 1 {
		return v.T(one, n)
	}
	return v.T(many, n)
}

// Data returns the translation of what Cairn itself has put into documents, such
// as the labels of a template, and anything else as it is.
func (v *voice) Data(text string) string { return v.T(strings.TrimSpace(text)) }

// sentences says what others have put into words.
func (v *voice) sentences(all []sentence.Sentence) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.In(v.Data)
	}
	return out
}

// amount returns x in a unit: "$3,200 a month".
func (v *voice) amount(x float64, unit string) string {
	number := value.Short(x, unit)
	if tail := v.tail(x, unit); tail != "" {
		return number + " " + tail
	}
	return number
}

// tail returns the words behind the number of an amount: "a month".
func (v *voice) tail(x float64, unit string) string {
	return v.Data(strings.TrimPrefix(value.Amount(x, unit), value.Short(x, unit)))
}

// rounded keeps three digits of what a simulation found: the rest is chance.
func rounded(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	return math.Round(x/unit) * unit
}

// date writes a day in full.
func (v *voice) date(t time.Time) string { return t.Format(v.T("2 January 2006")) }

// named returns a name, or says that there is none.
func (v *voice) named(name string) string {
	if strings.TrimSpace(name) == "" {
		return v.T("Unnamed")
	}
	return name
}

// list joins words that a sentence names.
func list(words []string) string { return strings.Join(words, ", ") }

// capital returns text as it stands at the beginning of a line.
func capital(text string) string {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return string(text[0]-'a'+'A') + text[1:]
}
