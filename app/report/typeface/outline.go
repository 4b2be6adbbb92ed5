package typeface

import (
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// point is a point of a quadratic outline, in units of the em, upwards. One that
// is off the curve pulls it.
type point struct {
	x, y int
	on   bool
}

// tolerance is how far a quadratic outline may be from the cubic one, in units of
// the em: less than a printer can show at any size of text.
const tolerance = 0.5

// pen draws the contours of a glyph.
type pen struct {
	contours [][]point
	at       [2]float64
}

// outline returns the contours of a glyph, their points in the order that
// TrueType wants: the inside is to the right.
func (f *face) outline(b *sfnt.Buffer, g sfnt.GlyphIndex) ([][]point, error) {
	segments, err := f.font.LoadGlyph(b, g, f.em, nil)
	if err != nil {
		return nil, err
	}
	var p pen
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.contours = append(p.contours, nil)
			p.to(up(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			p.to(up(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			p.through(up(s.Args[0]), up(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			p.cube(up(s.Args[0]), up(s.Args[1]), up(s.Args[2]))
		}
	}
	var closed [][]point
	for _, c := range p.contours {
		if n := len(c); n > 1 && c[0] == c[n-1] {
			c = c[:n-1] // a contour closes by itself
		}
		if len(c) > 2 {
			closed = append(closed, turned(c))
		}
	}
	return closed, nil
}

// up turns a point, which has y downwards and whose em is as many whole units.
func up(p fixed.Point26_6) [2]float64 { return [2]float64{float64(p.X), -float64(p.Y)} }

func (p *pen) to(end [2]float64) {
	p.add(end, true)
	p.at = end
}

func (p *pen) through(control, end [2]float64) {
	p.add(control, false)
	p.to(end)
}

func (p *pen) add(at [2]float64, on bool) {
	i := len(p.contours) - 1
	p.contours[i] = append(p.contours[i], point{int(math.Round(at[0])), int(math.Round(at[1])), on})
}

// cube draws a cubic curve as quadratic ones. One that shares the ends of a
// cubic and has its control between where the two of the cubic lead is off by at
// most √3/36 of its third difference; over the n-th part of the curve that
// difference is the n³-th part.
func (p *pen) cube(c1, c2, end [2]float64) {
	start := p.at
	third := math.Hypot(end[0]-3*c2[0]+3*c1[0]-start[0], end[1]-3*c2[1]+3*c1[1]-start[1])
	n := max(1, math.Ceil(math.Cbrt(math.Sqrt(3)/36*third/tolerance)))
	for i := range int(n) {
		from, to := float64(i)/n, float64(i+1)/n
		a, da := bezier(start, c1, c2, end, from)
		b, db := bezier(start, c1, c2, end, to)
		h := (to - from) / 4
		control := [2]float64{(a[0]+b[0])/2 + h*(da[0]-db[0]), (a[1]+b[1])/2 + h*(da[1]-db[1])}
		p.through(control, b)
	}
}

// bezier returns a point of a cubic curve and how the curve moves there.
func bezier(p0, p1, p2, p3 [2]float64, t float64) (at, moves [2]float64) {
	s := 1 - t
	for i := range at {
		at[i] = s*s*s*p0[i] + 3*s*s*t*p1[i] + 3*s*t*t*p2[i] + t*t*t*p3[i]
		moves[i] = 3 * (s*s*(p1[i]-p0[i]) + 2*s*t*(p2[i]-p1[i]) + t*t*(p3[i]-p2[i]))
	}
	return at, moves
}

// turned returns the contour the other way round, from the same point.
func turned(c []point) []point {
	out := make([]point, 0, len(c))
	out = append(out, c[0])
	for i := len(c) - 1; i > 0; i-- {
		out = append(out, c[i])
	}
	return out
}
