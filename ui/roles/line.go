package roles

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// widths are those of the chart: role, holder, the phases, what else to do.
var widths = []float32{1.25, 1.05, 1, 1, 1, 1, -32}

// chartGap is between two cells of the chart, chartSide at its sides.
const (
	chartGap  = 6
	chartSide = 16
)

// deeds are what a line asks of the page it stands on.
type deeds struct {
	typed   func(id, field, text string)
	chosen  func(id, field, value string) // stored at once
	compare func(r Row, field string)
	trash   func(id string)
	restore func(id string)
	reached func(id string)
	move    func(id string, phase, right, down int)
}

// line shows a row of the chart.
type line struct {
	root    *fyne.Container
	name    *kit.Text
	entry   *kit.Entry
	named   fyne.CanvasObject // the entry as it is placed
	wrong   *kit.Para
	dispute [2]*kit.Button
	holder  *kit.Choice
	cells   []*cell
	gone    *fyne.Container
	row     Row
	drew    kit.Drew[drawnRow]
}

// drawnRow is what a line shows.
type drawnRow struct {
	row    Row
	people []kit.Option
}

func newLine(do deeds) *line {
	l := &line{name: kit.Label("").Shrink(), wrong: kit.NewPara("", fynetheme.SizeNameCaptionText).Alarm()}
	l.entry = kit.NewEntry(words.T("Data analyst"), func(text string) { do.typed(l.row.ID, Role, text) })
	l.named = l.entry.Object()
	l.holder = kit.NewChoice(words.T("Nobody yet"), nil, func(id string) { do.chosen(l.row.ID, Holder, id) })
	for i, field := range []string{Role, Holder} {
		l.dispute[i] = kit.NewButton("triangle-alert", words.T("Compare versions"), kit.Secondary, func() { do.compare(l.row, field) })
	}
	objects := []fyne.CanvasObject{
		container.NewStack(kit.Middle(l.name), l.named, l.dispute[0]),
		container.NewStack(l.holder, l.dispute[1]),
	}
	for i, phase := range Phases {
		c := newCell()
		c.choose = func(part string) { do.chosen(l.row.ID, phase, part) }
		c.compare = func() { do.compare(l.row, phase) }
		c.reached = func() { do.reached(l.row.ID) }
		c.move = func(right, down int) { do.move(l.row.ID, i, right, down) }
		l.cells = append(l.cells, c)
		objects = append(objects, c)
	}
	var more *kit.Button
	more = kit.NewButton("ellipsis", "", kit.Ghost, func() {
		if l.row.ReadOnly {
			return
		}
		kit.Menu(more, 180, []kit.Item{{Icon: "trash-2", Words: words.T("Move to trash"), Do: func() { do.trash(l.row.ID) }}})
	})
	objects = append(objects, more)
	l.gone = kit.Tint("trash-2", theme.Warn, theme.WarnTint, kit.Prose(words.T("Somebody moved this role to the trash while you typed.")),
		kit.NewButton("rotate-ccw", words.T("Take it out of the trash"), kit.Secondary, func() { do.restore(l.row.ID) }),
		kit.NewButton("trash-2", words.T("Throw away what I typed"), kit.Ghost, func() { do.trash(l.row.ID) })).(*fyne.Container)
	l.root = kit.VStack(0, kit.Pad(2, chartSide, 2, chartSide, kit.VStack(6, kit.Cells(chartGap, widths, objects...), l.wrong, l.gone)), kit.Line())
	return l
}

// draw shows a row. What somebody types in it stays.
func (l *line) draw(r Row, people []kit.Option) {
	l.row = r
	if !l.drew.Anew(drawnRow{r, people}) {
		return
	}
	l.name.Set(r.Name)
	l.name.Hidden = r.Own || len(r.Disputed[Role]) > 0
	l.named.(*fyne.Container).Hidden = !r.Own || len(r.Disputed[Role]) > 0
	l.dispute[0].Hidden = len(r.Disputed[Role]) == 0
	l.dispute[1].Hidden = len(r.Disputed[Holder]) == 0
	l.holder.Hidden = !l.dispute[1].Hidden
	l.entry.Hold(r.Role)
	l.entry.SetWrong(r.Wrong != "")
	l.wrong.Set(r.Wrong)
	l.wrong.Hidden = r.Wrong == ""
	if r.ReadOnly {
		l.entry.Disable()
	} else {
		l.entry.Enable()
	}
	l.holder.SetOptions(people)
	l.holder.Hold(r.Holder)
	l.holder.SetDisabled(r.ReadOnly)
	for i, phase := range Phases {
		l.cells[i].hold(r.Parts[phase], versions(r, phase), r.ReadOnly)
	}
	l.gone.Hidden = !r.Gone
	l.root.Refresh()
}

func versions(r Row, field string) int { return len(r.Disputed[field]) }
