package value

import (
	"slices"

	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// hands are what the cards do when somebody types or presses something.
type hands struct {
	typed  func(Key, string)
	revert func(Key)
	open   func(of, name string) // name is empty for a new one
	more   func(under fyne.CanvasObject, of, name string)
}

// inputs are the cards with what goes into the formula.
type inputs struct {
	root      []fyne.CanvasObject
	hands     hands
	edited    *kit.Text
	variables *rows
	costs     *rows
	adds      []*kit.Button
	none      map[string]*kit.Para // what to say while a list is empty
	heads     map[string]*fyne.Container
	formula   *kit.Entry
	field     *kit.Field
	steps     *steps
	drew      kit.Drew[typedIn]
}

// typedIn is what the cards draw of a State.
type typedIn struct {
	Edited           string
	ReadOnly         bool
	Variables, Costs []Quantity
	Formula          Input
}

func newInputs(h hands) *inputs {
	n := &inputs{hands: h, edited: kit.NewText("", theme.SizeSmall, theme.Text3).Shrink()}
	n.variables, n.costs, n.steps = n.newRows(revise.Variable), n.newRows(revise.Cost), newSteps(h)
	n.formula = kit.NewEntry("customers * price", func(text string) { h.typed(Key{Of: revise.Formula, Part: Text}, text) })
	n.formula.OnEscape = func() { h.revert(Key{Of: revise.Formula, Part: Text}) }
	n.field = kit.NewField(words.T("Value"), "", "", n.formula.Object())
	n.none = map[string]*kit.Para{
		revise.Variable: kit.Prose(words.T("No numbers yet. Add those that the value depends on, then write the formula.")).Quiet(),
		revise.Cost:     kit.Prose(words.T("No costs yet. With them you see what is left, and when it pays back.")).Quiet(),
	}
	n.heads = map[string]*fyne.Container{revise.Variable: columnNames(), revise.Cost: columnNames()}
	add := func(of string) fyne.CanvasObject {
		b := kit.NewButton("plus", words.T("Add"), kit.Ghost, func() { h.open(of, "") })
		n.adds = append(n.adds, b)
		return b
	}
	n.root = []fyne.CanvasObject{
		kit.Card(kit.VStack(13, kit.CardHead(words.T("Assumptions"), n.edited, add(revise.Variable)), n.none[revise.Variable], n.heads[revise.Variable], n.variables.box)),
		kit.Card(kit.VStack(13, kit.CardHead(words.T("Costs"), nil, add(revise.Cost)), n.none[revise.Cost], n.heads[revise.Cost], n.costs.box)),
		kit.Card(kit.VStack(13, kit.CardHead(words.T("Formula"), nil, add(revise.Step)), n.field, n.steps.box)),
	}
	return n
}

// The widths of likeliest number, low, high, and what else can be done.
var inputWidths = []float32{1.25, 1, 1, -28}

func columnNames() *fyne.Container {
	return kit.Columns(8, inputWidths, kit.Caption(words.T("Likely")), kit.Caption(words.T("Low")), kit.Caption(words.T("High")), kit.Gap(0, 0))
}

// draw reports whether it changed anything.
func (n *inputs) draw(st State) bool {
	stepped := n.steps.draw(st)
	if !n.drew.Anew(typedIn{st.Edited, st.ReadOnly, st.Variables, st.Costs, st.Formula}) {
		return stepped
	}
	n.edited.Set(st.Edited)
	n.variables.draw(st.Variables, st.ReadOnly)
	n.costs.draw(st.Costs, st.ReadOnly)
	for of, count := range map[string]int{revise.Variable: len(st.Variables), revise.Cost: len(st.Costs)} {
		n.none[of].Hidden, n.heads[of].Hidden = count > 0, count == 0
	}
	n.formula.Hold(st.Formula.Text)
	n.formula.SetWrong(st.Formula.Problem != "")
	n.field.SetProblem(st.Formula.Problem)
	for _, b := range n.adds {
		b.Hidden = st.ReadOnly
	}
	allow(n.formula, !st.ReadOnly)
	return true
}

// allow lets people type into an entry, or only read it.
func allow(e *kit.Entry, typing bool) {
	switch {
	case typing && e.Disabled():
		e.Enable()
	case !typing && !e.Disabled():
		e.Disable()
	}
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
	more    *kit.Button
	name    string
}

func (n *inputs) newRows(of string) *rows { return &rows{n: n, of: of, box: kit.VStack(13)} }

func (r *rows) draw(quantities []Quantity, readOnly bool) {
	names := make([]string, len(quantities))
	for i, q := range quantities {
		names[i] = q.Name
	}
	if !slices.Equal(names, r.names) {
		r.build(quantities)
		r.names = names
	}
	r.box.Hidden = len(quantities) == 0
	for i, q := range quantities {
		line := r.rows[i]
		line.field.SetLabel(q.Label, q.Unit)
		line.field.SetHelp(q.Why)
		line.field.SetProblem(q.Problem)
		for part, text := range []string{q.Likely, q.Low, q.High} {
			line.entries[part].Hold(text)
			line.entries[part].SetWrong(q.Problem != "" && q.Wrong == Part(part))
			allow(line.entries[part], !readOnly)
		}
		line.more.Hidden = readOnly
	}
}

func (r *rows) build(quantities []Quantity) {
	old := r.rows
	r.rows = make([]*row, len(quantities))
	objects := make([]fyne.CanvasObject, len(quantities))
	for i, q := range quantities {
		if j := slices.IndexFunc(old, func(o *row) bool { return o.name == q.Name }); j >= 0 {
			r.rows[i] = old[j]
		} else {
			r.rows[i] = r.newRow(q.Name)
		}
		objects[i] = r.rows[i].field
	}
	r.box.Objects = objects
	r.box.Refresh()
}

func (r *rows) newRow(name string) *row {
	line := &row{name: name}
	boxes := make([]fyne.CanvasObject, 0, len(inputWidths))
	for part := range line.entries {
		key := Key{Of: r.of, Name: name, Part: Part(part)}
		example := ""
		if Part(part) != Likely {
			example = "–"
		}
		e := kit.NewEntry(example, func(text string) { r.n.hands.typed(key, text) })
		e.OnEscape = func() { r.n.hands.revert(key) }
		line.entries[part], boxes = e, append(boxes, e.Object())
	}
	line.more = newMore(r.n.hands, r.of, name)
	line.field = kit.NewField("", "", "", kit.Columns(8, inputWidths, append(boxes, line.more)...))
	return line
}

// newMore returns the button that offers what else can be done with something.
func newMore(h hands, of, name string) *kit.Button {
	var b *kit.Button
	b = kit.NewButton("ellipsis", "", kit.Ghost, func() { h.more(b, of, name) })
	return b
}

// steps are what is worked out on the way to the value.
type steps struct {
	box   *fyne.Container
	hands hands
	rows  []*stepRow
	names []string
	drew  kit.Drew[stepsShown]
}

type stepsShown struct {
	Steps    []Line
	ReadOnly bool
}

type stepRow struct {
	label, amount *kit.Text
	more          *kit.Button
}

func newSteps(h hands) *steps { return &steps{box: kit.VStack(2), hands: h} }

// draw reports whether it changed anything.
func (s *steps) draw(st State) bool {
	if !s.drew.Anew(stepsShown{st.Result.Steps, st.ReadOnly}) {
		return false
	}
	names := make([]string, len(st.Result.Steps))
	for i, line := range st.Result.Steps {
		names[i] = line.Name
	}
	if !slices.Equal(names, s.names) {
		s.names, s.rows = names, make([]*stepRow, len(names))
		objects := make([]fyne.CanvasObject, len(names))
		for i, name := range names {
			row := &stepRow{kit.NewText("", theme.SizeLabel, theme.Text2).Shrink(), kit.NewText("", theme.SizeLabel, theme.Text), newMore(s.hands, revise.Step, name)}
			s.rows[i] = row
			objects[i] = kit.HStack(8, row.label, kit.Spacer(), row.amount, kit.Fixed(28, 28, row.more))
		}
		s.box.Objects = objects
		s.box.Refresh()
	}
	s.box.Hidden = len(names) == 0
	for i, line := range st.Result.Steps {
		s.rows[i].label.Set(line.Label)
		s.rows[i].amount.Set(line.Amount)
		s.rows[i].more.Hidden = st.ReadOnly
	}
	return true
}
