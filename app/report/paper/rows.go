package paper

// Within a table, around the text of a cell.
const (
	padX = 7.0
	padY = 5.0
)

// printed is a line of a cell.
type printed struct {
	text  string
	style style
}

// table draws a table, with its head on each page. A row moves to the next page
// whole unless it takes more than half of one.
func (l *layout) table(t Table) {
	if len(t.Rows) == 0 {
		return
	}
	widths := t.shares(across)
	head := t.head(widths)
	l.skip(aboveTable)
	l.keep(t.least())
	l.tableHead(t, head, widths)
	for _, row := range t.Rows {
		l.row(t, head, t.cells(row, widths), widths)
	}
	l.skip(8)
}

// firstRows is how many rows stand at least where a table begins.
const firstRows = 3

// least returns how high the beginning of a table is, half a page at most.
func (t Table) least() float64 {
	widths := t.shares(across)
	sum := tallest(t.head(widths)) + 2*padY
	for _, row := range t.Rows[:min(len(t.Rows), firstRows)] {
		sum += tallest(t.cells(row, widths)) + 2*padY
	}
	return min(sum, (bottom-top)/2)
}

// headLines is how many lines a head has at most, since it takes room from each
// page.
const headLines = 6

// head sets the text of the head.
func (t Table) head(widths []float64) [][]printed {
	out := make([][]printed, len(t.Columns))
	for i, c := range t.Columns {
		lines := set(line(c.Head), headStyle, widths[i]-2*padX)
		for _, text := range lines[:min(len(lines), headLines)] {
			out[i] = append(out[i], printed{text, headStyle})
		}
	}
	return out
}

// cells sets the text of a row.
func (t Table) cells(row []Cell, widths []float64) [][]printed {
	out := make([][]printed, len(t.Columns))
	for i, c := range row {
		s := cellStyle
		if c.Strong || c.Tone != Plain {
			s = strongStyle
			s.ink, _ = c.Tone.inks()
		}
		for _, text := range set(c.Text, s, widths[i]-2*padX) {
			out[i] = append(out[i], printed{text, s})
		}
		for _, text := range set(c.Under, underStyle, widths[i]-2*padX) {
			out[i] = append(out[i], printed{text, underStyle})
		}
	}
	return out
}

func tallest(cells [][]printed) float64 {
	most := 0.0
	for _, c := range cells {
		most = max(most, height(c))
	}
	return most
}

func height(lines []printed) float64 {
	sum := 0.0
	for _, p := range lines {
		sum += p.style.leading
	}
	return sum
}

func (l *layout) tableHead(t Table, head [][]printed, widths []float64) {
	tall := tallest(head) + 2*padY
	l.draw(Box{left, l.y, across, tall, Sunken})
	l.cells(t, head, widths)
	l.y += tall
}

// row draws a row, in parts where it is too tall for the page.
func (l *layout) row(t Table, head, cells [][]printed, widths []float64) {
	tall := tallest(cells) + 2*padY
	if tall > l.room() && tall <= (bottom-top)/2 {
		l.turn()
		l.tableHead(t, head, widths)
	}
	for {
		part, rest := split(cells, l.room()-2*padY)
		l.cells(t, part, widths)
		l.y += tallest(part) + 2*padY
		if tallest(rest) == 0 {
			break
		}
		l.turn()
		l.tableHead(t, head, widths)
		cells = rest
	}
	l.draw(Rule{left, l.y, right, l.y, Hairline, false})
}

// split returns as many lines of each cell as fit into a height, and the rest.
// Below the head of an empty page at least one does.
func split(cells [][]printed, room float64) (part, rest [][]printed) {
	part, rest = make([][]printed, len(cells)), make([][]printed, len(cells))
	for i, c := range cells {
		n, used := 0, 0.0
		for n < len(c) && used+c[n].style.leading <= room {
			used += c[n].style.leading
			n++
		}
		part[i], rest[i] = c[:n], c[n:]
	}
	return part, rest
}

// cells draws lines of cells side by side, from the top of a row.
func (l *layout) cells(t Table, cells [][]printed, widths []float64) {
	x := left
	for i, c := range cells {
		y := l.y + padY
		for _, p := range c {
			switch {
			case p.text == "":
			case t.Columns[i].Right:
				l.draw(p.style.label(x+widths[i]-padX, y, p.text, End))
			default:
				l.draw(p.style.label(x+padX, y, p.text, Start))
			}
			y += p.style.leading
		}
		x += widths[i]
	}
}
