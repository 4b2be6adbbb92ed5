// Package mention finds the people who are addressed in text: "@Ada, can you
// look?". It knows no language: a name may be followed by a Korean particle as
// well as by a comma.
package mention

import (
	"unicode"
	"unicode/utf8"

	"cairn/core/id"
)

// Person is somebody who can be addressed.
type Person struct {
	ID   id.Person
	Name string
}

// Found is a place in a text where somebody is addressed. People of one name
// are all meant, so that nobody misses what is for them.
type Found struct {
	From, To int // bytes of the text, with the @
	People   []id.Person
}

// Find returns where body addresses people, in order. Of several names that
// begin alike the longest counts, whatever its case.
func Find(body string, people []Person) []Found {
	var out []Found
	for i := 0; i < len(body); i++ {
		if body[i] != '@' || !opens(body[:i]) {
			continue
		}
		f := Found{From: i, To: i + 1}
		for _, p := range people {
			end := i + 1 + match(body[i+1:], p.Name)
			switch {
			case end == i+1 || end < f.To:
			case end > f.To:
				f.To, f.People = end, []id.Person{p.ID}
			default:
				f.People = append(f.People, p.ID)
			}
		}
		if f.People != nil {
			out = append(out, f)
			i = f.To - 1
		}
	}
	return out
}

// opens reports whether an @ after before can begin a name, rather than stand
// in an address such as ada@example.org.
func opens(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return !spaced(r)
}

// match returns how many bytes of text are name, 0 when it does not begin with
// it or goes on within the word.
func match(text, name string) int {
	rest := text
	var last rune
	for _, want := range name {
		got, size := utf8.DecodeRuneInString(rest)
		if size == 0 || fold(got) != fold(want) {
			return 0
		}
		rest, last = rest[size:], want
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if spaced(last) && (spaced(next) || unicode.Is(unicode.M, next)) {
		return 0
	}
	return len(text) - len(rest)
}

// spaced reports whether r is part of a word in a script that puts spaces
// between words and nothing else.
func spaced(r rune) bool {
	if unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}

// fold returns one rune for all that differ by case, and for all blanks.
func fold(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// maxBegun is how many runes behind an @ are still taken for the beginning of a
// name: nobody's is longer, and a page of text is looked at with every letter.
const maxBegun = 40

// Begun returns what has been typed of a name when the cursor stands behind the
// first cursor runes of body: the runes behind the last @, and where that is. It
// is false when no name is being typed.
func Begun(body string, cursor int) (at int, begun string, ok bool) {
	runes := []rune(body)
	cursor = max(0, min(cursor, len(runes)))
	for at = cursor - 1; at >= 0 && cursor-at <= maxBegun+1; at-- {
		switch runes[at] {
		case '@':
			return at, string(runes[at+1 : cursor]), opens(string(runes[max(0, at-1):at]))
		case '\n':
			return 0, "", false
		}
	}
	return 0, "", false
}

// Completes reports whether name is what somebody who has typed begun may mean:
// it, or one of its words, begins so.
func Completes(name, begun string) bool {
	at := 0
	for {
		if begins(name[at:], begun) {
			return true
		}
		next := nextWord(name[at:])
		if next == 0 {
			return false
		}
		at += next
	}
}

func begins(name, begun string) bool {
	for _, want := range begun {
		got, size := utf8.DecodeRuneInString(name)
		if size == 0 || fold(got) != fold(want) {
			return false
		}
		name = name[size:]
	}
	return true
}

// nextWord returns where the next word of name begins, 0 when there is none.
func nextWord(name string) int {
	blank := false
	for i, r := range name {
		if unicode.IsSpace(r) {
			blank = true
		} else if blank {
			return i
		}
	}
	return 0
}
