package paper

import "cairn/app/report/typeface"

// add puts a block below what is there. A heading waits for what it heads, so
// that it does not end a page.
func (l *layout) add(b Block) {
	if h, ok := b.(Heading); ok {
		l.waiting = append(l.waiting, h)
		return
	}
	l.headings(l.least(b))
	switch b := b.(type) {
	case Text:
		s := b.style()
		l.flow(set(b.Text, s, across*0.92), s, left)
		l.skip(5)
	case List:
		l.list(b)
	case Facts:
		l.facts(b)
	case Key:
		l.key(b)
	case Note:
		l.note(b)
	case Table:
		l.table(b)
	case Figure:
		l.figure(b)
	}
}

func (t Text) style() style {
	if t.Quiet {
		return quietStyle
	}
	return bodyStyle
}

// least returns how much of a block has to stand below its heading.
func (l *layout) least(b Block) float64 {
	switch b := b.(type) {
	case Key:
		return aboveKey + withKey
	case Table:
		return aboveTable + b.least()
	case Figure:
		return aboveFigure + b.height()
	default:
		return 3 * bodyStyle.leading
	}
}

// Room above blocks, and how high a key is, about.
const (
	aboveKey    = 16.0
	aboveTable  = 6.0
	aboveFigure = 13.0
	withKey     = 120.0
)

// How a heading stands: its style, and the room above and below it.
func (h Heading) form() (s style, above, below float64) {
	if h.Minor {
		return minorStyle, 13, 3
	}
	return headingStyle, 26, 16
}

// headings writes those that wait, on a page that has room for them and as much
// of what follows.
func (l *layout) headings(least float64) {
	if len(l.waiting) == 0 {
		return
	}
	need := least
	for _, h := range l.waiting {
		s, above, below := h.form()
		need += above + below + float64(len(set(line(h.Text), s, across)))*s.leading
	}
	l.keep(min(need, bottom-top))
	for _, h := range l.waiting {
		s, above, below := h.form()
		l.skip(above)
		l.page().headings = append(l.page().headings, mark{showable(line(h.Text)), h.Minor, l.y})
		if !h.Minor {
			l.draw(Box{left, l.y, across, 1.2, Dark})
			l.y += 9
			below -= 9
		}
		l.flow(set(line(h.Text), s, across), s, left)
		l.y += below
	}
	l.waiting = nil
}

func (l *layout) list(b List) {
	const indent = 12
	for _, item := range b.Items {
		lines := set(line(item), bodyStyle, across*0.95-indent)
		if len(lines) == 0 {
			continue
		}
		l.keep(bodyStyle.leading)
		l.draw(bodyStyle.label(left, l.y, "•", Start))
		l.flow(lines, bodyStyle, left+indent)
		l.skip(2)
	}
	l.skip(4)
}

func (l *layout) facts(b Facts) {
	for _, f := range b.Facts {
		l.skip(5)
		l.keep(2 * bodyStyle.leading)
		l.pair(f, 118, nameStyle, bodyStyle)
		l.skip(5)
		if l.y <= bottom {
			l.draw(Rule{left, l.y, right, l.y, Hairline, false})
		}
	}
	l.skip(6)
}

func (l *layout) note(n Note) {
	words, ground := n.Tone.inks()
	s := bodyStyle
	lines := set(line(n.Text), s, across-28)
	l.skip(5)
	for len(lines) > 0 {
		l.keep(s.leading + 14)
		fit := min(len(lines), max(1, int((l.room()-14)/s.leading)))
		height := float64(fit)*s.leading + 12
		l.draw(Box{left, l.y, across, height, ground}, Box{left, l.y, 2.5, height, words})
		for i, text := range lines[:fit] {
			l.draw(s.label(left+14, l.y+6+float64(i)*s.leading, text, Start))
		}
		l.y += height
		if lines = lines[fit:]; len(lines) > 0 {
			l.turn()
		}
	}
	l.skip(9)
}

// key draws a panel: the number at the left, what belongs to it at the right, in
// two columns.
func (l *layout) key(k Key) {
	const pad = 18
	half := across * 0.42
	name, words := set(line(k.Name), nameStyle, half), set(line(k.Words), bodyStyle, half)
	number := numberStyle
	text := showable(line(k.Number))
	if w := typeface.Width(text, number.weight, number.size); w > half {
		number.size *= half / w
	}
	height := float64(len(name))*nameStyle.leading + number.leading + float64(len(words))*bodyStyle.leading
	cells, right := l.beside(k.Beside, across-half-3*pad)
	height = max(height, right) + 2*pad
	l.skip(aboveKey)
	l.keep(height)
	l.draw(Box{left, l.y, across, height, AccentGround})
	y := l.y + pad
	for _, text := range name {
		l.draw(nameStyle.label(left+pad, y, text, Start))
		y += nameStyle.leading
	}
	l.draw(number.label(left+pad, y, text, Start))
	y += number.leading
	for _, text := range words {
		l.draw(bodyStyle.label(left+pad, y, text, Start))
		y += bodyStyle.leading
	}
	for _, c := range cells {
		c.X, c.Y = c.X+left+half+2*pad, c.Y+l.y+pad
		l.draw(c)
	}
	l.y += height
	l.skip(8)
}

// beside returns the labels of facts in two columns, from the top left corner
// of a width, and how high they are.
func (l *layout) beside(facts []Fact, width float64) ([]Label, float64) {
	var out []Label
	const gap = 12
	column := (width - gap) / 2
	y := 0.0
	for i := 0; i < len(facts); i += 2 {
		deepest := 0.0
		for j, f := range facts[i:min(i+2, len(facts))] {
			x, at := float64(j)*(column+gap), y
			for _, text := range set(line(f.Name), nameStyle, column) {
				out = append(out, nameStyle.label(x, at, text, Start))
				at += nameStyle.leading
			}
			for _, text := range set(line(f.Text), besideStyle, column) {
				out = append(out, besideStyle.label(x, at, text, Start))
				at += besideStyle.leading
			}
			deepest = max(deepest, at-y)
		}
		y += deepest + 7
	}
	return out, max(0, y-7)
}

// figure draws a drawing as wide as the page, with its title.
func (l *layout) figure(f Figure) {
	if f.Drawing.Width <= 0 || len(f.Drawing.Shapes) == 0 {
		return
	}
	scale := across / f.Drawing.Width
	title, note := set(line(f.Title), minorStyle, across), set(line(f.Note), nameStyle, across)
	l.skip(aboveFigure)
	l.keep(f.height())
	l.flow(title, minorStyle, left)
	l.flow(note, nameStyle, left)
	l.y += 8
	l.keep(f.Drawing.Height * scale) // a title may be longer than a page
	for _, s := range f.Drawing.Shapes {
		switch s := s.(type) {
		case Box:
			l.draw(Box{left + s.X*scale, l.y + s.Y*scale, max(0, s.Width) * scale, max(0, s.Height) * scale, s.Ink})
		case Rule:
			l.draw(Rule{left + s.X1*scale, l.y + s.Y1*scale, left + s.X2*scale, l.y + s.Y2*scale, s.Ink, s.Dashed})
		case Label:
			s.X, s.Y, s.Size, s.Text = left+s.X*scale, l.y+s.Y*scale, s.Size*scale, showable(line(s.Text))
			l.draw(s)
		}
	}
	l.y += f.Drawing.Height * scale
	l.skip(6)
}

// height returns how high a figure is with its title.
func (f Figure) height() float64 {
	title, note := set(line(f.Title), minorStyle, across), set(line(f.Note), nameStyle, across)
	return f.Drawing.Height*across/max(1, f.Drawing.Width) + float64(len(title))*minorStyle.leading + float64(len(note))*nameStyle.leading + 8
}
