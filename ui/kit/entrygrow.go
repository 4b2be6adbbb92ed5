package kit

import (
	"sort"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// growth is how an entry follows the number of its lines.
type growth struct {
	least, most int // lines
	shown       int
}

// Grow makes an entry for several lines as high as what stands in it, within
// bounds. Grown is called when that has changed, for what is around it to make
// room; it may be nil.
func (e *Entry) Grow(least, most int, grown func()) {
	e.growth = growth{least: least, most: most, shown: least}
	e.grown = grown
	e.SetMinRowsVisible(least)
}

// Resize implements fyne.CanvasObject. How many lines there are follows from the
// width.
func (e *Entry) Resize(size fyne.Size) {
	same := e.Size().Width == size.Width
	e.Entry.Resize(size)
	if !same {
		e.fit()
	}
	e.drawCarets()
}

// tooNarrow is a width that no layout gives, but for a moment.
const tooNarrow = 40

// fit makes it as high as its lines.
func (e *Entry) fit() {
	if e.growth.most == 0 || e.Size().Width < tooNarrow {
		return
	}
	lines := max(e.growth.least, min(e.growth.most, e.lines()))
	if lines == e.growth.shown {
		return
	}
	e.growth.shown = lines
	e.SetMinRowsVisible(lines)
	if e.grown != nil {
		e.grown()
	}
}

// lines counts the lines as they are wrapped, which only the stock entry knows: it
// says 0 for where a line begins that there is not.
func (e *Entry) lines() int {
	row, column := e.CursorRow, e.CursorColumn
	defer func() { e.CursorRow, e.CursorColumn = row, column }()
	return 1 + sort.Search(utf8.RuneCountInString(e.Text), func(n int) bool {
		e.CursorRow, e.CursorColumn = n+1, 0
		return e.CursorTextOffset() == 0
	})
}
