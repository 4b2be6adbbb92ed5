package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/app/report/typeface"
)

// style is how lines of text are set.
type style struct {
	size, leading float64 // points; from line to line
	weight        typeface.Weight
	ink           Ink
}

// wrap breaks one line of text into lines of at most width: at spaces, behind
// hyphens and slashes, between ideographs, and, where a word is wider than a
// line, within it. Only spaces at breaks are lost. A character that is wider
// than a line has one of its own.
func wrap(text string, s style, width float64) []string {
	var lines []string
	for text = strings.Trim(text, " "); text != ""; {
		end := lineEnd(text, s, width)
		lines = append(lines, strings.TrimRight(text[:end], " "))
		text = strings.TrimLeft(text[end:], " ")
	}
	if lines == nil {
		lines = []string{""}
	}
	return lines
}

// lineEnd returns how many bytes of text, which begins with no space, make up
// its first line, with the spaces after it.
func lineEnd(text string, s style, width float64) int {
	used, end := 0.0, 0 // end is where the line can be broken
	var before rune
	for i, r := range text {
		if i > 0 && breaks(before, r) {
			end = i
		}
		used += typeface.Advance(r, s.weight, s.size)
		if used > width && r != ' ' && i > 0 {
			if end == 0 {
				end = i
			}
			return end
		}
		before = r
	}
	return len(text)
}

// breaks reports whether a line may end between two characters. Words of Hangul
// stay whole, as Korean has it.
func breaks(before, after rune) bool {
	switch {
	case after == ' ', noBreakBefore(after):
		return false
	case before == ' ', before == '-', before == '/':
		return true
	}
	return ideographic(before) || ideographic(after)
}

func ideographic(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// noBreakBefore reports whether r ends what is before it.
func noBreakBefore(r rune) bool {
	return r < utf8.RuneSelf && unicode.IsPunct(r) && r != '(' && r != '[' && r != '{' && r != '"' && r != '\'' || unicode.In(r, unicode.Pe, unicode.Pf)
}

// set returns the lines of prose as they are printed, an empty one between
// paragraphs.
func set(text string, s style, width float64) []string {
	var out []string
	for i, p := range paragraphs(text) {
		if i > 0 {
			out = append(out, "")
		}
		for _, l := range p {
			out = append(out, wrap(showable(l), s, width)...)
		}
	}
	return out
}
