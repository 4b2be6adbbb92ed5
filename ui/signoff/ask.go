package signoff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

const (
	// askWidth is that of the sheet.
	askWidth = 560
	// askMost is how much of what is missing the sheet lists: more does not fit a
	// low window.
	askMost = 5
)

// Ask reads how a page stands, and opens the sheet in which a person approves or
// rejects it, or learns why they can't.
func Ask(c fyne.Canvas, p *Presenter, page lifecycle.Page, w Window) {
	w.Crew.Then(func() { p.Load(w.Ctx) }, func() { (&asking{canvas: c, p: p, page: page, window: w}).open() })
}

// asking is a sheet. What can't be given opens it anew, with what was typed.
type asking struct {
	canvas  fyne.Canvas
	p       *Presenter
	page    lifecycle.Page
	window  Window
	problem string // what the last try came to
	state   State
	role    string
	note    *kit.Entry
	layer   *kit.Layer
}

func (a *asking) open() {
	a.state = a.p.State.Get()
	title := words.T("Sign off: %s", pageName(a.page))
	page := a.state.Of(a.page)
	mine, given := a.state.Mine(a.page)
	switch {
	case a.state.Problem != "":
		a.say(title, a.state.Problem)
	case page.State == lifecycle.NotNeeded:
		a.say(title, page.Reason.In(words.Data))
	case !a.state.MayApprove:
		a.say(title, a.mayNot())
	case given && mine.Standing == lifecycle.Holds && a.problem == "":
		a.again(title, mine)
	case page.Musts > 0:
		a.lacks(title, page)
	default:
		a.verdict(title, page)
	}
}

// mayNot says who can approve, since this person can't.
func (a *asking) mayNot() string {
	said := words.T("You can read and comment here, but you have no right to approve.")
	if who := a.state.named(a.state.Approvers); who != "" {
		return said + " " + words.T("These can: %s.", who)
	}
	return said + " " + words.T("An admin of the workspace gives the right.")
}

// say opens a sheet that only says something.
func (a *asking) say(title, said string) {
	a.sheet(title, "", kit.Prose(said), nil)
}

// again says what this person has given, and lets them take it back.
func (a *asking) again(title string, mine SignOff) {
	ago := words.Ago(a.window.Now(), mine.At)
	said := words.T("You rejected this %s, and it has not changed since.", ago)
	switch {
	case mine.Page != a.page:
		said = words.T("You approved the Design phase %s, and this page has not changed since. What you gave can be taken back on the page Sign-off.", ago)
	case mine.Approved:
		said = words.T("You approved this %s, and it has not changed since.", ago)
	}
	content := kit.VStack(10, kit.Prose(said))
	if mine.Note != "" {
		content.Add(quote(mine.Note))
	}
	a.sheet(title, "", content, func(l *kit.Layer) []fyne.CanvasObject {
		if mine.Page != a.page {
			return nil
		}
		return []fyne.CanvasObject{kit.NewButton("rotate-ccw", words.T("Take it back"), kit.Secondary, func() {
			l.Close()
			takeBack(a.p, a.window, mine.ID)
		})}
	})
}

// lacks lists what is missing before the page can be approved.
func (a *asking) lacks(title string, page Page) {
	list := kit.VStack(2)
	missing := musts(page)
	for _, i := range missing[:min(len(missing), askMost)] {
		list.Add(itemRow(&a.state.Standing, i, a.window, func() { a.layer.Close() }))
	}
	if more := page.Musts - min(len(missing), askMost); more > 0 {
		list.Add(kit.Pad(2, 0, 0, 30, kit.Caption(words.T("And %d more.", more))))
	}
	purpose := words.N("%d thing is missing before it can be approved. A press leads there.", "%d things are missing before it can be approved. A press leads there.", page.Musts)
	a.sheet(title, purpose, list, nil)
}

// verdict asks for one.
func (a *asking) verdict(title string, page Page) {
	content := kit.VStack(14)
	if a.problem != "" {
		content.Add(kit.Tint("triangle-alert", theme.Warn, theme.WarnTint, kit.Prose(a.problem)))
	}
	if before, ok := a.state.Mine(a.page); ok && before.Standing == lifecycle.Outdated {
		content.Add(a.since(before))
	}
	content.Add(a.approved())
	a.note = kit.NewTextArea(words.T("What the others should know, or what has to change"), func(text string) { a.p.Note(a.page, text) })
	a.note.SetMinRowsVisible(2)
	a.note.Put(a.p.Noted(a.page))
	content.Add(kit.NewField(words.T("Note"), words.T("optional; a rejection needs one"), "", a.note.Object()))
	if advice := len(page.Missing) - len(musts(page)); advice > 0 {
		content.Add(kit.HStack(8, kit.NewIcon("info", 14, theme.Text3), kit.Caption(words.N("%d suggestion is left. It does not stop you.", "%d suggestions are left. They do not stop you.", advice)).Shrink()))
	}
	a.sheet(title, "", content, func(l *kit.Layer) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			kit.NewButton("x", words.T("Reject"), kit.Secondary, func() { l.Close(); a.give(page, false) }),
			kit.NewButton("check", words.T("Approve"), kit.Primary, func() { l.Close(); a.give(page, true) }),
		}
	})
	a.layer.Focus(a.note)
}

// approved says in plain words what is approved, and as whom.
func (a *asking) approved() fyne.CanvasObject {
	s := &a.state.Standing
	said := kit.VStack(3, kit.Caption(words.T("You approve")), kit.NewText(s.Headline(a.page), theme.SizeTitle, theme.Text).Strong().Shrink())
	for _, line := range s.Contents(a.page) {
		said.Add(kit.Body(line).Shrink())
	}
	roles := s.MyRoles(a.page)
	as := kit.HStack(8, avatar(s.Me, 24), kit.NewText(words.T("as %s", s.Me.Name), theme.SizeLabel, theme.Text).Strong().Shrink())
	switch {
	case len(roles) == 1:
		a.role = roles[0]
		as.Add(kit.NewText(roleName(a.role), theme.SizeLabel, theme.Text3).Shrink())
	case len(roles) > 1:
		if a.role == "" {
			a.role = roles[0]
		}
		options := make([]kit.Option, len(roles))
		for i, role := range roles {
			options[i] = kit.Option{Value: role, Words: roleName(role)}
		}
		choice := kit.NewChoice(words.T("Choose"), options, func(role string) { a.role = role })
		choice.Hold(a.role)
		as.Add(kit.Fixed(210, 0, choice))
	}
	said.Add(kit.Pad(8, 0, 0, 0, as))
	return container.NewStack(kit.NewBox(theme.RadiusCard, theme.Sunken, nil), kit.Pad(14, 16, 14, 16, said))
}

// since shows what has changed since this person approved.
func (a *asking) since(before SignOff) fyne.CanvasObject {
	said := kit.VStack(2, kit.Label(words.T("Since you approved %s, this has changed:", words.Ago(a.window.Now(), before.At))).Shrink())
	w := a.window
	w.GoTo = func(at Place) { a.layer.Close(); a.window.GoTo(at) }
	rows := touchedRows(before.Touched, w)
	for _, row := range rows[:min(len(rows), askMost)] {
		said.Add(row)
	}
	if more := len(rows) - askMost; more > 0 {
		said.Add(kit.Pad(2, 0, 0, 8, kit.Caption(words.T("And %d more.", more))))
	}
	return container.NewStack(kit.NewBox(theme.RadiusCard, theme.WarnTint, nil), kit.Pad(10, 12, 10, 12, said))
}

// give keeps the verdict; when that fails, it asks again and says why.
func (a *asking) give(page Page, approve bool) {
	v := Verdict{Page: a.page, Approve: approve, Note: a.p.Noted(a.page), Role: a.role, Digest: page.Digest}
	if !approve && clip(v.Note) == "–" {
		a.problem = words.T("Say in the note what has to change: others have to act on it.")
		a.open()
		return
	}
	var err error
	a.window.Crew.Then(func() { err = a.p.Give(a.window.Ctx, v) }, func() {
		switch {
		case err != nil:
			a.problem = words.Fault(err)
			a.open()
		case approve:
			a.window.Toasts.Say("check", words.T("Approved: %s", pageName(a.page)), "", nil)
		default:
			a.window.Toasts.Say("x", words.T("Rejected: %s", pageName(a.page)), "", nil)
		}
	})
}

// sheet opens a sheet that can always be left.
func (a *asking) sheet(title, purpose string, content fyne.CanvasObject, buttons func(*kit.Layer) []fyne.CanvasObject) {
	a.layer = kit.Sheet(a.canvas, title, purpose, askWidth, content, func(l *kit.Layer) []fyne.CanvasObject {
		out := []fyne.CanvasObject{kit.NewButton("", words.T("Close"), kit.Ghost, l.Close)}
		if buttons != nil {
			out = append(out, buttons(l)...)
		}
		return out
	})
}

// takeBack takes a sign-off of this person back, and says so.
func takeBack(p *Presenter, w Window, id string) {
	var err error
	w.Crew.Then(func() { err = p.Revoke(w.Ctx, id) }, func() {
		if err != nil {
			w.Toasts.Say("circle-alert", words.Fault(err), "", nil)
			return
		}
		w.Toasts.Say("rotate-ccw", words.T("Your sign-off is taken back."), "", nil)
	})
}
