package typeface

import (
	"maps"
	"math/bits"
	"slices"
)

// box is the bounds of a glyph in units of the em, empty when zero.
type box struct{ left, bottom, right, top int }

func (b box) with(other box) box {
	if b == (box{}) {
		return other
	}
	return box{min(b.left, other.left), min(b.bottom, other.bottom), max(b.right, other.right), max(b.top, other.top)}
}

// encode returns a glyph as the table glyf has it, nothing for one without
// contours, padded to four bytes.
func encode(contours [][]point) ([]byte, box) {
	if len(contours) == 0 {
		return nil, box{}
	}
	first := contours[0][0]
	bounds := box{first.x, first.y, first.x, first.y}
	for _, c := range contours {
		for _, p := range c {
			bounds = box{min(bounds.left, p.x), min(bounds.bottom, p.y), max(bounds.right, p.x), max(bounds.top, p.y)}
		}
	}
	out := words(nil, len(contours), bounds.left, bounds.bottom, bounds.right, bounds.top)
	end := -1
	for _, c := range contours {
		end += len(c)
		out = words(out, end)
	}
	out = words(out, 0) // no instructions
	var xs, ys []byte
	x, y := 0, 0
	for _, c := range contours {
		for _, p := range c {
			flag := byte(0)
			if p.on {
				flag = onCurve
			}
			var more byte
			xs, more = step(xs, p.x-x, shortX, sameX)
			flag |= more
			ys, more = step(ys, p.y-y, shortY, sameY)
			out = append(out, flag|more)
			x, y = p.x, p.y
		}
	}
	out = append(append(out, xs...), ys...)
	return padded(out), bounds
}

// Flags of a point. That a step is the same as none, and of a short one that it
// goes up, are one flag.
const (
	onCurve = 1 << 0
	shortX  = 1 << 1
	shortY  = 1 << 2
	sameX   = 1 << 4
	sameY   = 1 << 5
)

// step appends the way to the next point along one axis, in as few bytes as it
// takes, and returns the flags that say how it is written.
func step(to []byte, by int, short, same byte) ([]byte, byte) {
	switch {
	case by == 0:
		return to, same
	case by > 0 && by <= 0xFF:
		return append(to, byte(by)), short | same
	case by < 0 && by >= -0xFF:
		return append(to, byte(-by)), short
	}
	return words(to, by), 0
}

func padded(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// cmap maps characters, which are sorted, to glyphs: the n-th to glyph n+1. It is
// of format 4, a segment for each run of characters.
func cmap(characters []rune) []byte {
	type run struct{ from, to, glyph int }
	var runs []run
	for i, r := range characters {
		if n := len(runs) - 1; n >= 0 && runs[n].to+1 == int(r) {
			runs[n].to++
			continue
		}
		runs = append(runs, run{int(r), int(r), i + 1})
	}
	runs = append(runs, run{0xFFFF, 0xFFFF, 0x10000}) // ends the table, and is glyph 0
	n := len(runs)
	power := bits.Len(uint(n)) - 1
	search := 2 << power
	out := words(nil, 0, 1, 3, 1, 0, 12, 4, 16+8*n, 0, 2*n, search, power, 2*n-search)
	for _, r := range runs {
		out = words(out, r.to)
	}
	out = words(out, 0)
	for _, r := range runs {
		out = words(out, r.from)
	}
	for _, r := range runs {
		out = words(out, r.glyph-r.from)
	}
	return words(out, make([]int, n)...)
}

// assemble puts tables into a font file.
func assemble(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	n := len(tags)
	power := bits.Len(uint(n)) - 1
	search := 16 << power
	out := longs(nil, 0x00010000)
	out = words(out, n, search, power, 16*n-search)
	at := len(out) + 16*n
	var body []byte
	for _, tag := range tags {
		table := padded(slices.Clone(tables[tag]))
		out = append(out, tag...)
		out = longs(out, checksum(table), uint32(at+len(body)), uint32(len(tables[tag]))) //nolint:gosec // far below 4 GiB
		body = append(body, table...)
	}
	return append(out, body...)
}

func checksum(table []byte) uint32 {
	sum := uint32(0)
	for i := 0; i+3 < len(table); i += 4 {
		sum += uint32(table[i])<<24 | uint32(table[i+1])<<16 | uint32(table[i+2])<<8 | uint32(table[i+3])
	}
	return sum
}
