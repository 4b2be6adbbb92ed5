package template

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKey bounds keys, in runes: people type them on the command line.
const maxKey = 60

// validKey reports whether key is letters, digits, hyphens and underscores.
func validKey(key string) bool {
	return key != "" && utf8.RuneCountInString(key) <= maxKey && utf8.ValidString(key) && strings.IndexFunc(key, notInKey) < 0
}

func notInKey(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
}

// WithKeys returns t with a key for each section and field that has none, made
// of its title or label. Two people who add a field apart must not give it one
// key: suffix, called for each new key, returns what sets theirs apart, and is
// empty where a template is made as a whole.
func (t Template) WithKeys(suffix func() string) Template {
	sections, fields := map[string]bool{}, map[string]bool{}
	for _, s := range t.Sections {
		sections[s.Key] = true
		for _, f := range s.Fields {
			fields[f.Key] = true
		}
	}
	out := t
	out.Sections = nil
	for _, s := range t.Sections {
		if s.Key == "" && s.Title != "" {
			s.Key = newKey(s.Title, "section", suffix(), sections)
		}
		inner := s.Fields
		s.Fields = nil
		for _, f := range inner {
			if f.Key == "" {
				f.Key = newKey(f.Label, "field", suffix(), fields)
			}
			s.Fields = append(s.Fields, f)
		}
		out.Sections = append(out.Sections, s)
	}
	return out
}

// newKey returns a key made of text that is not taken, and takes it.
func newKey(text, fallback, suffix string, taken map[string]bool) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	stem := clipKey(strings.Join(words, "-"))
	if stem == "" {
		stem = fallback
	}
	if suffix != "" {
		stem += "-" + suffix
	}
	key := stem
	for n := 2; taken[key]; n++ {
		key = stem + "-" + strconv.Itoa(n)
	}
	taken[key] = true
	return key
}

// clipKey leaves room for a suffix and a number, and keeps whole words.
func clipKey(stem string) string {
	const most = 30
	runes := []rune(stem)
	if len(runes) <= most {
		return stem
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, '-'); i > 0 {
		cut = cut[:i]
	}
	return cut
}
