// Package words is the language of the window. The code says what it says in
// English; a translation maps that text to another language. It knows nothing of
// the toolkit, so presenters speak through it.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"

	"cairn/assets"
)

// Language is a language of the window.
type Language string

// The languages. They are kept in preferences.
const (
	English Language = "en"
	Korean  Language = "ko"
)

// Languages lists them, with what each calls itself.
var Languages = []struct {
	Language Language
	Name     string
}{{English, "English"}, {Korean, "한국어"}}

// spoken is the translation in use: English text → that language.
var spoken atomic.Pointer[book]

type book struct {
	language Language
	texts    map[string]string
}

// silent is what is spoken before anybody has chosen a language.
var silent = sync.OnceValue(func() *book {
	texts, err := Texts(English)
	if err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return &book{English, texts}
})

func inUse() *book {
	if b := spoken.Load(); b != nil {
		return b
	}
	return silent()
}

// Speak makes every later T answer in language. Nothing that is on screen
// changes by itself.
func Speak(language Language) error {
	texts, err := Texts(language)
	if err != nil {
		return err
	}
	spoken.Store(&book{language, texts})
	return nil
}

// Texts returns what the window says in language, by the English text. In
// English that is only what the window says otherwise than the command line.
func Texts(language Language) (map[string]string, error) {
	texts := map[string]string{}
	parts, err := fs.Glob(assets.Words, "words/"+string(language)+"/*.json")
	if err != nil || len(parts) == 0 {
		return nil, fmt.Errorf("there is no translation to %q", language)
	}
	for _, part := range parts {
		raw, err := assets.Words.ReadFile(part)
		if err == nil {
			err = json.Unmarshal(raw, &texts) // into one map: the parts add up
		}
		if err != nil {
			return nil, fmt.Errorf("read the translation %s: %w", part, err)
		}
	}
	return texts, nil
}

// Spoken returns the language in use.
func Spoken() Language { return inUse().language }

// T returns text in the language in use, with args in it as by fmt.Sprintf.
func T(text string, args ...any) string {
	if translated, ok := inUse().texts[text]; ok {
		text = translated
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// N returns one for a count of 1 and many for any other, with the count in it.
func N(one, many string, n int) string {
	if n == 1 {
		return T(one, n)
	}
	return T(many, n)
}

// Data returns the translation of what Cairn itself has put into documents and
// faults, such as the labels of a template, and anything else as it is. Unlike
// T it is for text that is not known when the program is written.
func Data(text string) string { return T(strings.TrimSpace(text)) }
