package welcome

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Screen shows the page.
type Screen struct {
	root       *fyne.Container
	card       *fyne.Container
	workspace  *kit.Entry
	person     *kit.Entry
	passphrase *kit.Entry
	fields     map[string]*kit.Field
	roles      map[string]*kit.Toggle
	create     *kit.Button
	demo       *kit.Button
	join       *kit.Button
	joining    *fyne.Container // the button around join, when it is offered
	unlock     *kit.Button
	trouble    *kit.Para
	faces      map[Stage]fyne.CanvasObject
	shown      Stage
	stop       func()
}

// NewScreen returns the screen of p. Call Close when it leaves the window.
func NewScreen(ctx context.Context, p *Presenter, crew *kit.Crew, speak func(words.Language)) *Screen {
	s := &Screen{fields: map[string]*kit.Field{}, roles: map[string]*kit.Toggle{}, trouble: kit.Prose("").Alarm(), card: container.NewStack(), shown: -1}
	create := func() {
		workspace, person := s.workspace.Text, s.person.Text
		crew.Go(func() { p.Create(ctx, workspace, person) })
	}
	look := func() {
		person := s.person.Text
		crew.Go(func() { p.LookAround(ctx, person) })
	}
	unlock := func() {
		passphrase := s.passphrase.Text
		crew.Go(func() { p.Unlock(ctx, passphrase) })
	}
	s.create = kit.NewButton("", words.T("Create workspace"), kit.Primary, create)
	s.demo = kit.NewButton("eye", words.T("Look around in the demo"), kit.Secondary, look)
	s.join = kit.NewButton("log-in", words.T("Join with an invite link"), kit.Secondary, nil)
	s.joining = kit.Fixed(0, 36, s.join)
	s.joining.Hidden = true
	s.unlock = kit.NewButton("lock", words.T("Open workspace"), kit.Primary, unlock)
	s.workspace, s.person, s.passphrase = kit.NewEntry("Acme", nil), kit.NewEntry(words.T("Ada Lovelace"), nil), kit.NewEntry("", nil)
	s.passphrase.Password = true
	s.workspace.OnSubmitted = func(string) { create() }
	s.person.OnSubmitted = func(string) { create() }
	s.passphrase.OnSubmitted = func(string) { unlock() }
	s.fields["workspace"] = kit.NewField(words.T("Workspace"), "", words.T("Usually your team or company. You can name it anew later."), s.workspace.Object())
	s.fields["person"] = kit.NewField(words.T("Your name"), "", "", s.person.Object())
	s.fields["passphrase"] = kit.NewField(words.T("Passphrase"), "", "", s.passphrase.Object())
	toggles := make([]fyne.CanvasObject, len(lifecycle.RoleNames))
	for i, role := range lifecycle.RoleNames {
		s.roles[role] = kit.NewToggle(words.Data(shell.RoleName(role)), func(on bool) { p.Role(role, on) })
		toggles[i] = s.roles[role]
	}
	folder := p.State.Get().Folder
	place := kit.NewText(words.T("Encrypted, on this device: %s", folder), theme.SizeCaption, theme.Text3).Shrink()
	s.faces = map[Stage]fyne.CanvasObject{
		Found: kit.VStack(18, s.fields["workspace"], s.fields["person"],
			kit.VStack(7, kit.HStack(8, kit.Label(words.T("Your roles")), kit.Spacer(), kit.Caption(words.T("Optional; several are fine"))), kit.Wrap(8, toggles...)),
			s.trouble, kit.HStack(8, kit.NewIcon("lock", 12, theme.Text3), place),
			kit.VStack(8, kit.Fixed(0, 36, s.create), s.joining, kit.Fixed(0, 36, s.demo))),
		Sealed:  kit.VStack(18, s.fields["passphrase"], kit.HStack(8, kit.NewIcon("folder", 12, theme.Text3), place), kit.Fixed(0, 36, s.unlock)),
		Blocked: kit.VStack(18, s.trouble, kit.HStack(8, kit.NewIcon("folder", 12, theme.Text3), place)),
	}
	s.root = container.NewStack(kit.NewBox(0, theme.Background, nil), kit.Centred(460, kit.VStack(22, s.intro(p.State.Get().Stage), s.card, languages(speak))))
	s.stop = kit.Render(&p.State, s.draw)
	return s
}

// intro says what this is.
func (s *Screen) intro(stage Stage) fyne.CanvasObject {
	mark := kit.Mark(48)
	title, text := words.T("Welcome to Cairn"), words.T("Plan, build, ship and watch machine-learning products with your team. Everything works offline and stays yours.")
	if stage != Found {
		title, text = words.T("Open your workspace"), words.T("Its keys are sealed. Cairn asks for the passphrase once and keeps it nowhere.")
	}
	if stage == Blocked {
		text = words.T("It is there, but can't be opened now.")
	}
	words := kit.Prose(text).Quiet()
	return kit.VStack(10, kit.HStack(0, mark), kit.NewText(title, theme.SizeTitle, theme.Text).Strong(), words)
}

// languages offers the other languages, each in its own words.
func languages(speak func(words.Language)) fyne.CanvasObject {
	row := kit.HStack(4, kit.Spacer())
	for _, l := range words.Languages {
		if l.Language != words.Spoken() {
			row.Add(kit.NewButton("languages", l.Name, kit.Ghost, func() { speak(l.Language) }))
		}
	}
	row.Add(kit.Spacer())
	return row
}

// Object returns what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Focus puts the cursor where typing begins.
func (s *Screen) Focus(c fyne.Canvas) {
	if s.shown == Sealed {
		c.Focus(s.passphrase)
		return
	}
	if s.shown == Found {
		c.Focus(s.workspace)
	}
}

// OfferJoin shows a button that leads to where one joins with an invite link.
func (s *Screen) OfferJoin(join func()) {
	s.join.OnTap(join)
	s.joining.Hidden = false
	s.root.Refresh()
}

// Close stops following the presenter.
func (s *Screen) Close() { s.stop() }

func (s *Screen) draw(st State) {
	if st.Stage != s.shown {
		s.shown = st.Stage
		s.card.Objects = []fyne.CanvasObject{kit.Card(kit.Pad(8, 8, 8, 8, s.faces[st.Stage]))}
	}
	for name, f := range s.fields {
		f.SetProblem(st.Problems[name])
	}
	s.workspace.SetWrong(st.Problems["workspace"] != "")
	s.person.SetWrong(st.Problems["person"] != "")
	s.passphrase.SetWrong(st.Problems["passphrase"] != "")
	general := st.Problems[""]
	if st.Stage == Blocked {
		general = st.Message
	}
	s.trouble.Set(general)
	s.trouble.Hidden = general == ""
	for role, t := range s.roles {
		on := false
		for _, r := range st.Roles {
			on = on || r == role
		}
		t.Hold(on)
	}
	s.create.SetDisabled(st.Busy)
	s.demo.SetDisabled(st.Busy)
	s.join.SetDisabled(st.Busy)
	s.unlock.SetDisabled(st.Busy)
	s.create.SetWords(words.T("Create workspace"))
	if st.Busy {
		s.create.SetWords(words.T("Making your workspace…"))
	}
	s.root.Refresh()
}
