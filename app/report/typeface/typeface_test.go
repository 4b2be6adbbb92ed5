package typeface_test

import (
	"bytes"
	"math"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"

	"cairn/app/report/typeface"
)

const sample = "Aa g@&$₩€ 가각힣한글 0123,.% ≥≤×−–“”□"

// TestFontHoldsWhatItIsAskedFor reads the font that was made, as a viewer would.
func TestFontHoldsWhatItIsAskedFor(t *testing.T) {
	for _, w := range typeface.Weights {
		raw, err := typeface.TrueType(w, []rune(sample))
		if err != nil {
			t.Fatal(err)
		}
		made, err := sfnt.Parse(raw)
		if err != nil {
			t.Fatalf("%s can't be read: %v", w, err)
		}
		var b sfnt.Buffer
		em := fixed.Int26_6(made.UnitsPerEm())
		for _, r := range sample {
			g, err := made.GlyphIndex(&b, r)
			if err != nil || g == 0 {
				t.Fatalf("%s has no %q: %v", w, r, err)
			}
			segments, err := made.LoadGlyph(&b, g, em, nil)
			if err != nil || (len(segments) == 0) != (r == ' ') {
				t.Errorf("%s: %q is drawn by %d segments, %v", w, r, len(segments), err)
			}
			advance, err := made.GlyphAdvance(&b, g, em, font.HintingNone)
			got, want := float64(advance)/float64(em), typeface.Advance(r, w, 1)
			if err != nil || math.Abs(got-want) > 1e-3 {
				t.Errorf("%s: %q is %v wide, want %v, %v", w, r, got, want, err)
			}
		}
	}
}

// TestOutlinesEncloseTheSame compares the area of each glyph with that of the
// cubic outline that it comes from.
func TestOutlinesEncloseTheSame(t *testing.T) {
	raw, err := typeface.TrueType(typeface.Regular, []rune(sample))
	if err != nil {
		t.Fatal(err)
	}
	made, err := sfnt.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	original := typeface.Original(typeface.Regular)
	for _, r := range sample {
		got, want := area(t, made, r), area(t, original, r)
		// TrueType turns contours the other way.
		if math.Abs(got+want) > 0.002*math.Abs(want)+1e-6 {
			t.Errorf("%q encloses %v, want %v", r, got, -want)
		}
	}
}

// area returns the signed area of a glyph, in square ems, its curves as chords.
func area(t *testing.T, f *sfnt.Font, r rune) float64 {
	t.Helper()
	var b sfnt.Buffer
	g, err := f.GlyphIndex(&b, r)
	if err != nil {
		t.Fatal(err)
	}
	em := float64(f.UnitsPerEm())
	segments, err := f.LoadGlyph(&b, g, fixed.Int26_6(f.UnitsPerEm()), nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	var start, at [2]float64
	to := func(x, y float64) {
		sum += at[0]*y - x*at[1]
		at = [2]float64{x, y}
	}
	for _, s := range segments {
		var p [3][2]float64
		for i, a := range s.Args {
			p[i] = [2]float64{float64(a.X) / em, float64(a.Y) / em}
		}
		from := at
		const steps = 50
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			to(start[0], start[1])
			start, at = p[0], p[0]
		case sfnt.SegmentOpLineTo:
			to(p[0][0], p[0][1])
		case sfnt.SegmentOpQuadTo:
			for i := 1; i <= steps; i++ {
				u := float64(i) / steps
				v := 1 - u
				to(v*v*from[0]+2*v*u*p[0][0]+u*u*p[1][0], v*v*from[1]+2*v*u*p[0][1]+u*u*p[1][1])
			}
		case sfnt.SegmentOpCubeTo:
			for i := 1; i <= steps; i++ {
				u := float64(i) / steps
				v := 1 - u
				to(v*v*v*from[0]+3*v*v*u*p[0][0]+3*v*u*u*p[1][0]+u*u*u*p[2][0],
					v*v*v*from[1]+3*v*v*u*p[0][1]+3*v*u*u*p[1][1]+u*u*u*p[2][1])
			}
		}
	}
	to(start[0], start[1])
	return sum / 2
}

// TestFontDependsOnItsCharactersOnly holds that order and repetition change
// nothing, and that what the typeface has not is no error.
func TestFontDependsOnItsCharactersOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.Rune(), 0, 20).Draw(t, "text")
		again := rapid.Permutation(append(text, text...)).Draw(t, "again")
		a, err := typeface.TrueType(typeface.SemiBold, text)
		if err != nil {
			t.Fatal(err)
		}
		b, err := typeface.TrueType(typeface.SemiBold, again)
		if err != nil || !bytes.Equal(a, b) {
			t.Fatalf("%q and %q give different fonts, %v", string(text), string(again), err)
		}
		if _, err := sfnt.Parse(a); err != nil {
			t.Fatalf("%q: %v", string(text), err)
		}
	})
}

func TestWidthIsThatOfItsCharacters(t *testing.T) {
	sum := 0.0
	for _, r := range sample {
		sum += typeface.Advance(r, typeface.Regular, 9.5)
	}
	if got := typeface.Width(sample, typeface.Regular, 9.5); math.Abs(got-sum) > 1e-9 || got < 100 {
		t.Errorf("Width = %v, want %v", got, sum)
	}
	for r, want := range map[rune]bool{'A': true, '가': true, typeface.Missing: true, 'א': false, '😀': false, -1: false} {
		if typeface.Has(r) != want {
			t.Errorf("Has(%q) = %v", r, !want)
		}
	}
}

func BenchmarkTrueType(b *testing.B) {
	for b.Loop() {
		if _, err := typeface.TrueType(typeface.Regular, []rune(sample)); err != nil {
			b.Fatal(err)
		}
	}
}
