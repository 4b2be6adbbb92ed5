package join

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// way is the way into a workspace, step by step, and what is in it.
type way struct {
	root    fyne.CanvasObject
	title   *kit.Para
	rows    [steps]*stepLine
	said    *kit.Para
	hint    *kit.Para
	trouble fyne.CanvasObject
	note    *kit.Para
	cancel  *kit.Button
	again   *kit.Button
	wait    *kit.Button
	link    *kit.Button
	buttons *fyne.Container
	stage   Stage
	what    Trouble
}

func newWay(s *Screen) *way {
	w := &way{title: kit.Prose("").Bold(), said: kit.Prose("").Bold(), hint: kit.Prose(""), note: kit.Small("").Quiet(), stage: -1}
	list := kit.VStack(14)
	for i := range w.rows {
		w.rows[i] = newStepLine()
		list.Add(w.rows[i].root)
	}
	w.trouble = kit.Tint("triangle-alert", theme.Warn, theme.WarnTint, kit.VStack(2, w.said, w.hint))
	w.cancel = kit.NewButton("x", words.T("Cancel"), kit.Secondary, s.p.Cancel)
	w.again = kit.NewButton("rotate-ccw", words.T("Try again"), kit.Secondary, func() { s.send(false) })
	w.wait = kit.NewButton("clock", words.T("Keep waiting"), kit.Primary, func() { s.send(true) })
	w.link = kit.NewButton("link", words.T("Use another link"), kit.Primary, s.p.Cancel)
	w.buttons = kit.HStack(8, kit.Spacer(), w.cancel, w.again, w.wait, w.link)
	w.root = kit.VStack(18, w.title, list, w.trouble, w.note, w.buttons)
	return w
}

func (w *way) draw(v View) {
	w.title.Set(v.Invite.Title)
	for i, row := range v.Steps {
		w.rows[i].draw(row)
	}
	failed := v.Stage == Failed
	if failed {
		w.trouble.Show()
	} else {
		w.trouble.Hide()
	}
	w.said.Set(v.Trouble.Sentence)
	w.hint.Set(v.Trouble.Hint)
	note := ""
	if v.Stage == Joining && v.Waiting {
		note = words.T("It goes on by itself as soon as the laptop is there. You can leave the window open.")
	}
	w.note.Set(note)
	w.note.Hidden = note == ""
	if v.Stage == w.stage && v.Trouble == w.what {
		return
	}
	w.stage, w.what = v.Stage, v.Trouble
	w.cancel.Hidden = v.Stage == Done || failed && v.Trouble.Link && !v.Trouble.Again // another link is the way back, too
	w.again.Hidden = !failed || !v.Trouble.Again
	w.wait.Hidden = !failed || !v.Trouble.Wait
	w.link.Hidden = !failed || !v.Trouble.Link
	w.buttons.Refresh()
}

// first returns what gets the keyboard at a stage.
func (w *way) first(at Stage) fyne.Focusable {
	switch {
	case at != Failed:
		return w.cancel
	case w.what.Wait:
		return w.wait
	case w.what.Link:
		return w.link
	default:
		return w.again
	}
}

// stepLine is a step with its state, and how much of it is done where that is known.
type stepLine struct {
	root fyne.CanvasObject
	icon *kit.Icon
	name *kit.Para
	bar  *kit.Bar
	held fyne.CanvasObject
	drew kit.Drew[StepRow]
}

func newStepLine() *stepLine {
	l := &stepLine{icon: kit.NewIcon("circle-dashed", 18, theme.Text3), name: kit.Prose(""), bar: kit.NewBar()}
	l.held = kit.Pad(3, 0, 0, 0, kit.Fixed(0, 6, l.bar))
	l.root = container.NewBorder(nil, nil, kit.Top(kit.Pad(0, 12, 0, 0, l.icon)), nil, kit.VStack(2, l.name, l.held))
	return l
}

func (l *stepLine) draw(row StepRow) {
	if !l.drew.Anew(row) {
		return
	}
	icon, ink := "circle-dashed", theme.Text3
	switch row.State {
	case ToCome:
		l.name.Quiet()
	case Doing:
		icon, ink = "loader", theme.Accent
		l.name.Plain()
	case Past:
		icon, ink = "circle-check", theme.OK
		l.name.Plain()
	case Stuck:
		icon, ink = "circle-alert", theme.Warn
		l.name.Plain()
	}
	l.icon.Set(icon, ink)
	l.name.Set(row.Name)
	if row.Share < 0 {
		l.held.Hide()
	} else {
		l.held.Show()
		l.bar.Set(row.Share)
	}
	l.name.Refresh()
}
