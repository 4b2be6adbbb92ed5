package kit

import (
	"sort"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/core/text"
	"cairn/ui/theme"
)

// Caret is where somebody else is in the text of an Entry.
type Caret struct {
	Face
	At int // runes before it
}

const (
	caretWide = 2
	flagHigh  = 12
	flagText  = 8.5
)

// carets are those of others over an entry, which are no part of what it holds.
type carets struct {
	all  []Caret
	text string // of which they count runes
	over *fyne.Container
}

// SetCarets shows where others are in the text. What is typed meanwhile moves them
// along. Where the entry scrolls, nothing says where they would have to be drawn,
// and they are not.
func (e *Entry) SetCarets(all []Caret) {
	e.carets.all, e.carets.text = all, e.Text
	e.drawCarets()
}

// carry moves carets along with a text that has changed.
func (e *Entry) carry() {
	if len(e.carets.all) == 0 || e.carets.text == e.Text {
		return
	}
	moved := make([]Caret, len(e.carets.all))
	for i, c := range e.carets.all {
		c.At = text.Carry(e.carets.text, e.Text, min(c.At, utf8.RuneCountInString(e.carets.text)))
		moved[i] = c
	}
	e.SetCarets(moved)
}

func (e *Entry) drawCarets() {
	if len(e.carets.all) == 0 && (e.carets.over == nil || len(e.carets.over.Objects) == 0) {
		return
	}
	if e.carets.over == nil {
		e.carets.over = container.NewWithoutLayout()
		e.root.Add(e.carets.over)
	}
	e.carets.over.Objects = nil
	high := fyne.MeasureText("0", fynetheme.TextSize(), fyne.TextStyle{}).Height
	for _, c := range e.carets.all {
		at, ok := e.place(max(0, c.At))
		if !ok {
			continue
		}
		e.carets.over.Objects = append(e.carets.over.Objects, caretOf(c.Face, at, high)...)
	}
	e.carets.over.Refresh()
}

// caretOf is a line before a letter, with a flag that says whose it is.
func caretOf(f Face, at fyne.Position, high float32) []fyne.CanvasObject {
	role := hueOf(f)
	line := NewBox(1, role, nil)
	line.Resize(fyne.NewSize(caretWide, high))
	line.Move(at)
	words := NewText(initials(f.Name), flagText, theme.Surface).Strong()
	least := words.MinSize()
	flag := NewBox(2, role, nil)
	flag.Resize(fyne.NewSize(least.Width+5, flagHigh))
	top := fyne.NewPos(at.X, at.Y-flagHigh+3)
	flag.Move(top)
	words.Resize(least)
	words.Move(top.AddXY(2.5, (flagHigh-least.Height)/2))
	return []fyne.CanvasObject{line, flag, words}
}

// place returns where the rune numbered at stands, while all of the text is to be
// seen. Rows are those that the entry wraps to, which only it knows.
func (e *Entry) place(at int) (fyne.Position, bool) {
	row, column := e.CursorRow, e.CursorColumn
	defer func() { e.CursorRow, e.CursorColumn = row, column }()
	if e.Size().Width < tooNarrow {
		return fyne.Position{}, false
	}
	at = min(at, utf8.RuneCountInString(e.Text))
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
	pos := e.CursorPosition()
	high := fyne.MeasureText("0", fynetheme.TextSize(), fyne.TextStyle{}).Height
	shown := pos.X <= e.Size().Width-fynetheme.InnerPadding() && pos.Y+high <= e.Size().Height
	return pos, shown && !e.scrolls()
}

// scrolls reports whether there is more text than is to be seen.
func (e *Entry) scrolls() bool {
	if e.MultiLine {
		high := fyne.MeasureText("0", fynetheme.TextSize(), fyne.TextStyle{}).Height
		return float32(e.lines())*high > e.Size().Height
	}
	return fyne.MeasureText(e.Text, fynetheme.TextSize(), fyne.TextStyle{}).Width > e.Size().Width-2*fynetheme.InnerPadding()
}
