package paper

import (
	"fmt"

	"cairn/app/report/typeface"
)

// A4, and the margins on it, in points.
const (
	pageWidth, pageHeight = 595.28, 841.89
	left, right           = 56.0, pageWidth - 56
	top, bottom           = 60.0, pageHeight - 66
	footLine              = pageHeight - 36
	across                = right - left
)

// The styles of text.
var (
	kindStyle    = style{9.5, 14, typeface.SemiBold, Accent}
	titleStyle   = style{26, 32, typeface.SemiBold, Dark}
	leadStyle    = style{12, 17.5, typeface.Regular, Soft}
	headingStyle = style{16, 21, typeface.SemiBold, Dark}
	minorStyle   = style{11, 15, typeface.SemiBold, Dark}
	bodyStyle    = style{9.8, 14.8, typeface.Regular, Dark}
	quietStyle   = style{9.8, 14.8, typeface.Regular, Quiet}
	nameStyle    = style{8.6, 12.5, typeface.Regular, Quiet}
	cellStyle    = style{9, 12.8, typeface.Regular, Dark}
	strongStyle  = style{9, 12.8, typeface.SemiBold, Dark}
	underStyle   = style{8.2, 11.6, typeface.Regular, Quiet}
	headStyle    = style{8.3, 11.6, typeface.SemiBold, Soft}
	numberStyle  = style{32, 38, typeface.SemiBold, Accent}
	besideStyle  = style{10.5, 14.5, typeface.SemiBold, Dark}
	footStyle    = style{8, 11, typeface.Regular, Quiet}
)

// leaf is a page: what is drawn on it, and the headings that begin on it.
type leaf struct {
	shapes   []Shape
	headings []mark
}

// mark is where a heading is, for the outline of the file.
type mark struct {
	text  string
	minor bool
	y     float64
}

// layout puts a document onto pages, from the top to the bottom of each.
type layout struct {
	leaves  []leaf
	y       float64   // where the next thing goes on the last page
	waiting []Heading // for what they head
}

// compose lays a document out.
func compose(d Document) *layout {
	l := &layout{}
	l.turn()
	l.head(d)
	for _, b := range d.Blocks {
		l.add(b)
	}
	l.headings(0)
	l.feet(d)
	return l
}

// feet writes the foot of each page.
func (l *layout) feet(d Document) {
	number := func(i int) string { return fmt.Sprintf(d.Page, i, len(l.leaves)) }
	room := across - typeface.Width(number(len(l.leaves)), footStyle.weight, footStyle.size) - 20
	foot := wrap(showable(line(d.Foot)), footStyle, room)
	if len(foot) > 1 {
		foot[0] += "…"
	}
	for i := range l.leaves {
		l.leaves[i].shapes = append(l.leaves[i].shapes,
			Rule{left, footLine - 14, right, footLine - 14, Hairline, false},
			Label{left, footLine, foot[0], footStyle.size, false, footStyle.ink, Start},
			Label{right, footLine, number(i + 1), footStyle.size, false, footStyle.ink, End})
	}
}

func (l *layout) turn() {
	l.leaves = append(l.leaves, leaf{})
	l.y = top
}

func (l *layout) page() *leaf { return &l.leaves[len(l.leaves)-1] }

func (l *layout) draw(shapes ...Shape) { l.page().shapes = append(l.page().shapes, shapes...) }

func (l *layout) room() float64 { return bottom - l.y }

// keep begins a new page unless there is as much room.
func (l *layout) keep(height float64) {
	if height > l.room() && l.y > top {
		l.turn()
	}
}

// skip leaves room below something, but not at the top of a page.
func (l *layout) skip(height float64) {
	if l.y > top {
		l.y += height
	}
}

// label returns a line in a style, y being the top of its leading.
func (s style) label(x, y float64, text string, anchor Anchor) Label {
	return Label{X: x, Y: y + s.leading/2 + s.size*0.36, Text: text, Size: s.size, Strong: s.weight == typeface.SemiBold, Ink: s.ink, Anchor: anchor}
}

// flow writes lines below each other, over as many pages as they take.
func (l *layout) flow(lines []string, s style, x float64) {
	for _, text := range lines {
		l.keep(s.leading)
		if text == "" {
			l.skip(s.leading * 0.6)
			continue
		}
		l.draw(s.label(x, l.y, text, Start))
		l.y += s.leading
	}
}

// head writes what stands above the first block.
func (l *layout) head(d Document) {
	l.flow(set(line(d.Kind), kindStyle, across), kindStyle, left)
	l.y += 4
	l.flow(set(line(d.Title), titleStyle, across), titleStyle, left)
	l.y += 5
	l.flow(set(line(d.Lead), leadStyle, across*0.9), leadStyle, left)
	if len(d.Facts) == 0 {
		return
	}
	l.y += 12
	l.draw(Rule{left, l.y, right, l.y, Hairline, false})
	l.y += 9
	for _, f := range d.Facts {
		l.pair(f, 92, nameStyle, cellStyle)
		l.y += 2
	}
}

// pair writes the name of a fact and beside it its text.
func (l *layout) pair(f Fact, indent float64, name, text style) {
	names := set(line(f.Name), name, indent-12)
	lines := set(f.Text, text, across-indent)
	for i := 0; i < len(names) || i < len(lines); i++ {
		l.keep(text.leading)
		if i < len(names) {
			l.draw(name.label(left, l.y+(text.leading-name.leading)/2, names[i], Start))
		}
		if i < len(lines) && lines[i] != "" {
			l.draw(text.label(left+indent, l.y, lines[i], Start))
		}
		l.y += text.leading
	}
}
