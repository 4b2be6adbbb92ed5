package shell

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// header says where one is, and offers what can be done with a page whichever it
// is.
type header struct {
	root       fyne.CanvasObject
	phase      *kit.Text
	arrow      *kit.Icon
	page       *kit.Text
	undo, redo *kit.Button
	undoTip    *kit.Tip
	redoTip    *kit.Tip
	ofProject  *fyne.Container
	ofPhase    *fyne.Container
	create     *kit.Button
	discuss    *kit.Button
}

func newHeader(s *Screen) *header {
	h := &header{
		phase: kit.NewText("", theme.SizeLabel, theme.Text3).Shrink(), arrow: kit.NewIcon("chevron-right", 12, theme.Text3),
		page: kit.NewText("", theme.SizeLabel, theme.Text2).Strong().Shrink(),
		undo: kit.NewButton("undo-2", "", kit.Ghost, s.window.Undo), redo: kit.NewButton("redo-2", "", kit.Ghost, s.window.Redo),
	}
	h.undoTip, h.redoTip = kit.NewTip(h.undo, ""), kit.NewTip(h.redo, "")
	h.create = kit.NewButton("plus", words.T("New project"), kit.Secondary, s.window.New)
	h.discuss = kit.NewButton("message-square", words.T("Discussion"), kit.Ghost, s.p.TogglePanel)
	report := kit.NewButton("file-down", words.T("Report"), kit.Secondary, s.window.Report)
	sign := kit.NewButton("", words.T("Sign off"), kit.Primary, s.sign)
	h.ofPhase, h.ofProject = container.NewStack(), kit.HStack(8)
	if s.window.Sign != nil {
		h.ofPhase.Add(sign)
	}
	if s.window.Panel != nil {
		h.ofProject.Add(h.discuss)
	}
	if s.window.Report != nil {
		h.ofProject.Add(report)
	}
	here := s.window.Here
	if here == nil {
		here = kit.Gap(0, 0)
	}
	bar := kit.HStack(6, h.phase, h.arrow, h.page, kit.Spacer(), here, h.undoTip, h.redoTip, h.ofProject, h.ofPhase, h.create)
	h.root = kit.VStack(0, container.NewStack(kit.NewBox(0, theme.Surface, nil), kit.Fixed(0, theme.HeaderDip, kit.Pad(0, theme.PadPageX, 0, theme.PadPageX, bar))), kit.Line())
	return h
}

func (h *header) draw(st State) {
	part := st.Route.Page.part()
	if part == "" {
		part = st.Project.Name
	}
	if part == "" || st.Route.Page == Templates {
		part = st.Workspace
	}
	h.phase.Set(part)
	h.page.Set(st.Route.Page.Name())
	discuss := words.T("Discussion")
	if st.Talks > 0 {
		discuss = fmt.Sprintf("%s %d", discuss, st.Talks)
	}
	if h.discuss.Words() != discuss {
		h.discuss.SetWords(discuss)
		kit.Settle(h.root)
	}
	inDesign := slices.Contains(InDesign, st.Route.Page)
	hide(h.ofProject, !st.HasPanel())
	hide(h.ofPhase, !inDesign)
	hide(h.create, inDesign)
}

// drawPast says what can be taken back and done again.
func (h *header) drawPast(st undo.State) {
	h.undo.SetDisabled(st.Undo == "")
	h.redo.SetDisabled(st.Redo == "")
	back, again := words.T("Nothing to undo"), words.T("Nothing to redo")
	if st.Undo != "" {
		back = words.T("Undo: %s", st.Undo)
	}
	if st.Redo != "" {
		again = words.T("Redo: %s", st.Redo)
	}
	h.undoTip.SetWords(back)
	h.redoTip.SetWords(again)
}

// newDemo is the line that says that this is the demo, and how to leave it.
func (s *Screen) newDemo() *fyne.Container {
	said := kit.NewText(words.T("This is the demo: made-up people and numbers, and nothing here reaches anybody."), theme.SizeSmall, theme.Text2).Shrink()
	bar := kit.HStack(8, kit.NewIcon("info", 14, theme.Accent), said, kit.Spacer())
	if s.window.Own != nil {
		bar.Add(kit.NewButton("arrow-right", words.T("Start your own"), kit.Ghost, s.window.Own))
	}
	line := container.NewStack(kit.NewBox(0, theme.AccentTint, nil), kit.Pad(2, theme.PadPageX, 2, theme.PadPageX, bar))
	line.Hidden = true
	return line
}
