package team

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/words"
)

// sheetWidth is that of the sheets that ask for one thing.
const sheetWidth = 460

// me returns the ID of the person whose window this is.
func (s *Screen) me() string {
	for _, m := range s.view.Members {
		if m.You {
			return m.ID
		}
	}
	return ""
}

func (s *Screen) setRight(row MemberRow, to Right) {
	if row.Right == to {
		return
	}
	s.try(func() error { return s.p.SetRight(s.ctx, row.ID, to) }, "check", words.T("%s is %s now", row.Name, to.Name()))
}

// sure asks whether something that can't be taken back is to be done.
func (s *Screen) sure(title, purpose, verb string, do func() error, done string) {
	var no *kit.Button
	l := kit.Sheet(s.canvas(), title, purpose, sheetWidth, kit.Gap(0, 0), func(l *kit.Layer) []fyne.CanvasObject {
		no = kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close)
		return []fyne.CanvasObject{no, kit.NewButton("trash-2", verb, kit.Primary, func() { l.Close(); s.try(do, "trash-2", done) })}
	})
	l.Focus(no)
}

func (s *Screen) removeMember(row MemberRow) {
	count := 0
	for _, l := range row.Laptops {
		if !l.Removed {
			count++
		}
	}
	purpose := words.T("What %s wrote stays.", row.Name)
	if count > 0 {
		purpose = removing(count) + " " + purpose
	}
	s.sure(words.T("Remove %s from the workspace?", row.Name), purpose, words.T("Remove"),
		func() error { return s.p.RemoveMember(s.ctx, row.ID) }, words.T("%s is removed", row.Name))
}

func (s *Screen) removeLaptop(row LaptopRow) {
	purpose := words.T("It can no longer see new work; it keeps what it already has. To come back, it has to be invited anew.")
	s.sure(words.T("Remove %s from the workspace?", row.Name), purpose, words.T("Remove"),
		func() error { return s.p.RemoveLaptop(s.ctx, row.Device) }, words.T("%s is removed", row.Name))
}

func (s *Screen) withdraw(i InviteRow) {
	s.try(func() error { return s.p.Withdraw(s.ctx, i.ID) }, "check", words.T("The invite lets nobody in any more"))
}

func (s *Screen) forget(address string) {
	s.try(func() error { return s.p.ForgetAddress(s.ctx, address) }, "check", words.T("%s is tried no more", address))
}

func (s *Screen) copied(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	s.toasts.Say("copy", words.T("Copied"), "", nil)
}

// oneLine is a sheet with one line to type, which stays until what is typed is taken.
func (s *Screen) oneLine(title, purpose, label, example, text, verb string, take func(text string) error) {
	var send func()
	entry := kit.NewEntry(example, nil)
	entry.Put(text)
	field := kit.NewField(label, "", "", entry.Object())
	var yes *kit.Button
	l := kit.Sheet(s.canvas(), title, purpose, sheetWidth, field, func(l *kit.Layer) []fyne.CanvasObject {
		send = func() {
			typed := entry.Text
			yes.SetDisabled(true)
			var err error
			s.crew.Then(func() { err = take(typed) }, func() {
				yes.SetDisabled(false)
				if err == nil {
					l.Close()
					return
				}
				field.SetProblem(words.Fault(err))
				entry.SetWrong(true)
				l.Settle()
				l.Focus(entry)
			})
		}
		yes = kit.NewButton("check", verb, kit.Primary, send)
		return []fyne.CanvasObject{kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close), yes}
	})
	entry.OnSubmitted = func(string) { send() }
	l.Focus(entry)
}

func (s *Screen) rename(device, name string) {
	s.oneLine(words.T("Rename %s", name), words.T("The name by which the team knows it."), words.T("Name"), words.T("Ada’s laptop"), name, words.T("Rename"),
		func(text string) error { return s.p.RenameLaptop(s.ctx, device, text) })
}

func (s *Screen) addAddress() {
	s.oneLine(words.T("Add an address"), words.T("For a laptop that is not found by itself, as in another office or behind a VPN. Its own page Team and sync shows where it is reached."),
		words.T("Address"), "192.168.1.20:5758", "", words.T("Add"),
		func(text string) error { return s.p.AddAddress(s.ctx, text) })
}
