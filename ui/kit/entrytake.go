package kit

import (
	"sort"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"cairn/core/text"
)

// Take makes it hold text also while somebody types in it, for text that has all
// that was typed and more, as when a teammate's words arrive. The cursor stays at
// its word.
func (e *Entry) Take(merged string) {
	if !e.focused {
		e.Hold(merged)
		return
	}
	if e.Text == merged {
		return
	}
	at := text.Carry(e.Text, merged, e.CursorTextOffset())
	e.shown = merged
	e.SetText(merged)
	e.fit()
	e.carry()
	e.moveTo(at)
}

// overhang is a cursor behind a space at which a line wraps, with nothing after
// it. Fyne 2.7.4 has no place for it: it stands before the space, and the next
// word would grow onto the last.
type overhang struct {
	at, row, column int    // at counts runes; row and column are where Fyne put it
	hangs           string // the text of the entry then
}

// settle puts the cursor where it is, for the key that comes now.
func (e *Entry) settle() {
	if o := e.overhang; o.at > 0 && e.Text == o.hangs && e.CursorRow == o.row && e.CursorColumn == o.column {
		e.CursorColumn += o.at - e.CursorTextOffset()
	}
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) { e.press(1, func() { e.Entry.TypedRune(r) }) }

// step says how far a key that changes the text moves the cursor.
var step = map[fyne.KeyName]int{fyne.KeyBackspace: -1, fyne.KeyReturn: 1, fyne.KeyEnter: 1}

// press has Fyne do what a key does, and sees to it that the cursor stands by
// runes further when that has changed the text.
func (e *Entry) press(by int, do func()) {
	e.settle()
	at, text, selected := e.CursorTextOffset()+by, e.Text, e.SelectedText() != ""
	do()
	if e.Text == text && e.hangs == text {
		return
	}
	e.overhang = overhang{}
	e.fit()
	if selected || e.Text == text || e.CursorTextOffset() == at {
		return
	}
	e.moveTo(at)
	if e.CursorTextOffset() != at {
		e.overhang = overhang{at, e.CursorRow, e.CursorColumn, e.Text}
	}
}

// moveTo puts the cursor before the rune numbered at. Rows are those that the
// entry wraps to, which only it knows: it is asked where each begins, and says 0
// of one that there is not.
func (e *Entry) moveTo(at int) {
	begin := func(row int) int {
		e.CursorRow, e.CursorColumn = row, 0
		return e.CursorTextOffset()
	}
	next := 1 + sort.Search(utf8.RuneCountInString(e.Text), func(n int) bool {
		b := begin(n + 1)
		return b == 0 || b > at
	})
	from := begin(next - 1)
	e.CursorRow, e.CursorColumn = next-1, at-from
	e.Refresh()
}
