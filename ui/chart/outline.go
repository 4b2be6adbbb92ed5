package chart

import (
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// outlined draws text as shapes, each letter exactly where it belongs. A raster
// would put it on whole pixels, and then a point after a 7, which stands close
// to it, is not to be seen: 27.5 % reads as 275 %.
type outlined struct{ vg.CanvasSizer }

// FillString implements vg.Canvas.
func (o outlined) FillString(f font.Face, at vg.Point, what string) {
	const unitsPerEm = 1000 // fine enough that curves stay curves
	var buffer sfnt.Buffer
	ppem := fixed.I(unitsPerEm)
	scale := f.Font.Size / unitsPerEm
	var before sfnt.GlyphIndex
	x := fixed.Int26_6(0)
	for _, r := range what {
		glyph, err := f.Face.GlyphIndex(&buffer, r)
		if err != nil {
			continue
		}
		if before != 0 {
			if kern, err := f.Face.Kern(&buffer, before, glyph, ppem, 0); err == nil {
				x += kern
			}
		}
		segments, err := f.Face.LoadGlyph(&buffer, glyph, ppem, nil)
		if err == nil {
			o.Fill(outline(segments, at, x, scale))
		}
		if advance, err := f.Face.GlyphAdvance(&buffer, glyph, ppem, 0); err == nil {
			x += advance
		}
		before = glyph
	}
}

// outline returns a glyph's shape. Fonts count down from the base line, pages up.
func outline(segments sfnt.Segments, at vg.Point, x fixed.Int26_6, scale vg.Length) vg.Path {
	point := func(p fixed.Point26_6) vg.Point {
		return vg.Point{X: at.X + vg.Length(p.X+x)/64*scale, Y: at.Y - vg.Length(p.Y)/64*scale}
	}
	var p vg.Path
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.Move(point(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			p.Line(point(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			p.QuadTo(point(s.Args[0]), point(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			p.CubeTo(point(s.Args[0]), point(s.Args[1]), point(s.Args[2]))
		}
	}
	p.Close()
	return p
}
