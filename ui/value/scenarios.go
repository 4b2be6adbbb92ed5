package value

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// scenarios is the card that compares other numbers with the present ones.
type scenarioCard struct {
	root  *fyne.Container
	table *fyne.Container
	rows  []*scenarioRow
	drew  kit.Drew[[]Scenario]
}

type scenarioRow struct {
	name, change *kit.Text
	cells        []*kit.Text
}

// The widths of the columns.
var scenarioWidths = []float32{1.7, 0.9, 1.25, 0.9, 0.9}

func newScenarioCard() *scenarioCard {
	s := &scenarioCard{table: kit.VStack(0)}
	s.root = kit.Card(kit.VStack(10, kit.CardHead(words.T("Scenarios"), nil), s.table))
	return s
}

// draw reports whether it changed anything.
func (s *scenarioCard) draw(st State) bool {
	from := st.Result.Scenarios
	if !s.drew.Anew(from) {
		return false
	}
	s.root.Hidden = len(from) == 0
	if len(s.rows) != len(from) {
		s.build(from)
	}
	for i, row := range s.rows {
		row.name.Set(from[i].Name)
		row.change.Set(from[i].Change)
		row.change.Hidden = from[i].Change == ""
		for j, text := range []string{from[i].Expected, from[i].Range, from[i].Net, from[i].Payback} {
			row.cells[j].Set(text)
		}
	}
	return true
}

func (s *scenarioCard) build(from []Scenario) {
	head := []fyne.CanvasObject{kit.Caption(words.T("Scenario"))}
	for _, name := range []string{words.T("Value"), words.T("In 8 of 10 cases"), words.T("After costs"), words.T("Pays back after")} {
		head = append(head, kit.Caption(name).Trailing().Shrink())
	}
	objects := []fyne.CanvasObject{kit.Fixed(0, 26, kit.Cells(12, scenarioWidths, head...))}
	s.rows = make([]*scenarioRow, len(from))
	for i := range from {
		row := &scenarioRow{name: kit.Label("").Shrink(), change: kit.Caption("").Shrink()}
		cells := []fyne.CanvasObject{kit.VStack(1, row.name, row.change)}
		role := theme.Text2
		if i == 0 {
			role = theme.Text
		}
		for range scenarioWidths[1:] {
			cell := kit.NewText("", theme.SizeLabel, role).Digits().Trailing().Shrink()
			row.cells, cells = append(row.cells, cell), append(cells, cell)
		}
		s.rows[i] = row
		objects = append(objects, kit.Line(), kit.Fixed(0, 44, kit.Cells(12, scenarioWidths, cells...)))
	}
	s.table.Objects = objects
	s.table.Refresh()
}
