package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cairn/app/report/typeface"
)

// clean returns text without what could make it show something else than it
// says: control characters and those that turn the direction of what follows.
// Line breaks stay, as \n, and letters and their marks become one character where
// there is one.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, string(utf8.RuneError)), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), noncharacter(r):
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(norm.NFC.String(text))
}

// noncharacter reports whether r is one of those that Unicode keeps out of text.
func noncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// line returns text on one line, words one space apart.
func line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// paragraphs returns the paragraphs of prose, each with its lines.
func paragraphs(text string) [][]string {
	var out [][]string
	var lines []string
	for l := range strings.SplitSeq(clean(text), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
			continue
		}
		if lines != nil {
			out = append(out, lines)
			lines = nil
		}
	}
	if lines != nil {
		out = append(out, lines)
	}
	return out
}

// showable returns text with a box for each character, or group of characters
// that makes one sign, that the typeface has not.
func showable(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	boxed, joined := false, false // the last character is a box; what follows belongs to it
	for _, r := range text {
		switch {
		case boxed && joins(r):
			joined = r == zeroWidthJoiner
		case unicode.Is(unicode.Cf, r): // has no width
		case r == '\n', typeface.Has(r):
			boxed, joined = false, false
			b.WriteRune(r)
		case unicode.IsSpace(r):
			boxed, joined = false, false
			b.WriteByte(' ')
		case joins(r):
		default:
			if !joined {
				b.WriteRune(typeface.Missing)
			}
			boxed, joined = true, false
		}
	}
	return b.String()
}

const zeroWidthJoiner = '\u200d'

// joins reports whether r only changes or joins the signs beside it: marks,
// variation selectors, tones of skin, and what has no width.
func joins(r rune) bool {
	return unicode.In(r, unicode.M, unicode.Cf, unicode.Variation_Selector) || r >= 0x1F3FB && r <= 0x1F3FF
}
