package value

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// inputs are the cards with what goes into the formula.
type inputs struct {
	root      []fyne.CanvasObject
	typed     func(Key, string)
	revert    func(Key)
	edited    *kit.Text
	variables *rows
	costs     *rows
	costCard  fyne.CanvasObject
	formula   *kit.Entry
	field     *kit.Field
	steps     *lines
	drew      kit.Drew[typedIn]
}

// typedIn is what the cards draw of a State.
type typedIn struct {
	Edited           string
	ReadOnly         bool
	Variables, Costs []Quantity
	Formula          Input
}

func newInputs(typed func(Key, string), revert func(Key)) *inputs {
	n := &inputs{typed: typed, revert: revert, edited: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink()}
	n.variables, n.costs, n.steps = n.newRows(ofVariable), n.newRows(ofCost), newLines()
	key := Key{Of: ofFormula, Part: Text}
	n.formula = kit.NewEntry("customers * price", func(text string) { typed(key, text) })
	n.field = kit.NewField(words.T("Value"), "", "", n.formula.Object())
	n.costCard = kit.Card(kit.VStack(13, kit.CardHead(words.T("Costs"), nil), columnNames(), n.costs.box))
	n.root = []fyne.CanvasObject{
		kit.Card(kit.VStack(13, kit.CardHead(words.T("Assumptions"), n.edited), columnNames(), n.variables.box)),
		n.costCard,
		kit.Card(kit.VStack(13, kit.CardHead(words.T("Formula"), nil), n.field, n.steps.box)),
	}
	return n
}

// The widths of likeliest number, low and high.
var inputWidths = []float32{1.25, 1, 1}

func columnNames() fyne.CanvasObject {
	return kit.Columns(8, inputWidths, kit.Caption(words.T("Likely")), kit.Caption(words.T("Low")), kit.Caption(words.T("High")))
}

// draw reports whether it changed anything.
func (n *inputs) draw(st State) bool {
	stepped := n.steps.draw(st.Result.Steps)
	if !n.drew.Anew(typedIn{st.Edited, st.ReadOnly, st.Variables, st.Costs, st.Formula}) {
		return stepped
	}
	n.edited.Set(st.Edited)
	n.variables.draw(st.Variables, st.ReadOnly)
	n.costs.draw(st.Costs, st.ReadOnly)
	n.costCard.(*fyne.Container).Hidden = len(st.Costs) == 0
	n.formula.Hold(st.Formula.Text)
	n.formula.SetWrong(st.Formula.Problem != "")
	n.field.SetProblem(st.Formula.Problem)
	if st.ReadOnly {
		n.formula.Disable()
	}
	return true
}

// rows are quantities to fill in. They stay as long as their names do, so that
// a change elsewhere takes nobody's cursor.
type rows struct {
	n     *inputs
	of    string
	box   *fyne.Container
	rows  []*row
	names []string
}

type row struct {
	field   *kit.Field
	entries [3]*kit.Entry
}

func (n *inputs) newRows(of string) *rows { return &rows{n: n, of: of, box: kit.VStack(13)} }

func (r *rows) draw(quantities []Quantity, readOnly bool) {
	if !r.same(quantities) {
		r.build(quantities)
	}
	for i, q := range quantities {
		line := r.rows[i]
		line.field.SetLabel(q.Label, q.Unit)
		line.field.SetHelp(q.Why)
		line.field.SetProblem(q.Problem)
		for part, text := range []string{q.Likely, q.Low, q.High} {
			line.entries[part].Hold(text)
			line.entries[part].SetWrong(q.Problem != "" && q.Wrong == Part(part))
			if readOnly {
				line.entries[part].Disable()
			}
		}
	}
}

func (r *rows) same(quantities []Quantity) bool {
	if len(r.names) != len(quantities) {
		return false
	}
	for i, q := range quantities {
		if r.names[i] != q.Name {
			return false
		}
	}
	return true
}

func (r *rows) build(quantities []Quantity) {
	r.rows, r.names = nil, nil
	objects := make([]fyne.CanvasObject, len(quantities))
	for i, q := range quantities {
		line := &row{}
		boxes := make([]fyne.CanvasObject, len(line.entries))
		for part := range line.entries {
			key := Key{Of: r.of, Name: q.Name, Part: Part(part)}
			example := ""
			if Part(part) != Likely {
				example = "–"
			}
			e := kit.NewEntry(example, func(text string) { r.n.typed(key, text) })
			e.OnEscape = func() { r.n.revert(key) }
			line.entries[part], boxes[part] = e, e.Object()
		}
		line.field = kit.NewField(q.Label, q.Unit, q.Why, kit.Columns(8, inputWidths, boxes...))
		r.rows, r.names, objects[i] = append(r.rows, line), append(r.names, q.Name), line.field
	}
	r.box.Objects = objects
	r.box.Refresh()
}
