package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// cellColumns is how many columns of the terminal a value in a table takes
	// at most.
	cellColumns = 60
	columnGap   = "  "
)

// table writes rows under a head, in columns. The head is bold where that can
// be shown.
func (c *cli) table(w io.Writer, head string, rows [][]string) {
	names := strings.Split(head, ",")
	widths := make([]int, len(names))
	for i, name := range names {
		widths[i] = width(name)
	}
	for _, r := range rows {
		for i := range r {
			r[i] = cell(r[i])
			widths[i] = max(widths[i], width(r[i]))
		}
	}
	first := joinCells(names, widths)
	if colours(c.out) {
		first = "\x1b[1m" + first + "\x1b[0m"
	}
	fmt.Fprintln(w, first)
	for _, r := range rows {
		fmt.Fprintln(w, joinCells(r, widths))
	}
}

func joinCells(cells []string, widths []int) string {
	var b strings.Builder
	for i, text := range cells {
		if i > 0 {
			b.WriteString(columnGap)
		}
		b.WriteString(text)
		b.WriteString(strings.Repeat(" ", widths[i]-width(text)))
	}
	return strings.TrimRight(b.String(), " ")
}

// cell is as much of s, on one line and without tricks, as a table shows.
func cell(s string) string {
	s = line(s)
	if width(s) <= cellColumns {
		return s
	}
	columns := 0
	for i, r := range s {
		if columns += columnsOf(r); columns >= cellColumns {
			return s[:i] + "…"
		}
	}
	return s
}

// replaceTricks writes other for every rune that plays tricks and is not in keep.
func replaceTricks(s, keep string, other rune) string {
	return strings.Map(func(r rune) rune {
		if playsTricks(r) && !strings.ContainsRune(keep, r) {
			return other
		}
		return r // of bytes that are no UTF-8: utf8.RuneError
	}, s)
}

// width returns how many columns of a terminal s takes.
func width(s string) int {
	if len(s) == utf8.RuneCountInString(s) {
		return len(s) // ASCII, without tricks
	}
	columns := 0
	for _, r := range s {
		columns += columnsOf(r)
	}
	return columns
}

// columnsOf returns how many columns of a terminal r takes: none for what sits
// on the character before it, two for the wide characters of East Asia.
func columnsOf(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r >= 0x1160 && r <= 0x11FF: // vowels and finals of Hangul in pieces
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

// wide are the characters that Unicode's East_Asian_Width calls wide or
// fullwidth, in the blocks that terminals agree on.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115F, Stride: 1}, // Hangul in pieces: initials
		{Lo: 0x2E80, Hi: 0x303E, Stride: 1}, // radicals, punctuation
		{Lo: 0x3041, Hi: 0x33FF, Stride: 1}, // kana, bopomofo, compatibility
		{Lo: 0x3400, Hi: 0x4DBF, Stride: 1}, // ideographs
		{Lo: 0x4E00, Hi: 0xA4CF, Stride: 1}, // ideographs, Yi
		{Lo: 0xA960, Hi: 0xA97F, Stride: 1}, // Hangul in pieces: more initials
		{Lo: 0xAC00, Hi: 0xD7A3, Stride: 1}, // Hangul
		{Lo: 0xF900, Hi: 0xFAFF, Stride: 1}, // compatibility ideographs
		{Lo: 0xFE30, Hi: 0xFE6F, Stride: 1}, // vertical and small forms
		{Lo: 0xFF00, Hi: 0xFF60, Stride: 1}, // fullwidth forms
		{Lo: 0xFFE0, Hi: 0xFFE6, Stride: 1}, // fullwidth signs
	},
	R32: []unicode.Range32{
		{Lo: 0x1F300, Hi: 0x1F64F, Stride: 1}, // pictographs, faces
		{Lo: 0x1F680, Hi: 0x1F6FF, Stride: 1}, // transport
		{Lo: 0x1F900, Hi: 0x1FAFF, Stride: 1}, // more pictographs
		{Lo: 0x20000, Hi: 0x3FFFD, Stride: 1}, // rarer ideographs
	},
}
