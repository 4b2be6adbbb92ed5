// Package typeface is Cairn's own typeface as a printed page needs it: how wide
// text is, which characters can be shown, and a TrueType font of just those that
// a page shows.
//
// The typeface is built in with cubic outlines, which the writer of PDF does not
// take, so the few outlines that a document needs are made quadratic when it is
// written.
package typeface

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"cairn/assets"
)

// Weight is one of the weights that the typeface is built in with.
type Weight int

// The weights.
const (
	Regular Weight = iota
	SemiBold
)

// Weights lists them.
var Weights = []Weight{Regular, SemiBold}

// files holds them by Weight.
var files = [...]string{"Regular", "SemiBold"}

// String returns the weight as the typeface's files name it.
func (w Weight) String() string { return files[w] }

// Missing stands for a character that the typeface has not: a box.
const Missing = '□'

// plane is how many characters can be shown at most: those of the basic
// multilingual plane, which is also what the writer of PDF can address.
const plane = 1 << 16

// face is one weight, read.
type face struct {
	font   *sfnt.Font
	em     fixed.Int26_6 // units to an em
	glyphs [plane]sfnt.GlyphIndex
	widths [plane]float32 // in ems
}

var faces = [...]func() *face{sync.OnceValue(func() *face { return read(Regular) }), sync.OnceValue(func() *face { return read(SemiBold) })}

// read panics on a font that can't be read: it is built in.
func read(w Weight) *face {
	raw, err := assets.Fonts.ReadFile("fonts/Pretendard-" + w.String() + ".otf")
	if err != nil {
		panic(fmt.Sprintf("typeface: %v", err))
	}
	parsed, err := sfnt.Parse(raw)
	if err != nil {
		panic(fmt.Sprintf("typeface: %v", err))
	}
	f := &face{font: parsed, em: fixed.Int26_6(parsed.UnitsPerEm())}
	var b sfnt.Buffer
	for r := range rune(plane) {
		g, err := parsed.GlyphIndex(&b, r)
		if err != nil || g == 0 {
			continue
		}
		advance, err := parsed.GlyphAdvance(&b, g, f.em, font.HintingNone)
		if err != nil {
			continue
		}
		f.glyphs[r], f.widths[r] = g, float32(advance)/float32(f.em)
	}
	return f
}

// Has reports whether the typeface has the character.
func Has(r rune) bool { return r >= 0 && r < plane && faces[Regular]().glyphs[r] != 0 }

// Width returns how wide text is at a size, in the unit of the size. A character
// that the typeface has not is as wide as none.
func Width(text string, w Weight, size float64) float64 {
	f := faces[w]()
	sum := 0.0
	for _, r := range text {
		if r < plane {
			sum += float64(f.widths[r])
		}
	}
	return sum * size
}

// Advance returns how wide one character is at a size.
func Advance(r rune, w Weight, size float64) float64 {
	if r >= plane {
		return 0
	}
	return float64(faces[w]().widths[r]) * size
}
