package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold returns s with case taken out (Unicode simple folding, as
// strings.EqualFold has it), s itself when there is none.
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.Map(foldRune, s)
		}
	}
	return s
}

// foldRune returns the one rune that stands for all that differ from r by case.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return lower(r)
	case 0x3000 <= r && r < 0xa000, 0xac00 <= r && r < 0xd800:
		return r // kana, Han and Hangul have no case; looking it up is slow
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return lower(least)
}

// lower returns the small letter of an ASCII one, any other rune as it is.
func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}
