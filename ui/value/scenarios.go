package value

import (
	"slices"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// scenarioCard is the card that compares other numbers with the present ones.
type scenarioCard struct {
	root  *fyne.Container
	table *fyne.Container
	hands hands
	add   *kit.Button
	copy  *kit.Button
	rows  []*scenarioRow
	ids   []string
	drew  kit.Drew[scenariosShown]
}

type scenariosShown struct {
	Rows     []Scenario
	ReadOnly bool
}

type scenarioRow struct {
	name, change *kit.Text
	cells        []*kit.Text
	more         *kit.Button // nil for the model as it is
}

// The widths of the columns.
var scenarioWidths = []float32{1.6, 0.85, 0.85, 1.25, 0.85, 0.85, -28}

func newScenarioCard(h hands, copied func()) *scenarioCard {
	s := &scenarioCard{table: kit.VStack(0), hands: h}
	s.add = kit.NewButton("plus", words.T("Add"), kit.Ghost, func() { h.open(ofScenario, "") })
	s.copy = kit.NewButton("copy", "", kit.Ghost, copied)
	tip := kit.NewTip(s.copy, words.T("Copy the table for a spreadsheet"))
	s.root = kit.Card(kit.VStack(10, kit.CardHead(words.T("Scenarios"), kit.NewText(words.T("Other numbers beside the present ones"), theme.SizeSmall, theme.Text3).Shrink(), tip, s.add), s.table))
	return s
}

// draw reports whether it changed anything.
func (s *scenarioCard) draw(st State) bool {
	from := st.Result.Scenarios
	if !s.drew.Anew(scenariosShown{from, st.ReadOnly}) {
		return false
	}
	s.root.Hidden = len(from) == 0
	s.add.Hidden = st.ReadOnly
	ids := make([]string, len(from))
	for i, row := range from {
		ids[i] = row.ID
	}
	if !slices.Equal(ids, s.ids) {
		s.ids = ids
		s.build(from)
	}
	for i, row := range s.rows {
		row.name.Set(from[i].Name)
		row.change.Set(from[i].Change)
		row.change.Hidden = from[i].Change == ""
		if row.more != nil {
			row.more.Hidden = st.ReadOnly
		}
		for j, text := range []string{from[i].Expected, from[i].Difference, from[i].Range, from[i].Net, from[i].Payback} {
			row.cells[j].Set(text)
		}
	}
	return true
}

func (s *scenarioCard) build(from []Scenario) {
	head := []fyne.CanvasObject{kit.Caption(words.T("Scenario"))}
	for _, name := range []string{words.T("Value"), words.T("Difference"), words.T("In 8 of 10 cases"), words.T("After costs"), words.T("Pays back after")} {
		head = append(head, kit.Caption(name).Trailing().Shrink())
	}
	head = append(head, kit.Gap(0, 0))
	objects := []fyne.CanvasObject{kit.Fixed(0, 26, kit.Cells(12, scenarioWidths, head...))}
	s.rows = make([]*scenarioRow, len(from))
	for i := range from {
		row := &scenarioRow{name: kit.Label("").Shrink(), change: kit.Caption("").Shrink()}
		cells := []fyne.CanvasObject{kit.VStack(1, row.name, row.change)}
		role := theme.Text2
		if i == 0 {
			role = theme.Text
		}
		for j := range len(scenarioWidths) - 2 {
			cell := kit.NewText("", theme.SizeLabel, role).Trailing().Shrink()
			if j < len(scenarioWidths)-3 {
				cell.Digits() // the last has words
			}
			row.cells, cells = append(row.cells, cell), append(cells, cell)
		}
		if from[i].ID == "" {
			cells = append(cells, kit.Gap(0, 0))
		} else {
			row.more = newMore(s.hands, ofScenario, from[i].ID)
			cells = append(cells, row.more)
		}
		s.rows[i] = row
		objects = append(objects, kit.Line(), kit.Fixed(0, 44, kit.Cells(12, scenarioWidths, cells...)))
	}
	s.table.Objects = objects
	s.table.Refresh()
}
