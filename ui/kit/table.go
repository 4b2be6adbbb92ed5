package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Column is one of a Table.
type Column struct {
	Name   string
	Width  float32 // as in Columns
	Number bool    // aligned right, in digits of one width
}

// Cell is what a Table shows in one place.
type Cell struct {
	Text string
	Role theme.Role // Text2 when nil
	Bold bool
}

// Row is a line of a Table, named by what stays when its place changes.
type Row struct {
	ID    string
	Cells []Cell
}

// Table is a list of rows under a header. Rows are drawn as they come into
// view, so a hundred thousand are as fast as ten. Arrows move the selection.
type Table struct {
	wrapped
	columns  []Column
	rows     []Row
	selected string // ID
	list     *widget.List
	picked   func(id string)
}

const (
	tableRow  = 36
	tableSide = 16
	tableGap  = 12
)

// NewTable returns an empty table.
func NewTable(columns []Column, picked func(id string)) *Table {
	t := &Table{columns: columns, picked: picked}
	t.list = widget.NewList(func() int { return len(t.rows) }, func() fyne.CanvasObject { return newTableRow(columns) }, t.show)
	t.list.HideSeparators = true
	t.list.OnSelected = func(i widget.ListItemID) {
		if i < len(t.rows) && t.rows[i].ID != t.selected {
			t.selected = t.rows[i].ID
			t.list.Refresh()
			picked(t.selected)
		}
	}
	head := make([]fyne.CanvasObject, len(columns))
	for i, c := range columns {
		name := NewText(c.Name, theme.SizeCaption, theme.Text3).Strong().Shrink()
		if c.Number {
			name.Trailing()
		}
		head[i] = name
	}
	header := container.NewStack(NewBox(0, theme.Sunken, nil), Pad(0, tableSide, 0, tableSide, Fixed(0, 28, Cells(tableGap, widths(columns), head...))))
	t.inside = Fill(VStack(0, Line(), header, Line()), t.list)
	t.ExtendBaseWidget(t)
	return t
}

func widths(columns []Column) []float32 {
	out := make([]float32, len(columns))
	for i, c := range columns {
		out[i] = c.Width
	}
	return out
}

// Hold makes it hold rows, with the one of an ID selected.
func (t *Table) Hold(rows []Row, selected string) {
	t.rows, t.selected = rows, selected
	t.list.Refresh()
	for i, r := range rows {
		if r.ID == selected {
			t.list.Select(i)
			return
		}
	}
	t.list.UnselectAll()
}

func (t *Table) show(i widget.ListItemID, o fyne.CanvasObject) {
	o.(*tableLine).show(t.rows[i], t.rows[i].ID == t.selected)
}

type tableLine struct {
	drawn
	cells    []*Text
	row      *fyne.Container
	back     *canvas.Rectangle
	under    *canvas.Rectangle
	selected bool
}

func newTableRow(columns []Column) *tableLine {
	l := &tableLine{back: canvas.NewRectangle(nil), under: canvas.NewRectangle(nil)}
	objects := make([]fyne.CanvasObject, len(columns))
	for i, c := range columns {
		cell := NewText("", theme.SizeLabel, theme.Text2).Shrink()
		if c.Number {
			cell.Trailing().Digits()
		}
		l.cells = append(l.cells, cell)
		objects[i] = cell
	}
	l.row = Pad(0, tableSide, 0, tableSide, Cells(tableGap, widths(columns), objects...))
	l.objects = []fyne.CanvasObject{l.back, l.under, l.row}
	l.least = func() fyne.Size { return fyne.NewSize(100, tableRow) }
	l.place = func(s fyne.Size) {
		l.back.Resize(s)
		l.under.Resize(fyne.NewSize(s.Width, 1))
		l.under.Move(fyne.NewPos(0, s.Height-1))
		l.row.Resize(s)
	}
	l.paint = func(k *theme.Tokens) {
		l.under.FillColor, l.back.FillColor = k.Border, color.Transparent
		if l.selected {
			l.back.FillColor = k.AccentTint
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *tableLine) show(r Row, selected bool) {
	for i, c := range l.cells {
		cell := r.Cells[i]
		role := cell.Role
		if role == nil {
			role = theme.Text2
		}
		c.role, c.line.TextStyle.Bold = role, cell.Bold
		c.Set(cell.Text)
		c.Refresh()
	}
	if l.selected != selected {
		l.selected = selected
		l.Refresh()
	}
}
