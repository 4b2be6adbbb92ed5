package typeface

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
)

// TrueType returns a font file of one weight with the given characters, each as
// a glyph of its own. Those that the typeface has not are left out. The same
// characters, in whatever order, give the same bytes.
func TrueType(w Weight, characters []rune) ([]byte, error) {
	f := faces[w]()
	characters = slices.Clone(characters)
	slices.Sort(characters)
	characters = slices.Compact(slices.DeleteFunc(characters, func(r rune) bool { return r <= 0 || r >= plane || f.glyphs[r] == 0 }))
	b := builder{face: f}
	if err := b.metrics(); err != nil {
		return nil, err
	}
	if err := b.add(0, 0); err != nil {
		return nil, err
	}
	for _, r := range characters {
		if err := b.add(f.glyphs[r], f.widths[r]); err != nil {
			return nil, fmt.Errorf("write the character %U: %w", r, err)
		}
	}
	return assemble(map[string][]byte{
		"OS/2": b.os2(w), "cmap": cmap(characters), "glyf": b.glyf, "head": b.head(), "hhea": b.hhea(),
		"hmtx": b.hmtx, "loca": b.loca, "maxp": b.maxp(), "name": names(w), "post": post(),
	}), nil
}

// builder gathers the tables that grow with each glyph.
type builder struct {
	*face
	ascent, descent            int
	count                      int
	glyf, hmtx, loca           []byte
	box                        box // around all glyphs
	mostPoints, mostContours   int
	leastLeft, leastRight, far int
	widest                     int
}

func (b *builder) metrics() error {
	m, err := b.font.Metrics(nil, b.em, font.HintingNone)
	if err != nil {
		return fmt.Errorf("read the metrics: %w", err)
	}
	b.ascent, b.descent = int(m.Ascent), int(m.Descent)
	b.loca = binary.BigEndian.AppendUint32(nil, 0)
	return nil
}

// add appends a glyph, width in ems.
func (b *builder) add(g sfnt.GlyphIndex, width float32) error {
	var buffer sfnt.Buffer
	contours, err := b.outline(&buffer, g)
	if err != nil {
		return err
	}
	drawn, bounds := encode(contours)
	advance := int(width * float32(b.em))
	b.glyf = append(b.glyf, drawn...)
	b.loca = binary.BigEndian.AppendUint32(b.loca, uint32(len(b.glyf))) //nolint:gosec // far below 4 GiB
	b.hmtx = words(b.hmtx, advance, bounds.left)
	b.count++
	b.widest = max(b.widest, advance)
	if len(drawn) == 0 {
		return nil
	}
	b.box = b.box.with(bounds)
	points := 0
	for _, c := range contours {
		points += len(c)
	}
	b.mostPoints, b.mostContours = max(b.mostPoints, points), max(b.mostContours, len(contours))
	b.leastLeft, b.leastRight = min(b.leastLeft, bounds.left), min(b.leastRight, advance-bounds.right)
	b.far = max(b.far, bounds.right)
	return nil
}

// words appends 16-bit numbers, negative ones as their complement.
func words(to []byte, numbers ...int) []byte {
	for _, n := range numbers {
		to = binary.BigEndian.AppendUint16(to, uint16(n)) //nolint:gosec // coordinates and counts of a font are 16 bits
	}
	return to
}

// longs appends 32-bit numbers.
func longs(to []byte, numbers ...uint32) []byte {
	for _, n := range numbers {
		to = binary.BigEndian.AppendUint32(to, n)
	}
	return to
}

// magic stands in the head of every TrueType font.
const magic = 0x5F0F3CF5

func (b *builder) head() []byte {
	out := longs(nil, 0x00010000, 0x00010000, 0, magic)
	out = words(out, 0b11, int(b.em))
	out = append(out, make([]byte, 16)...) // when it was made and changed: never, so that the bytes are the same
	out = words(out, b.box.left, b.box.bottom, b.box.right, b.box.top)
	return words(out, 0, 8, 2, 1, 0) // style, smallest size, direction, long loca, format
}

func (b *builder) hhea() []byte {
	out := longs(nil, 0x00010000)
	out = words(out, b.ascent, -b.descent, 0, b.widest, b.leastLeft, b.leastRight, b.far, 1, 0, 0)
	return words(out, 0, 0, 0, 0, 0, b.count)
}

func (b *builder) maxp() []byte {
	out := longs(nil, 0x00010000)
	return words(out, b.count, b.mostPoints, b.mostContours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
}

// os2 says weight and heights; it allows embedding, as the font's licence does.
func (b *builder) os2(w Weight) []byte {
	weight := 400
	if w == SemiBold {
		weight = 600
	}
	out := words(nil, 4, int(b.em)/2, weight, 5, 0)
	out = words(out, make([]int, 11)...)   // sub- and superscripts, strike-out, family class
	out = append(out, make([]byte, 26)...) // panose, ranges of characters
	out = append(out, "NONE"...)
	out = words(out, 1<<6, 0x20, 0xFFFF, b.ascent, -b.descent, 0, b.ascent, b.descent)
	out = append(out, make([]byte, 8)...) // code pages
	return words(out, int(b.em)/2, int(b.em)*7/10, 0, 0x20, 0)
}

func post() []byte {
	out := longs(nil, 0x00030000, 0)
	out = words(out, -150, 100)
	return longs(out, 0, 0, 0, 0, 0)
}

// Family is what the fonts made here are called. The typeface's own name is
// reserved for the whole of it.
const Family = "Cairn Text"

// licence is that of the typeface, which its parts keep.
const (
	copyright = "Copyright (c) 2021, Kil Hyung-jin, with Reserved Font Name Pretendard. Reduced to the characters that a document shows."
	licence   = "SIL Open Font License, Version 1.1: https://openfontlicense.org"
)

// names says what the font is called, for Windows in English.
func names(w Weight) []byte {
	name := Family + " " + w.String()
	texts := []struct {
		id   int
		text string
	}{{0, copyright}, {1, Family}, {2, w.String()}, {3, name}, {4, name}, {6, strings.ReplaceAll(Family, " ", "") + "-" + w.String()}, {13, licence}}
	out := words(nil, 0, len(texts), 6+12*len(texts))
	var data []byte
	for _, t := range texts {
		out = words(out, 3, 1, 0x409, t.id, 2*len(t.text), len(data))
		for _, u := range utf16.Encode([]rune(t.text)) {
			data = binary.BigEndian.AppendUint16(data, u)
		}
	}
	return append(out, data...)
}
